extension Matrix {
  /// Eigenvalues, largest first, and eigenvectors as columns, of a symmetric matrix.
  ///
  /// The sign of a vector is arbitrary: its largest entry is made positive.
  /// Source: Householder tridiagonalization and implicit QL steps, Golub & Van Loan, Matrix
  /// Computations, 4th ed., §8.3; `tred2` and `tql2` of EISPACK.
  /// Throws: `notFinite`, `notConverged`, `interrupted`.
  package func symmetricEigen(
    for operation: String = "eigh", until isStopped: (() -> Bool)? = nil
  ) throws(TensorError) -> (values: [Double], vectors: Matrix) {
    try checkFinite(operation)
    let patience = Patience(isStopped: isStopped)
    var tridiagonal = try Tridiagonal(self, patience)
    guard try tridiagonal.diagonalize(patience) else { throw .notConverged(operation: operation) }
    let order = Matrix.descending(tridiagonal.diagonal)
    let vectors = tridiagonal.basis.columns(order)
    return (
      order.map { tridiagonal.diagonal[$0] }, vectors.scalingColumns(vectors.columnSigns)
    )
  }
}

/// A symmetric matrix with nothing beside the diagonal and its neighbours, and the basis in which
/// another matrix looks like this.
private struct Tridiagonal {
  private(set) var diagonal: [Double] = []
  /// Element i stands between the diagonal elements i and i + 1; the last is zero.
  private var beside: [Double] = []
  var basis: TurningBasis

  init(_ matrix: Matrix, _ patience: Patience) throws(TensorError) {
    var rest = matrix
    let size = matrix.rows
    var reflections: [Reflection] = []
    for step in 0..<size {
      try patience.check()
      diagonal.append(rest[step, step])
      guard step + 1 < size else { break }
      let reflection = Reflection(Array(rest.row(step)[(step + 1)...]))
      rest.reflectBothSides(reflection, from: step + 1)
      beside.append(reflection.first)
      reflections.append(reflection)
    }
    if size > 0 { beside.append(0) }
    basis = TurningBasis(
      try Matrix.product(
        of: reflections, offset: 1, rows: size, columns: size, patience
      ).transposed)
  }

  /// Makes the neighbours of the diagonal vanish; false if that takes too many steps.
  mutating func diagonalize(_ patience: Patience) throws(TensorError) -> Bool {
    let smallest = 1e-22 * zip(diagonal, beside).reduce(0) { max($0, abs($1.0), abs($1.1)) }
    for first in diagonal.indices {
      for round in 0... {
        let last = endOfBlock(from: first, smallest)
        if last == first { break }
        if round == 80 { return false }
        try patience.check()
        step(first, last)
      }
    }
    return true
  }

  /// Where the block that begins at `first` ends: a neighbour that is lost in rounding is zero.
  private func endOfBlock(from first: Int, _ smallest: Double) -> Int {
    for place in first..<(diagonal.count - 1) {
      let around = abs(diagonal[place]) + abs(diagonal[place + 1])
      if abs(beside[place]) <= max(0x1p-52 * around, smallest) { return place }
    }
    return diagonal.count - 1
  }

  /// One QL step with an implicit shift towards the eigenvalue at `first`.
  private mutating func step(_ first: Int, _ last: Int) {
    let half = (diagonal[first + 1] - diagonal[first]) / (2 * beside[first])
    let root = (half * half + 1).squareRoot()
    let towards = beside[first] / (half + (half < 0 ? -root : root))
    var g = diagonal[last] - diagonal[first] + towards
    var (cosine, sine) = (1.0, 1.0)
    var p = 0.0
    for i in stride(from: last - 1, through: first, by: -1) {
      let b = cosine * beside[i]
      let rotation = Rotation(g, sine * beside[i])
      (cosine, sine) = (rotation.cosine, rotation.sine)
      beside[i + 1] = rotation.length
      if rotation.length == 0 {
        // The block falls apart here.
        diagonal[i + 1] -= p
        beside[last] = 0
        return
      }
      g = diagonal[i + 1] - p
      let r = (diagonal[i] - g) * sine + 2 * cosine * b
      p = sine * r
      diagonal[i + 1] = g + p
      g = cosine * r - b
      basis.rotate(i + 1, i, by: rotation)
    }
    diagonal[first] -= p
    beside[first] = g
    beside[last] = 0
  }
}

extension Matrix {
  /// A reflection of the rows and of the columns from `first` on, of a symmetric matrix:
  /// A − v wᵀ − w vᵀ with p = scale·A v and w = p − ½·scale·(pᵀv)·v.
  fileprivate mutating func reflectBothSides(_ reflection: Reflection, from first: Int) {
    guard reflection.scale != 0 else { return }
    let v = reflection.vector
    var w = [Double](repeating: 0, count: v.count)
    for (index, value) in v.enumerated() {
      addRow(first + index, from: first, times: reflection.scale * value, to: &w)
    }
    var product = 0.0
    for index in v.indices { product += w[index] * v[index] }
    for index in v.indices { w[index] -= reflection.scale / 2 * product * v[index] }
    for index in v.indices {
      add(w, times: -v[index], v, times: -w[index], toRow: first + index, from: first)
    }
  }
}
