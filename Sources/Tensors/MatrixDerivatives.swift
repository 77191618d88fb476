/// Results of linear algebra as functions of their matrix: the value that was computed outside of
/// the graph, with derivatives up to a given order.
package enum MatrixDerivatives {
  /// x with a·x = b, given x and the inverse of a; b does not vary if it is nil.
  ///
  /// Gradient: dx = a⁻¹(db − da·x). Source: Giles, "Collected matrix derivative results for forward
  /// and reverse mode algorithmic differentiation" (2008), §2.2.3 and §2.3.1.
  package static func solution(
    _ a: Tensor, _ b: Tensor? = nil, value: Tensor, inverse: Tensor, order: Int
  ) throws(TensorError) -> Tensor {
    let change = try a.variation
    var x = MatrixSeries(value)
    for k in 0..<order {
      var rest = try -change.matrixProduct(x[k])
      if k == 0, let b { rest = try b.variation + rest }
      x.append(try inverse.matrixProduct(rest))
    }
    return try x.sum
  }

  /// Gradient: d|a| = |a| tr(a⁻¹ da). Source: Giles 2008, §2.2.4.
  package static func determinant(
    _ a: Tensor, value: Tensor, inverse: Tensor, order: Int
  ) throws(TensorError) -> Tensor {
    let change = try a.variation
    var (determinant, trace) = (MatrixSeries(value), MatrixSeries())
    var y = inverse
    for k in 0..<order {
      trace.append(try (y.transposed() * change).sum())
      y = try -inverse.matrixProduct(change.matrixProduct(y))
      try determinant.append(derivative: MatrixSeries.elementwise(determinant, trace, k))
    }
    return try determinant.sum
  }

  /// The determinant of any matrix, to first order.
  ///
  /// Gradient: d|a| = tr(adj(a) da), Jacobi's formula.
  package static func determinant(
    _ a: Tensor, value: Tensor, adjugate: Tensor
  ) throws(TensorError) -> Tensor {
    try value + (adjugate.transposed() * a.variation).sum()
  }

  /// Eigenvalues and eigenvectors (columns) of the symmetric part of a.
  ///
  /// Gradient: with P = Vᵀ da V, dλ = diag P and dV = V (F ∘ P), F[i, j] = 1 / (λ[j] − λ[i]).
  /// Source: Giles 2008, §2.3.2.
  package static func eigen(
    _ a: Tensor, values: Tensor, vectors: Tensor, gaps: InverseGaps, order: Int
  ) throws(TensorError) -> (values: Tensor, vectors: Tensor) {
    let half = try Tensor(0.5) * a
    let change = try (half + half.transposed()).variation
    var (λ, v, f) = (MatrixSeries(values), MatrixSeries(vectors), MatrixSeries())
    var (turned, p, turn) = (MatrixSeries(), MatrixSeries(), MatrixSeries())
    f.append(try gaps.matrix.tensor)
    for k in 0..<order {
      turned.append(try change.matrixProduct(v[k]))
      p.append(try MatrixSeries.transposedProduct(v, turned, k))
      turn.append(try MatrixSeries.elementwise(f, p, k))
      try λ.append(derivative: p[k].diagonalLine)
      try v.append(derivative: MatrixSeries.matrixProduct(v, turn, k))
      try f.appendReciprocal(of: λ.gaps)
    }
    return (try λ.sum, try v.sum)
  }

  /// Singular values and vectors of a matrix with at least as many rows as columns.
  ///
  /// Gradient: with P = Uᵀ da V, ds = diag P, dV = V (F ∘ (S P + Pᵀ S)) and
  /// dU = U (F ∘ (P S + S Pᵀ)) + (1 − U Uᵀ) da V S⁻¹, F[i, j] = 1 / (s[j]² − s[i]²).
  /// Source: Giles 2008, §2.3.3 (values); Townsend, "Differentiating the singular value
  /// decomposition" (2016), equations 16 to 20.
  package static func singular(
    _ a: Tensor, u: Tensor, s: Tensor, v: Tensor, gaps: InverseGaps, order: Int
  ) throws(TensorError) -> (u: Tensor, s: Tensor, v: Tensor) {
    let change = try a.variation
    let isSquare = a.shape[0] == a.shape[1]
    let line: Shape = [1, s.count]
    var (u, v) = (MatrixSeries(u), MatrixSeries(v))
    var (s, f, r) = (MatrixSeries(try s.reshape(to: line)), MatrixSeries(), MatrixSeries())
    var (turned, p, beyond) = (MatrixSeries(), MatrixSeries(), MatrixSeries())
    var (left, right) = (MatrixSeries(), MatrixSeries())
    f.append(try gaps.matrix.tensor)
    r.append(try Tensor(gaps.reciprocals.map(Float.init), shape: line))
    for k in 0..<order {
      turned.append(try change.matrixProduct(v[k]))
      p.append(try MatrixSeries.transposedProduct(u, turned, k))
      left.append(try MatrixSeries.elementwise(p, s, k).plusTransposed)
      right.append(try MatrixSeries.transposedScale(s, p, k).plusTransposed)
      var du = try MatrixSeries.turned(u, f, left, k)
      if !isSquare {
        beyond.append(try turned[k] - MatrixSeries.matrixProduct(u, p, k))
        du = try du + MatrixSeries.elementwise(beyond, r, k)
      }
      try v.append(derivative: MatrixSeries.turned(v, f, right, k))
      try u.append(derivative: du)
      try s.append(derivative: p[k].diagonalLine.reshape(to: line))
      try f.appendReciprocal(of: s.squares.gaps)
      try r.appendReciprocal(of: s)
    }
    return (try u.sum, try s.sum.reshape(to: [line[1]]), try v.sum)
  }
}

extension MatrixSeries {
  /// Coefficient k of u·(f ∘ p).
  fileprivate static func turned(
    _ u: MatrixSeries, _ f: MatrixSeries, _ p: MatrixSeries, _ k: Int
  ) throws(TensorError) -> Tensor {
    var products = MatrixSeries()
    for i in 0...k { products.append(try elementwise(f, p, i)) }
    return try matrixProduct(u, products, k)
  }

  /// Of the rows of p, each times its element of s, a row of numbers.
  fileprivate static func transposedScale(
    _ s: MatrixSeries, _ p: MatrixSeries, _ k: Int
  ) throws(TensorError) -> Tensor {
    try product(s, p, k) { (x, y) throws(TensorError) in try x.transposed() * y }
  }
}

extension Tensor {
  fileprivate var plusTransposed: Tensor {
    get throws(TensorError) { try self + transposed() }
  }
}
