extension Matrix {
  /// Eigenvalues, largest first, and eigenvectors as columns, of a symmetric matrix.
  ///
  /// Source: cyclic Jacobi rotations, Golub & Van Loan, Matrix Computations, 4th ed., §8.5.
  /// Throws: `notFinite` for matrices with NaN or infinity, under the name of `operation`.
  package func symmetricEigen(for operation: String = "eigh") throws(TensorError) -> (
    values: [Double], vectors: Matrix
  ) {
    var a = self
    var v = Matrix.identity(rows)
    let scale = values.reduce(0) { $0 + $1 * $1 }
    guard scale.isFinite else { throw .notFinite(operation: operation) }
    for _ in 0..<60 {
      var off = 0.0
      for p in 0..<rows { for q in (p + 1)..<max(rows, p + 1) { off += a[p, q] * a[p, q] } }
      if off <= scale * 1e-26 { return Matrix.ordered(a, v) }
      for p in 0..<rows {
        for q in (p + 1)..<max(rows, p + 1) where a[p, q] != 0 { a.rotate(p, q, &v) }
      }
    }
    throw .notConverged(operation: operation)
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

  /// The `count` largest eigenvalues and their vectors (columns) of a symmetric matrix.
  ///
  /// Source: Lanczos with full reorthogonalization, Golub & Van Loan, 4th ed., §10.3.
  package func leadingEigen(
    _ count: Int
  ) throws(TensorError) -> (values: [Double], vectors: Matrix) {
    var size = min(rows, max(64, 4 * count + 40))
    while true {
      let (basis, small) = krylov(size)
      let (values, rotation) = try small.symmetricEigen()
      // A Ritz value is off by no more than the last row of its vector times the next β.
      let scale = max(abs(values.first ?? 0), 1e-300)
      let isConverged = (0..<count).allSatisfy {
        abs(rotation[size - 1, $0]) * scale <= 1e-9 * scale
      }
      if isConverged || size == rows {
        let vectors = basis.transposed.times(rotation.leadingColumns(count)).withPositiveLargest
        return (Array(values.prefix(count)), vectors)
      }
      size = min(rows, 2 * size)
    }
  }

  /// Orthonormal rows that span the Krylov space of a fixed start, and the matrix seen in them.
  private func krylov(_ size: Int) -> (basis: Matrix, small: Matrix) {
    var basis = Matrix(rows: size, columns: rows, [Double](repeating: 0, count: size * rows))
    var small = Matrix(rows: size, columns: size, [Double](repeating: 0, count: size * size))
    var next = Matrix.scrambled(rows, 0)
    for step in 0..<size {
      if !basis.appendOrthonormal(next, at: step) {
        // The space is exhausted: go on in a new direction.
        _ = basis.appendOrthonormal(Matrix.scrambled(rows, step + 1), at: step)
      }
      let row = Array(basis.values[(step * rows)..<((step + 1) * rows)])
      next = times(row)
      for earlier in 0...step {
        let product = basis.dot(next, row: earlier)
        small[step, earlier] = product
        small[earlier, step] = product
      }
    }
    return (basis, small)
  }

  /// Makes `vector` orthogonal to the rows before `row` and of length 1; false if nothing is left.
  private mutating func appendOrthonormal(_ vector: [Double], at row: Int) -> Bool {
    var vector = vector
    let before = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
    // Twice is enough (Kahan & Parlett).
    for _ in 0..<2 {
      for earlier in 0..<row {
        let product = dot(vector, row: earlier)
        for k in 0..<columns { vector[k] -= product * values[earlier * columns + k] }
      }
    }
    let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
    guard length > 1e-12 * before, length > 0 else { return false }
    for k in 0..<columns { values[row * columns + k] = vector[k] / length }
    return true
  }

  private func dot(_ vector: [Double], row: Int) -> Double {
    var sum = 0.0
    for k in 0..<columns { sum += vector[k] * values[row * columns + k] }
    return sum
  }

  private func times(_ vector: [Double]) -> [Double] {
    (0..<rows).map { dot(vector, row: $0) }
  }

  /// A fixed vector that is unlikely to be orthogonal to anything.
  private static func scrambled(_ count: Int, _ seed: Int) -> [Double] {
    (0..<count).map { index in
      let mixed = UInt64(truncatingIfNeeded: (index + 1) &* (2 * seed + 1)) &* 0x9E37_79B9_7F4A_7C15
      return Double(mixed >> 40) / Double(1 << 24) - 0.5
    }
  }

  /// Singular values, largest first, from the eigenvectors of AᵀA or AAᵀ, whichever is smaller.
  package func singularValues() throws(TensorError) -> (u: Matrix, s: [Double], v: Matrix) {
    if rows < columns {
      let (u, s, v) = try transposed.singularValues()
      return (v, s, u)
    }
    let (squares, v) = try transposed.times(self).symmetricEigen(for: "svd")
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
      for k in 0..<rows where abs(self[k, column]) > abs(self[largest, column]) + 1e-9 {
        largest = k
      }
      if rows > 0, self[largest, column] < 0 {
        for k in 0..<rows { result[k, column] = -self[k, column] }
      }
    }
    return result
  }
}
