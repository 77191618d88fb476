/// The rotation that turns (a, b) into (length, 0).
struct Rotation {
  var cosine = 1.0
  var sine = 0.0
  var length: Double

  /// Squares of what tensors hold neither overflow nor vanish in double precision.
  init(_ a: Double, _ b: Double) {
    length = (a * a + b * b).squareRoot()
    if length > 0 { (cosine, sine) = (a / length, b / length) }
  }
}

/// An orthonormal basis, row by row, that is rotated two rows at a time.
///
/// Rotations are collected and then done on a few columns at a time, which stay in cache.
struct TurningBasis {
  private var matrix: Matrix
  private var pending: [Turn] = []

  private struct Turn {
    let first: Int
    let second: Int
    let cosine: Double
    let sine: Double
  }

  init(_ matrix: Matrix) { self.matrix = matrix }

  private static let width = 32

  /// Turns two rows a, b into c·a + s·b and c·b − s·a.
  mutating func rotate(_ first: Int, _ second: Int, by rotation: Rotation) {
    pending.append(
      Turn(first: first, second: second, cosine: rotation.cosine, sine: rotation.sine))
    if pending.count >= 16 * matrix.rows { settle() }
  }

  mutating func negate(_ row: Int) { rotate(row, row, by: Rotation(-1, 0)) }

  /// The rows in the given order, as columns.
  mutating func columns(_ order: [Int]) -> Matrix {
    settle()
    return Matrix(rows: order.count, columns: matrix.columns, order.flatMap(matrix.row)).transposed
  }

  private mutating func settle() {
    let width = TurningBasis.width
    let (rows, columns) = (matrix.rows, matrix.columns)
    var tile = [Double](repeating: 0, count: rows * width)
    matrix.values.withUnsafeMutableBufferPointer { [pending] values in
      tile.withUnsafeMutableBufferPointer { tile in
        for start in stride(from: 0, to: columns, by: width) {
          let count = min(width, columns - start)
          for row in 0..<rows {
            for j in 0..<count { tile[row * width + j] = values[row * columns + start + j] }
          }
          for turn in pending { TurningBasis.turn(tile, turn) }
          for row in 0..<rows {
            for j in 0..<count { values[row * columns + start + j] = tile[row * width + j] }
          }
        }
      }
    }
    pending.removeAll(keepingCapacity: true)
  }

  /// Four elements at a time are read before any is written, so that they share instructions.
  private static func turn(_ tile: UnsafeMutableBufferPointer<Double>, _ turn: Turn) {
    let (c, s) = (turn.cosine, turn.sine)
    for j in stride(from: 0, to: width, by: 4) {
      let (a, b) = (turn.first * width + j, turn.second * width + j)
      let (x0, x1, x2, x3) = (tile[a], tile[a + 1], tile[a + 2], tile[a + 3])
      let (y0, y1, y2, y3) = (tile[b], tile[b + 1], tile[b + 2], tile[b + 3])
      tile[a] = c * x0 + s * y0
      tile[a + 1] = c * x1 + s * y1
      tile[a + 2] = c * x2 + s * y2
      tile[a + 3] = c * x3 + s * y3
      tile[b] = c * y0 - s * x0
      tile[b + 1] = c * y1 - s * x1
      tile[b + 2] = c * y2 - s * x2
      tile[b + 3] = c * y3 - s * x3
    }
  }
}
