extension Matrix {
  /// Eigenvalues, largest first, and eigenvectors as columns, of a symmetric matrix.
  ///
  /// Source: cyclic Jacobi rotations, Golub & Van Loan, Matrix Computations, 4th ed., §8.5.
  /// Throws: `notConverged` for matrices with NaN or infinity.
  package func symmetricEigen() throws(TensorError) -> (values: [Double], vectors: Matrix) {
    var a = self
    var v = Matrix.identity(rows)
    let scale = values.reduce(0) { $0 + $1 * $1 }
    guard scale.isFinite else { throw .notConverged(operation: "eigh") }
    for _ in 0..<60 {
      var off = 0.0
      for p in 0..<rows { for q in (p + 1)..<max(rows, p + 1) { off += a[p, q] * a[p, q] } }
      if off <= scale * 1e-26 { return Matrix.ordered(a, v) }
      for p in 0..<rows {
        for q in (p + 1)..<max(rows, p + 1) where a[p, q] != 0 { a.rotate(p, q, &v) }
      }
    }
    throw .notConverged(operation: "eigh")
  }

  /// One Jacobi rotation, which makes element (p, q) zero.
  private mutating func rotate(_ p: Int, _ q: Int, _ vectors: inout Matrix) {
    let theta = (self[q, q] - self[p, p]) / (2 * self[p, q])
    let t = (theta >= 0 ? 1.0 : -1.0) / (abs(theta) + (theta * theta + 1).squareRoot())
    let c = 1 / (t * t + 1).squareRoot()
    let s = t * c
    for k in 0..<rows {
      let (x, y) = (self[k, p], self[k, q])
      self[k, p] = c * x - s * y
      self[k, q] = s * x + c * y
    }
    for k in 0..<rows {
      let (x, y) = (self[p, k], self[q, k])
      self[p, k] = c * x - s * y
      self[q, k] = s * x + c * y
    }
    for k in 0..<rows {
      let (x, y) = (vectors[k, p], vectors[k, q])
      vectors[k, p] = c * x - s * y
      vectors[k, q] = s * x + c * y
    }
  }

  private static func ordered(_ a: Matrix, _ v: Matrix) -> (values: [Double], vectors: Matrix) {
    let order = (0..<a.rows).sorted { (a[$1, $1], $0) < (a[$0, $0], $1) }
    var vectors = v
    for (column, source) in order.enumerated() {
      // The sign is arbitrary: the largest entry is made positive.
      var largest = 0
      for k in 0..<v.rows where abs(v[k, source]) > abs(v[largest, source]) + 1e-9 { largest = k }
      let sign = v.rows > 0 && v[largest, source] < 0 ? -1.0 : 1.0
      for k in 0..<v.rows { vectors[k, column] = sign * v[k, source] }
    }
    return (order.map { a[$0, $0] }, vectors)
  }

  /// The `count` largest eigenvalues and their vectors (columns) of a positive semidefinite matrix.
  ///
  /// Source: subspace iteration with Rayleigh–Ritz, Golub & Van Loan, 4th ed., §8.2.
  package func leadingEigen(_ count: Int) throws(TensorError) -> (values: [Double], vectors: Matrix) {
    if rows <= 64 {
      let (values, vectors) = try symmetricEigen()
      return (Array(values.prefix(count)), vectors.leadingColumns(count))
    }
    let width = min(rows, count + 16)
    var basis = Matrix(rows: rows, columns: width, [])
    basis.values = (0..<(rows * width)).map { index in
      // Any fixed start that is not orthogonal to the answer; a scrambled one is safest.
      Double((index &* 2_654_435_761) & 0xFFFF) / 65_536 - 0.5
    }
    basis.orthonormalize()
    var last = [Double](repeating: .infinity, count: count)
    for _ in 0..<300 {
      let image = times(basis)
      let small = basis.transposed.times(image)
      let (values, rotation) = try small.symmetricEigen()
      let change = zip(values, last).map { abs($0 - $1) }.max() ?? 0
      last = Array(values.prefix(count))
      basis = image.times(rotation)
      basis.orthonormalize()
      if change <= 1e-12 * max(values.first ?? 0, 1e-300) { break }
    }
    let small = basis.transposed.times(times(basis))
    let (values, rotation) = try small.symmetricEigen()
    let vectors = basis.times(rotation).withPositiveLargest
    return (Array(values.prefix(count)), vectors.leadingColumns(count))
  }

  /// Singular values, largest first, from the eigenvectors of AᵀA or AAᵀ, whichever is smaller.
  package func singularValues() throws(TensorError) -> (u: Matrix, s: [Double], v: Matrix) {
    if rows < columns {
      let (u, s, v) = try transposed.singularValues()
      return (v, s, u)
    }
    let (squares, v) = try transposed.times(self).symmetricEigen()
    let s = squares.map { max($0, 0).squareRoot() }
    var u = times(v)
    for (column, value) in s.enumerated() {
      for row in 0..<rows { u[row, column] = value > 0 ? u[row, column] / value : 0 }
    }
    return (u, s, v)
  }

  private func leadingColumns(_ count: Int) -> Matrix {
    var result = Matrix(rows: rows, columns: count, [Double](repeating: 0, count: rows * count))
    for i in 0..<rows { for j in 0..<count { result[i, j] = self[i, j] } }
    return result
  }

  private var withPositiveLargest: Matrix {
    var result = self
    for column in 0..<columns {
      var largest = 0
      for k in 0..<rows where abs(self[k, column]) > abs(self[largest, column]) + 1e-9 { largest = k }
      if rows > 0, self[largest, column] < 0 {
        for k in 0..<rows { result[k, column] = -self[k, column] }
      }
    }
    return result
  }

  /// Makes the columns orthonormal: Gram–Schmidt, twice, which is enough (Kahan & Parlett).
  private mutating func orthonormalize() {
    for column in 0..<columns {
      for _ in 0..<2 {
        for earlier in 0..<column {
          var product = 0.0
          for k in 0..<rows { product += self[k, column] * self[k, earlier] }
          for k in 0..<rows { self[k, column] -= product * self[k, earlier] }
        }
      }
      var norm = 0.0
      for k in 0..<rows { norm += self[k, column] * self[k, column] }
      norm = norm.squareRoot()
      for k in 0..<rows { self[k, column] = norm > 0 ? self[k, column] / norm : 0 }
    }
  }
}
