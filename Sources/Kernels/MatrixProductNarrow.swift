/// A product with at most four columns, whose vectors run along its rows.
///
/// A tile that runs along the columns would waste most of every vector. Rows that lie across the
/// vectors are turned in registers, sixteen by sixteen.
struct NarrowProduct {
  static let mostColumns = 4

  /// The long operand: `rows` by `depth`.
  var left: MatrixView
  /// The narrow operand: `depth` by `columns`.
  var right: MatrixView
  var result: MatrixView
  var columns: Int
  var depth: Int

  /// Computes some rows of the result.
  @inline(never)
  func run(rows: Range<Int>) {
    var row = rows.lowerBound
    while row < rows.upperBound {
      let lanes = min(Buffer.lanes, rows.upperBound - row)
      let start = left.from(row, 0)
      var sums = Sums()
      if lanes == Buffer.lanes && left.rowStride == 1 {
        for term in 0..<depth { add(Single(from: start.element(0, term)).vector, term, to: &sums) }
      } else if lanes == Buffer.lanes && left.columnStride == 1 {
        addTurned(start, to: &sums)
      } else {
        for term in 0..<depth { add(gather(start, term, lanes), term, to: &sums) }
      }
      store(sums, row, lanes)
      row += Buffer.lanes
    }
  }

  /// One vector of sums for each column; columns that do not exist repeat the last.
  private typealias Sums = Joined<Joined<Joined<Single>>>

  @inline(__always)
  private func add(_ vector: Vector, _ term: Int, to sums: inout Sums) {
    let line = right.element(term, 0)
    let last = columns - 1
    let other = Single(vector)
    sums.head.add(line.pointee, times: other)
    sums.rest.head.add(line[min(1, last) * right.columnStride], times: other)
    sums.rest.rest.head.add(line[min(2, last) * right.columnStride], times: other)
    sums.rest.rest.rest.add(line[min(3, last) * right.columnStride], times: other)
  }

  @inline(__always)
  private func addTurned(_ start: MatrixView, to sums: inout Sums) {
    var term = 0
    while term + Buffer.lanes <= depth {
      var block = SquareBlock(from: start.base + term, rowStride: start.rowStride)
      block.transpose()
      withUnsafeBytes(of: block) { bytes in
        let vectors = bytes.assumingMemoryBound(to: Vector.self)
        for i in 0..<Buffer.lanes { add(vectors[i], term + i, to: &sums) }
      }
      term += Buffer.lanes
    }
    while term < depth {
      add(gather(start, term, Buffer.lanes), term, to: &sums)
      term += 1
    }
  }

  @inline(__always)
  private func gather(_ start: MatrixView, _ term: Int, _ lanes: Int) -> Vector {
    var vector = Vector()
    for lane in 0..<lanes { vector[lane] = start.element(lane, term).pointee }
    return vector
  }

  @inline(__always)
  private func store(_ sums: Sums, _ row: Int, _ lanes: Int) {
    withUnsafeBytes(of: sums) { bytes in
      let floats = bytes.assumingMemoryBound(to: Float.self)
      for lane in 0..<lanes {
        for column in 0..<columns {
          result.element(row + lane, column).pointee = floats[column * Buffer.lanes + lane]
        }
      }
    }
  }
}
