extension Matrix {
  /// The `count` largest eigenvalues and their vectors (columns) of a symmetric matrix.
  ///
  /// Source: Lanczos with full reorthogonalization, Golub & Van Loan, 4th ed., §10.3.
  /// Throws: `notFinite`, `notConverged`, `interrupted`.
  package func leadingEigen(
    _ count: Int, for operation: String = "pca", until isStopped: (() -> Bool)? = nil
  ) throws(TensorError) -> (values: [Double], vectors: Matrix) {
    try checkFinite(operation)
    var size = min(rows, max(64, 4 * count + 40))
    while true {
      let (basis, small) = try krylov(size, Patience(isStopped: isStopped))
      let (values, rotation) = try small.symmetricEigen(for: operation, until: isStopped)
      // A Ritz value is off by no more than the last row of its vector times the next β.
      let scale = max(abs(values.first ?? 0), 1e-300)
      let isConverged = (0..<count).allSatisfy {
        abs(rotation[size - 1, $0]) * scale <= 1e-9 * scale
      }
      if isConverged || size == rows {
        let vectors = basis.transposed.times(rotation.leadingColumns(count))
        return (Array(values.prefix(count)), vectors.scalingColumns(vectors.columnSigns))
      }
      size = min(rows, 2 * size)
    }
  }

  /// Orthonormal rows that span the Krylov space of a fixed start, and the matrix seen in them.
  private func krylov(
    _ size: Int, _ patience: Patience
  ) throws(TensorError) -> (basis: Matrix, small: Matrix) {
    var basis = Matrix.zeros(size, rows)
    var small = Matrix.zeros(size, size)
    var next = Matrix.scrambled(rows, 0)
    for step in 0..<size {
      try patience.check()
      if !basis.appendOrthonormal(next, at: step) {
        // The space is exhausted: go on in a new direction.
        _ = basis.appendOrthonormal(Matrix.scrambled(rows, step + 1), at: step)
      }
      next = times(basis.row(step))
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
        addRow(earlier, times: -dot(vector, row: earlier), to: &vector)
      }
    }
    let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
    guard length > 1e-12 * before, length > 0 else { return false }
    for k in 0..<columns { values[row * columns + k] = vector[k] / length }
    return true
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
}
