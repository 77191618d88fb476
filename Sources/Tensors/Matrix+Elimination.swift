extension Matrix {
  /// x with self · x = right.
  ///
  /// Source: Gaussian elimination with row exchanges, by blocks of columns; Golub & Van Loan,
  /// Matrix Computations, 4th ed., §3.4 and (scaling) §3.5.
  /// Throws: `singularMatrix` to working precision, `notFinite`, `interrupted`.
  package func solve(
    _ right: Matrix, for operation: String, until isStopped: (() -> Bool)? = nil
  ) throws(TensorError) -> Matrix {
    try checkFinite(operation)
    var elimination = Elimination(self, right)
    let patience = Patience(isStopped: isStopped)
    guard try elimination.reduce(tolerance: 1e-14, patience) else {
      throw .singularMatrix(operation: operation)
    }
    return try elimination.substituteBack(patience)
  }

  /// Zero for a singular matrix, NaN for one that holds NaN or infinity.
  /// Throws: `interrupted`.
  package func determinant(until isStopped: (() -> Bool)? = nil) throws(TensorError) -> Double {
    guard values.allSatisfy(\.isFinite) else { return .nan }
    var elimination = Elimination(self, Matrix.zeros(rows, 0))
    guard try elimination.reduce(tolerance: 0, Patience(isStopped: isStopped)) else { return 0 }
    return elimination.determinant
  }

  /// The transposed matrix of cofactors: the determinant times the inverse, where there is one.
  ///
  /// Source: adj(U S Vᵀ) = det U · det V · V adj(S) Uᵀ, since adj(AB) = adj(B) adj(A).
  package func adjugate(until isStopped: (() -> Bool)? = nil) throws(TensorError) -> Matrix {
    try checkFinite("det")
    let (u, s, v) = try singularValues(for: "det", until: isStopped)
    let sign = try u.determinant() * v.determinant() < 0 ? -1.0 : 1.0
    var scaled = v
    for column in 0..<columns {
      let others = s.indices.reduce(sign) { $1 == column ? $0 : $0 * s[$1] }
      for row in 0..<rows { scaled[row, column] *= others }
    }
    return scaled.times(u.transposed)
  }
}

/// A matrix and right sides beside it on the way to triangular form.
///
/// Rows and columns are scaled by powers of two, which rounds nothing, so that the largest element
/// of each is near 1: a pivot is small only where the matrix is near a singular one.
private struct Elimination {
  private let size: Int
  private var matrix: Matrix
  private var isOdd = false
  /// Binary logarithms of what rows and columns were divided by.
  private var rowScales: [Int] = []
  private var columnScales: [Int] = []

  private static let blockSize = 32

  init(_ square: Matrix, _ right: Matrix) {
    size = square.rows
    matrix = Matrix.zeros(size, size + right.columns)
    columnScales = [Int](repeating: 0, count: size)
    for row in 0..<size {
      let scale = Elimination.logarithm(square.row(row).reduce(0) { max($0, abs($1)) })
      rowScales.append(scale)
      let factor = Elimination.power(-scale)
      for column in 0..<size { matrix[row, column] = square[row, column] * factor }
      for column in 0..<right.columns { matrix[row, size + column] = right[row, column] * factor }
    }
    for column in 0..<size {
      let largest = matrix.column(column).reduce(0) { max($0, abs($1)) }
      columnScales[column] = Elimination.logarithm(largest)
      let factor = Elimination.power(-columnScales[column])
      for row in 0..<size { matrix[row, column] *= factor }
    }
  }

  private static func logarithm(_ x: Double) -> Int { x > 0 ? Int(x.exponent) : 0 }

  private static func power(_ exponent: Int) -> Double {
    Double(sign: .plus, exponent: exponent, significand: 1)
  }

  /// False if a pivot is not larger than `tolerance`.
  mutating func reduce(tolerance: Double, _ patience: Patience) throws(TensorError) -> Bool {
    for start in stride(from: 0, to: size, by: Elimination.blockSize) {
      let block = start..<min(start + Elimination.blockSize, size)
      for pivot in block {
        try patience.check()
        guard reduceColumn(pivot, in: block, tolerance) else { return false }
      }
      let rest = block.upperBound..<matrix.columns
      for row in block { matrix.subtractRows(block.lowerBound..<row, fromRow: row, rest) }
      for row in block.upperBound..<size {
        if row % 64 == 0 { try patience.check() }
        matrix.subtractRows(block, fromRow: row, rest)
      }
    }
    return true
  }

  /// Puts the largest element on the diagonal and leaves below it what rows are subtracted by.
  private mutating func reduceColumn(
    _ pivot: Int, in block: Range<Int>, _ tolerance: Double
  ) -> Bool {
    var best = pivot
    for row in pivot..<size where abs(matrix[row, pivot]) > abs(matrix[best, pivot]) {
      best = row
    }
    guard abs(matrix[best, pivot]) > tolerance else { return false }
    if best != pivot {
      isOdd.toggle()
      matrix.exchangeRows(best, pivot)
    }
    for row in (pivot + 1)..<max(size, pivot + 1) {
      matrix[row, pivot] /= matrix[pivot, pivot]
      matrix.subtractRows(pivot..<(pivot + 1), fromRow: row, (pivot + 1)..<block.upperBound)
    }
    return true
  }

  mutating func substituteBack(_ patience: Patience) throws(TensorError) -> Matrix {
    let right = size..<matrix.columns
    var result = Matrix.zeros(size, right.count)
    for row in stride(from: size - 1, through: 0, by: -1) {
      if row % 16 == 0 { try patience.check() }
      matrix.subtractRows((row + 1)..<size, fromRow: row, right)
      let factor = Elimination.power(-columnScales[row])
      for column in right {
        matrix[row, column] /= matrix[row, row]
        result[row, column - size] = matrix[row, column] * factor
      }
    }
    return result
  }

  /// The product of the pivots, whose exponents are added apart so that only the result overflows.
  var determinant: Double {
    var (product, exponent) = (isOdd ? -1.0 : 1.0, 0)
    for pivot in 0..<size {
      product *= matrix[pivot, pivot]
      exponent += Int(product.exponent) + rowScales[pivot] + columnScales[pivot]
      product = product < 0 ? -product.significand : product.significand
    }
    return Double(sign: .plus, exponent: exponent, significand: product)
  }
}
