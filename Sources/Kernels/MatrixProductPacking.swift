/// A view of a matrix through two strides, in floats; it says nothing about the matrix's size.
package struct MatrixView {
  package var base: UnsafeMutablePointer<Float>
  package var rowStride: Int
  package var columnStride: Int

  @inline(__always)
  package init(base: UnsafeMutablePointer<Float>, rowStride: Int, columnStride: Int) {
    self.base = base
    self.rowStride = rowStride
    self.columnStride = columnStride
  }

  @inline(__always)
  func element(_ row: Int, _ column: Int) -> UnsafeMutablePointer<Float> {
    base + row * rowStride + column * columnStride
  }

  /// The same matrix seen from one of its elements.
  @inline(__always)
  func from(_ row: Int, _ column: Int) -> MatrixView {
    MatrixView(
      base: element(row, column), rowStride: rowStride, columnStride: columnStride)
  }

  var transposed: MatrixView {
    MatrixView(base: base, rowStride: columnStride, columnStride: rowStride)
  }

  /// Copies `rows` by `columns` of it to `target` as rows of `width` floats, zero from `columns`
  /// on. `width` is a whole number of vectors.
  @inline(never)
  func pack(
    rows: Int, columns: Int, to target: UnsafeMutablePointer<Float>, width: Int
  ) {
    var column = 0
    while column < width {
      let lanes = min(columns - column, Buffer.lanes)
      let part = from(0, column)
      if columnStride == 1 {
        part.packStraight(rows: rows, lanes: lanes, to: target + column, width: width)
      } else if rowStride == 1 {
        part.packTransposed(rows: rows, lanes: lanes, to: target + column, width: width)
      } else {
        part.packScattered(0..<rows, lanes: lanes, to: target + column, width: width)
      }
      column += Buffer.lanes
    }
  }

  /// One vector of columns whose elements lie side by side.
  @inline(__always)
  private func packStraight(
    rows: Int, lanes: Int, to target: UnsafeMutablePointer<Float>, width: Int
  ) {
    guard lanes == Buffer.lanes else {
      packScattered(0..<rows, lanes: lanes, to: target, width: width)
      return
    }
    var (source, target) = (base, target)
    for _ in 0..<rows {
      Single(from: source).store(to: target)
      source += rowStride
      target += width
    }
  }

  /// One vector of columns, each of which lies in one piece.
  @inline(__always)
  private func packTransposed(
    rows: Int, lanes: Int, to target: UnsafeMutablePointer<Float>, width: Int
  ) {
    let wholeRows = lanes == Buffer.lanes ? rows / Buffer.lanes * Buffer.lanes : 0
    var row = 0
    while row < wholeRows {
      var block = SquareBlock(from: base + row, rowStride: columnStride)
      block.transpose()
      block.store(to: target + row * width, rowStride: width)
      row += Buffer.lanes
    }
    packScattered(wholeRows..<rows, lanes: lanes, to: target, width: width)
  }

  /// One vector of columns, element by element.
  @inline(never)
  private func packScattered(
    _ rows: Range<Int>, lanes: Int, to target: UnsafeMutablePointer<Float>, width: Int
  ) {
    for row in rows {
      let line = target + row * width
      for lane in 0..<max(lanes, 0) { line[lane] = element(row, lane).pointee }
      for lane in max(lanes, 0)..<Buffer.lanes { line[lane] = 0 }
    }
  }
}

/// Sixteen vectors of sixteen floats, to be transposed in registers.
struct SquareBlock {
  var rows:
    (
      Vector, Vector, Vector, Vector, Vector, Vector, Vector, Vector,
      Vector, Vector, Vector, Vector, Vector, Vector, Vector, Vector
    )

  @inline(__always)
  init(from p: UnsafePointer<Float>, rowStride s: Int) {
    func row(_ i: Int) -> Vector { Single(from: p + i * s).vector }
    rows = (
      row(0), row(1), row(2), row(3), row(4), row(5), row(6), row(7),
      row(8), row(9), row(10), row(11), row(12), row(13), row(14), row(15)
    )
  }

  /// Four perfect shuffles of the rows transpose the block: each takes element `j` of rows `i` and
  /// `i + 8` to elements `2j` and `2j + 1` of the pair `2i`, `2i + 1`.
  @inline(__always)
  mutating func transpose() {
    shuffle()
    shuffle()
    shuffle()
    shuffle()
  }

  @inline(__always)
  private mutating func shuffle() {
    let r = rows
    let (a, b, c, d) = (
      interleaved(r.0, r.8), interleaved(r.1, r.9), interleaved(r.2, r.10), interleaved(r.3, r.11)
    )
    let (e, f, g, h) = (
      interleaved(r.4, r.12), interleaved(r.5, r.13), interleaved(r.6, r.14),
      interleaved(r.7, r.15)
    )
    rows = (
      a.lowHalf, a.highHalf, b.lowHalf, b.highHalf, c.lowHalf, c.highHalf, d.lowHalf, d.highHalf,
      e.lowHalf, e.highHalf, f.lowHalf, f.highHalf, g.lowHalf, g.highHalf, h.lowHalf, h.highHalf
    )
  }

  @inline(__always)
  private func interleaved(_ a: Vector, _ b: Vector) -> SIMD32<Float> {
    var result = SIMD32<Float>()
    result.evenHalf = a
    result.oddHalf = b
    return result
  }

  @inline(__always)
  func store(to p: UnsafeMutablePointer<Float>, rowStride s: Int) {
    func put(_ i: Int, _ row: Vector) { Single(row).store(to: p + i * s) }
    put(0, rows.0)
    put(1, rows.1)
    put(2, rows.2)
    put(3, rows.3)
    put(4, rows.4)
    put(5, rows.5)
    put(6, rows.6)
    put(7, rows.7)
    put(8, rows.8)
    put(9, rows.9)
    put(10, rows.10)
    put(11, rows.11)
    put(12, rows.12)
    put(13, rows.13)
    put(14, rows.14)
    put(15, rows.15)
  }
}
