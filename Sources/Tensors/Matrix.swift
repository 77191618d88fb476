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

  package static func identity(_ size: Int) -> Matrix {
    var matrix = Matrix(rows: size, columns: size, [Double](repeating: 0, count: size * size))
    for i in 0..<size { matrix[i, i] = 1 }
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

  func times(_ other: Matrix) -> Matrix {
    var result = Matrix(
      rows: rows, columns: other.columns, [Double](repeating: 0, count: rows * other.columns))
    for i in 0..<rows {
      for k in 0..<columns where self[i, k] != 0 {
        let factor = self[i, k]
        for j in 0..<other.columns { result[i, j] += factor * other[k, j] }
      }
    }
    return result
  }

  // MARK: Elimination

  /// Reduces to upper triangular form with row exchanges; applies the same to `right`.
  package mutating func eliminate(_ right: Matrix? = nil) -> (determinant: Double, right: Matrix?) {
    var right = right
    var determinant = 1.0
    for pivot in 0..<rows {
      var best = pivot
      for row in pivot..<rows where abs(self[row, pivot]) > abs(self[best, pivot]) { best = row }
      if self[best, pivot] == 0 || self[best, pivot].isNaN { return (self[best, pivot], right) }
      if best != pivot {
        determinant = -determinant
        exchange(best, pivot)
        right?.exchange(best, pivot)
      }
      determinant *= self[pivot, pivot]
      for row in (pivot + 1)..<max(rows, pivot + 1) {
        let factor = self[row, pivot] / self[pivot, pivot]
        if factor == 0 { continue }
        subtract(factor, times: pivot, from: row)
        right?.subtract(factor, times: pivot, from: row)
      }
    }
    return (determinant, right)
  }

  /// x with self · x = right, or nil if the matrix is singular to working precision.
  package mutating func solve(_ right: Matrix) -> Matrix? {
    let scale = values.map(abs).max() ?? 0
    let (_, reduced) = eliminate(right)
    guard var x = reduced else { return nil }
    for row in stride(from: rows - 1, through: 0, by: -1) {
      guard abs(self[row, row]) > scale * 1e-14 else { return nil }
      for column in 0..<x.columns {
        var value = x[row, column]
        for k in (row + 1)..<max(rows, row + 1) { value -= self[row, k] * x[k, column] }
        x[row, column] = value / self[row, row]
      }
    }
    return x
  }

  private mutating func exchange(_ a: Int, _ b: Int) {
    for column in 0..<columns { values.swapAt(a * columns + column, b * columns + column) }
  }

  private mutating func subtract(_ factor: Double, times source: Int, from target: Int) {
    for column in 0..<columns { self[target, column] -= factor * self[source, column] }
  }
}
