/// A dense matrix in double precision, for the linear algebra that lessons need on small matrices.
///
/// Plain loops in a fixed order, so results are the same bits everywhere.
package struct Matrix {
  package let rows: Int
  package let columns: Int
  /// Row by row.
  package var values: [Double]

  package init(rows: Int, columns: Int, _ values: [Double]) {
    self.rows = rows
    self.columns = columns
    self.values = values
  }

  static func zeros(_ rows: Int, _ columns: Int) -> Matrix {
    Matrix(rows: rows, columns: columns, [Double](repeating: 0, count: rows * columns))
  }

  /// The first columns of the unit matrix of that many rows.
  package static func identity(_ rows: Int, columns: Int? = nil) -> Matrix {
    var matrix = zeros(rows, columns ?? rows)
    for i in 0..<min(rows, matrix.columns) { matrix[i, i] = 1 }
    return matrix
  }

  package subscript(row: Int, column: Int) -> Double {
    get { values[row * columns + column] }
    set { values[row * columns + column] = newValue }
  }

  package var transposed: Matrix {
    var result = Matrix(rows: columns, columns: rows, values)
    for i in 0..<rows { for j in 0..<columns { result[j, i] = self[i, j] } }
    return result
  }

  package var tensor: Tensor {
    get throws(TensorError) { try Tensor(values.map(Float.init), shape: [rows, columns]) }
  }

  /// This matrix, if it is square.
  package func checkedSquare(_ operation: String) throws(TensorError) -> Matrix {
    guard rows == columns else {
      throw .notSquare(operation: operation, shape: [rows, columns])
    }
    return self
  }

  /// Throws: `notFinite` for matrices with NaN or infinity, under the name of `operation`.
  func checkFinite(_ operation: String) throws(TensorError) {
    guard values.allSatisfy(\.isFinite) else { throw .notFinite(operation: operation) }
  }

  /// The mean of this matrix and its transpose: itself, if it is symmetric.
  package var symmetricPart: Matrix {
    var result = self
    for i in 0..<rows {
      for j in 0..<i {
        let mean = (self[i, j] + self[j, i]) / 2
        result[i, j] = mean
        result[j, i] = mean
      }
    }
    return result
  }

  package func leadingColumns(_ count: Int) -> Matrix {
    var result = Matrix.zeros(rows, count)
    for i in 0..<rows { for j in 0..<count { result[i, j] = self[i, j] } }
    return result
  }

  func times(_ other: Matrix) -> Matrix {
    var result = Matrix.zeros(rows, other.columns)
    for i in 0..<rows {
      for k in 0..<columns where self[i, k] != 0 {
        other.addRow(k, times: self[i, k], to: i, of: &result)
      }
    }
    return result
  }
}

/// Asks between the rounds of a long loop whether it shall go on.
struct Patience {
  let isStopped: (() -> Bool)?

  func check() throws(TensorError) {
    if let isStopped, isStopped() { throw .interrupted }
  }
}
