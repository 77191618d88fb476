/// A product with at most four columns, whose vectors run along its rows.
///
/// A tile that runs along the columns would waste most of every vector.
struct NarrowProduct {
  static let mostColumns = 4

  /// The long operand: `rows` by `depth`.
  var left: MatrixView
  /// The narrow operand: `depth` by `columns`.
  var right: MatrixView
  var result: MatrixView
  var columns: Int
  var depth: Int

  /// One vector of sums for each column; columns that do not exist repeat the last.
  private typealias Sums = Joined<Joined<Joined<Single>>>
  /// The terms that are turned at one go, on the stack.
  private typealias Turned = Stacked<Stacked<Stacked<Stacked<Stacked<Stacked<OneRow<Single>>>>>>>

  /// Computes some rows of the result.
  @inline(never)
  func run(rows: Range<Int>) {
    var turned = Turned()
    withUnsafeMutableBytes(of: &turned) { bytes in
      let memory = bytes.baseAddress!.assumingMemoryBound(to: Float.self)
      for row in stride(from: rows.lowerBound, to: rows.upperBound, by: Buffer.lanes) {
        let lanes = min(Buffer.lanes, rows.upperBound - row)
        var sums = Sums()
        for term in stride(from: 0, to: depth, by: Turned.rows) {
          let terms = min(Turned.rows, depth - term)
          left.from(row, term).transposed.pack(
            rows: terms, columns: lanes, to: memory, width: Buffer.lanes)
          add(memory, right.element(term, 0), terms, to: &sums)
        }
        store(sums, row, lanes)
      }
    }
  }

  @inline(__always)
  private func add(
    _ vectors: UnsafePointer<Float>, _ scalars: UnsafePointer<Float>, _ terms: Int,
    to sums: inout Sums
  ) {
    let second = min(1, columns - 1) * right.columnStride
    let third = min(2, columns - 1) * right.columnStride
    let fourth = min(3, columns - 1) * right.columnStride
    var (vectors, scalars) = (vectors, scalars)
    for _ in 0..<terms {
      let vector = Single(from: vectors)
      sums.head.add(scalars.pointee, times: vector)
      sums.rest.head.add(scalars[second], times: vector)
      sums.rest.rest.head.add(scalars[third], times: vector)
      sums.rest.rest.rest.add(scalars[fourth], times: vector)
      vectors += Buffer.lanes
      scalars += right.rowStride
    }
  }

  @inline(__always)
  private func store(_ sums: Sums, _ row: Int, _ lanes: Int) {
    withUnsafeBytes(of: sums) { bytes in
      let floats = bytes.baseAddress!.assumingMemoryBound(to: Float.self)
      for lane in 0..<lanes {
        for column in 0..<columns {
          result.element(row + lane, column).pointee = floats[column * Buffer.lanes + lane]
        }
      }
    }
  }
}
