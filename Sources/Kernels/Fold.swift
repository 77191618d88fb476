/// How a reduction combines two values.
protocol Fold {
  static var identity: Float { get }
  static func combine(_ a: Vector, _ b: Vector) -> Vector
}

enum SumFold: Fold {
  static var identity: Float { 0 }
  @inline(__always) static func combine(_ a: Vector, _ b: Vector) -> Vector { a + b }
}

enum ProductFold: Fold {
  static var identity: Float { 1 }
  @inline(__always) static func combine(_ a: Vector, _ b: Vector) -> Vector { a * b }
}

enum MaximumFold: Fold {
  static var identity: Float { -.infinity }
  @inline(__always) static func combine(_ a: Vector, _ b: Vector) -> Vector {
    VectorMath.maximum(a, b)
  }
}

enum MinimumFold: Fold {
  static var identity: Float { .infinity }
  @inline(__always) static func combine(_ a: Vector, _ b: Vector) -> Vector {
    VectorMath.minimum(a, b)
  }
}

/// Combines the sixteen lanes: l with l + 8, then l + 4, l + 2, l + 1.
@inline(__always)
func foldLanes<F: Fold>(_ fold: F.Type, _ v: Vector) -> Float {
  let eight = F.combine(v, Vector(lowHalf: v.highHalf, highHalf: v.highHalf))
  let four = F.combine(
    eight,
    Vector(
      eight[4], eight[5], eight[6], eight[7], eight[4], eight[5], eight[6], eight[7],
      eight[4], eight[5], eight[6], eight[7], eight[4], eight[5], eight[6], eight[7]))
  let two = F.combine(
    four,
    Vector(
      four[2], four[3], four[2], four[3], four[2], four[3], four[2], four[3],
      four[2], four[3], four[2], four[3], four[2], four[3], four[2], four[3]))
  return F.combine(two, Vector(repeating: two[1]))[0]
}

/// The first `count` (below 16) floats at a place, and the identity in the other lanes; nothing at
/// or after `end` is read.
@inline(__always)
func prefix(
  _ source: UnsafePointer<Float>, _ count: Int, identity: Float, end: UnsafePointer<Float>
) -> Vector {
  var vector = Vector(repeating: identity)
  if source + 16 <= end {
    let lanes = Vector(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
    let used = lanes .< Vector(repeating: Float(count))
    return vector.replacing(with: source.vector(at: 0), where: used)
  }
  for lane in 0..<count { vector[lane] = source[lane] }
  return vector
}

/// Reduces one row of consecutive elements.
func foldRow<F: Fold>(
  _ fold: F.Type, _ x: UnsafePointer<Float>, _ count: Int, end: UnsafePointer<Float>
) -> Float {
  var lanes = Vector(repeating: F.identity)
  let whole = count & ~15
  var i = 0
  while i < whole {
    lanes = F.combine(lanes, x.vector(at: i))
    i += 16
  }
  if whole < count {
    let tail = prefix(x + whole, count - whole, identity: F.identity, end: end)
    lanes = F.combine(lanes, tail)
  }
  return foldLanes(fold, lanes)
}

typealias FourRows = (
  UnsafePointer<Float>, UnsafePointer<Float>, UnsafePointer<Float>, UnsafePointer<Float>
)

/// Reduces four rows of the same length.
func foldFourRows<F: Fold>(
  _ fold: F.Type, _ x: FourRows, _ count: Int, end: UnsafePointer<Float>,
  into result: UnsafeMutablePointer<Float>
) {
  let start = Vector(repeating: F.identity)
  var (a, b, c, d) = (start, start, start, start)
  let whole = count & ~15
  var i = 0
  while i < whole {
    a = F.combine(a, x.0.vector(at: i))
    b = F.combine(b, x.1.vector(at: i))
    c = F.combine(c, x.2.vector(at: i))
    d = F.combine(d, x.3.vector(at: i))
    i += 16
  }
  let rest = count - whole
  if rest > 0 {
    a = F.combine(a, prefix(x.0 + whole, rest, identity: F.identity, end: end))
    b = F.combine(b, prefix(x.1 + whole, rest, identity: F.identity, end: end))
    c = F.combine(c, prefix(x.2 + whole, rest, identity: F.identity, end: end))
    d = F.combine(d, prefix(x.3 + whole, rest, identity: F.identity, end: end))
  }
  result[0] = foldLanes(fold, a)
  result[1] = foldLanes(fold, b)
  result[2] = foldLanes(fold, c)
  result[3] = foldLanes(fold, d)
}

/// Reduces up to 64 columns of a matrix along its rows.
func foldColumns<F: Fold>(
  _ fold: F.Type, _ x: UnsafePointer<Float>, rows: Int, stride: Int, columns: Range<Int>,
  end: UnsafePointer<Float>, into result: UnsafeMutablePointer<Float>
) {
  let start = Vector(repeating: F.identity)
  if columns.count == 64 {
    var (a, b, c, d) = (start, start, start, start)
    var row = x + columns.lowerBound
    for _ in 0..<rows {
      a = F.combine(a, row.vector(at: 0))
      b = F.combine(b, row.vector(at: 16))
      c = F.combine(c, row.vector(at: 32))
      d = F.combine(d, row.vector(at: 48))
      row += stride
    }
    let target = result + columns.lowerBound
    target.store(a, at: 0)
    target.store(b, at: 16)
    target.store(c, at: 32)
    target.store(d, at: 48)
    return
  }
  var column = columns.lowerBound
  while column < columns.upperBound {
    let count = min(16, columns.upperBound - column)
    var lanes = start
    if count == 16 {
      for row in 0..<rows { lanes = F.combine(lanes, x.vector(at: row * stride + column)) }
      result.store(lanes, at: column)
    } else {
      for row in 0..<rows {
        let values = prefix(x + (row * stride + column), count, identity: F.identity, end: end)
        lanes = F.combine(lanes, values)
      }
      for lane in 0..<count { result[column + lane] = lanes[lane] }
    }
    column += 16
  }
}
