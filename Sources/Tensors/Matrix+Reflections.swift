/// The reflection 1 − scale·v vᵀ that leaves of a vector its first element alone.
///
/// Source: Householder, Golub & Van Loan, Matrix Computations, 4th ed., §5.1.
struct Reflection {
  private(set) var vector: [Double]
  /// Zero if nothing has to be done.
  private(set) var scale = 0.0
  /// What the first element becomes.
  private(set) var first: Double

  init(_ x: [Double]) {
    vector = x
    first = x.first ?? 0
    var rest = 0.0
    for value in x.dropFirst() { rest += value * value }
    guard rest > 0 else { return }
    let length = (first * first + rest).squareRoot()
    // The sign that adds magnitudes, so that nothing cancels.
    let signed = first > 0 ? -length : length
    vector[0] = first - signed
    scale = 2 / (vector[0] * vector[0] + rest)
    first = signed
  }
}

extension Matrix {
  /// Applies a reflection to the rows from `row` on, in the columns from `column` on.
  mutating func reflectRows(_ reflection: Reflection, from row: Int, columns column: Int) {
    guard reflection.scale != 0, column < columns else { return }
    var products = [Double](repeating: 0, count: columns - column)
    for (index, value) in reflection.vector.enumerated() {
      addRow(row + index, from: column, times: value, to: &products)
    }
    for (index, value) in reflection.vector.enumerated() {
      add(products, times: -reflection.scale * value, toRow: row + index, from: column)
    }
  }

  /// Applies a reflection to the columns from `column` on, in the rows from `row` on.
  mutating func reflectColumns(_ reflection: Reflection, from column: Int, rows row: Int) {
    guard reflection.scale != 0 else { return }
    for row in row..<rows {
      let product = dot(reflection.vector, row: row, from: column)
      add(reflection.vector, times: -reflection.scale * product, toRow: row, from: column)
    }
  }

  /// The product of reflections, the k-th of which begins at row k + `offset`: its first `columns`
  /// columns.
  static func product(
    of reflections: [Reflection], offset: Int, rows: Int, columns: Int, _ patience: Patience
  ) throws(TensorError) -> Matrix {
    var result = Matrix.identity(rows, columns: columns)
    for (index, reflection) in reflections.enumerated().reversed() {
      try patience.check()
      result.reflectRows(reflection, from: index + offset, columns: index + offset)
    }
    return result
  }

  /// The order of values, largest first; equals keep theirs.
  static func descending(_ values: [Double]) -> [Int] {
    values.indices.sorted { (values[$1], $0) < (values[$0], $1) }
  }

  /// The signs by which columns are to be multiplied to make the largest entry of each positive;
  /// the first of nearly equal ones counts.
  var columnSigns: [Double] {
    (0..<columns).map { column in
      var largest = 0
      for k in 0..<rows where abs(self[k, column]) > abs(self[largest, column]) + 1e-9 {
        largest = k
      }
      return rows > 0 && self[largest, column] < 0 ? -1 : 1
    }
  }

  func scalingColumns(_ factors: [Double]) -> Matrix {
    var result = self
    for row in 0..<rows { for column in 0..<columns { result[row, column] *= factors[column] } }
    return result
  }
}
