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

  /// Copies `rows` by `columns` of it, or as many as `width` holds, to `target` as rows of `width`
  /// floats. Whole vectors are written; what comes after the columns is undefined.
  @inline(never)
  func pack(
    rows: Int, columns: Int, to target: UnsafeMutablePointer<Float>, width: Int
  ) {
    for column in stride(from: 0, to: min(width, columns), by: Buffer.lanes) {
      let lanes = min(columns - column, Buffer.lanes)
      let part = from(0, column)
      if columnStride == 1 {
        part.packStraight(rows: rows, lanes: lanes, to: target + column, width: width)
      } else if rowStride == 1 {
        part.packTurned(rows: rows, lanes: lanes, to: target + column, width: width)
      } else {
        part.packScattered(0..<rows, lanes: lanes, to: target + column, width: width)
      }
    }
  }

  /// Copies exactly `rows` by `columns` of it to rows that are `stride` floats apart.
  func copy(
    rows: Int, columns: Int, to target: UnsafeMutablePointer<Float>, rowStride stride: Int
  ) {
    let whole = columns / Buffer.lanes * Buffer.lanes
    pack(rows: rows, columns: whole, to: target, width: stride)
    from(0, whole).packScattered(
      0..<rows, lanes: columns - whole, to: target + whole, width: stride)
  }

  /// One vector of columns whose elements lie side by side.
  @inline(__always)
  private func packStraight(
    rows: Int, lanes: Int, to target: UnsafeMutablePointer<Float>, width: Int
  ) {
    // An incomplete vector may be read whole where the rows below it lie behind it.
    let behind = rowStride > 0 ? (Buffer.lanes - lanes + rowStride - 1) / rowStride : rows
    let wholeRows = lanes == Buffer.lanes ? rows : max(rows - behind, 0)
    var (source, line) = (base, target)
    for _ in 0..<wholeRows {
      Single(from: source).store(to: line)
      source += rowStride
      line += width
    }
    packScattered(wholeRows..<rows, lanes: lanes, to: target, width: width)
  }

  /// One vector of columns, each of which lies in one piece.
  @inline(__always)
  private func packTurned(
    rows: Int, lanes: Int, to target: UnsafeMutablePointer<Float>, width: Int
  ) {
    let wholeRows = rows / 4 * 4
    var line = target
    for row in stride(from: 0, to: wholeRows, by: 4) {
      let block = FourColumns(rows: base + row, rowStride: columnStride, last: lanes - 1)
      Single(block.columns.0).store(to: line)
      Single(block.columns.1).store(to: line + width)
      Single(block.columns.2).store(to: line + 2 * width)
      Single(block.columns.3).store(to: line + 3 * width)
      line += 4 * width
    }
    packScattered(wholeRows..<rows, lanes: lanes, to: target, width: width)
  }

  /// One vector of columns, element by element.
  @inline(never)
  private func packScattered(
    _ rows: Range<Int>, lanes: Int, to target: UnsafeMutablePointer<Float>, width: Int
  ) {
    for row in rows {
      for lane in 0..<lanes { target[row * width + lane] = element(row, lane).pointee }
    }
  }
}

/// Four columns of sixteen rows, each column as one vector: how a matrix is turned in registers.
///
/// The steps alternate between floats and pairs of floats. That is more than it looks: it keeps
/// the compiler from merging them into fewer, far slower shuffles.
struct FourColumns {
  private typealias Pairs = SIMD8<Double>

  let columns: (Vector, Vector, Vector, Vector)

  /// Loads `rows` four floats wide, quarter by quarter, so that only shuffles inside quarters of a
  /// vector remain to be done. Rows after the `last` repeat it.
  @inline(__always)
  init(rows p: UnsafePointer<Float>, rowStride s: Int, last: Int) {
    func four(_ row: Int) -> SIMD2<Double> {
      UnsafeRawPointer(p + min(row, last) * s).loadUnaligned(as: SIMD2<Double>.self)
    }
    func quarters(_ row: Int) -> Vector {
      let pairs = Pairs(
        lowHalf: SIMD4(lowHalf: four(row), highHalf: four(row + 4)),
        highHalf: SIMD4(lowHalf: four(row + 8), highHalf: four(row + 12)))
      return unsafeBitCast(pairs, to: Vector.self)
    }
    let (a, b, c, d) = (quarters(0), quarters(1), quarters(2), quarters(3))
    let (lowAB, highAB) = (FourColumns.zipLow(a, b), FourColumns.zipHigh(a, b))
    let (lowCD, highCD) = (FourColumns.zipLow(c, d), FourColumns.zipHigh(c, d))
    columns = (
      FourColumns.joinFirst(lowAB, lowCD), FourColumns.joinSecond(lowAB, lowCD),
      FourColumns.joinFirst(highAB, highCD), FourColumns.joinSecond(highAB, highCD)
    )
  }

  /// The first halves of every quarter of `a` and `b`, alternating by float.
  @inline(__always)
  private static func zipLow(_ a: Vector, _ b: Vector) -> Pairs {
    let zipped = Vector(
      a[0], b[0], a[1], b[1], a[4], b[4], a[5], b[5],
      a[8], b[8], a[9], b[9], a[12], b[12], a[13], b[13])
    return unsafeBitCast(zipped, to: Pairs.self)
  }

  /// The second halves of every quarter of `a` and `b`, alternating by float.
  @inline(__always)
  private static func zipHigh(_ a: Vector, _ b: Vector) -> Pairs {
    let zipped = Vector(
      a[2], b[2], a[3], b[3], a[6], b[6], a[7], b[7],
      a[10], b[10], a[11], b[11], a[14], b[14], a[15], b[15])
    return unsafeBitCast(zipped, to: Pairs.self)
  }

  /// The first pairs of every quarter of `a` and `b`.
  @inline(__always)
  private static func joinFirst(_ a: Pairs, _ b: Pairs) -> Vector {
    unsafeBitCast(Pairs(a[0], b[0], a[2], b[2], a[4], b[4], a[6], b[6]), to: Vector.self)
  }

  /// The second pairs of every quarter of `a` and `b`.
  @inline(__always)
  private static func joinSecond(_ a: Pairs, _ b: Pairs) -> Vector {
    unsafeBitCast(Pairs(a[1], b[1], a[3], b[3], a[5], b[5], a[7], b[7]), to: Vector.self)
  }
}
