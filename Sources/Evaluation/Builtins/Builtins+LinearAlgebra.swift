import Tensors

extension Builtins {
  static let linearAlgebra: [Builtin] = [
    Builtin(
      "dot(a, b)", .linearAlgebra, "the matrix product a @ b; of two vectors a number",
      shapes: "[K], [K] → number", example: "dot([1, 2], [3, 4])"
    ) { .tensor(try $0.tensor("a").matrixProduct($0.tensor("b"))) },
    Builtin(
      "outer(a, b)", .linearAlgebra, "every product of an element of a and one of b",
      shapes: "[M], [N] → [M, N]", example: "outer([1, 2], [3, 4])"
    ) { call in
      let (a, b) = (try call.tensor("a"), try call.tensor("b"))
      return .tensor(try a.reshape(to: [a.count, 1]) * b.reshape(to: [1, b.count]))
    },
    Builtin(
      "diag(x)", .linearAlgebra, "the diagonal of a matrix, or the matrix with this diagonal",
      shapes: "[N, M] → [min(N, M)], [N] → [N, N]", example: "diag([[1, 2], [3, 4]])"
    ) { .tensor(try $0.tensor("x").diagonal) },
    Builtin(
      "trace(x)", .linearAlgebra, "the sum of the diagonal of a matrix", shapes: "[N, M] → number",
      example: "trace([[1, 2], [3, 4]])"
    ) { .tensor(try $0.matrixTensor("x").diagonal.sum()) },
    Builtin(
      "solve(a, b)", .linearAlgebra, "x with a @ x == b", shapes: "[N, N], [N, …] → [N, …]",
      example: "solve([[2, 0], [0, 4]], [2, 2])"
    ) { .tensor(try $0.solution()) },
    Builtin(
      "inverse(a)", .linearAlgebra, "the inverse of a square matrix", shapes: "[N, N] → [N, N]",
      example: "inverse([[2, 0], [0, 4]])"
    ) { .tensor(try $0.inverse()) },
    Builtin(
      "det(a)", .linearAlgebra, "the determinant of a square matrix", shapes: "[N, N] → number",
      example: "det([[1, 2], [3, 4]])"
    ) { .tensor(try $0.determinant()) },
    Builtin(
      "eigh(a)", .linearAlgebra,
      "eigenvalues, largest first, and eigenvectors (columns) of a symmetric matrix",
      shapes: "[N, N] → [N], [N, N]", example: "values, vectors = eigh([[2, 1], [1, 2]])\nvalues"
    ) { call in
      let a = try call.matrixTensor("a")
      let (values, vectors) = try call.eigen(a)
      return .list([.tensor(values), .tensor(vectors)])
    },
    Builtin(
      "svd(a)", .linearAlgebra, "u, s, v with a == u @ (s * transpose(v)), s largest first",
      shapes: "[M, N] → [M, K], [K], [N, K]", example: "u, s, v = svd([[3, 0], [0, 4]])\ns"
    ) { call in
      let a = try call.matrixTensor("a")
      guard a.shape[0] < a.shape[1] else {
        let (u, s, v) = try call.singular(a)
        return .list([.tensor(u), .tensor(s), .tensor(v)])
      }
      let (v, s, u) = try call.singular(a.transposed())
      return .list([.tensor(u), .tensor(s), .tensor(v)])
    },
    Builtin(
      "cov(x)", .linearAlgebra,
      "the covariance of the columns of x, whose rows are samples; divided by their number",
      shapes: "[N, D] → [D, D]", example: "cov([[1, 2], [3, 6]])"
    ) { .tensor(try $0.covariance().covariance) },
    Builtin(
      "pca(x, count)", .linearAlgebra,
      "the mean of the rows and their first principal directions, as a record",
      shapes: "[N, D] → mean [D], components [count, D], variances [count]",
      example: "p = pca(randn(50, 3), 2)\nshape(p.components)"
    ) { try $0.principalComponents() },
  ]
}

extension BoundCall {
  fileprivate func matrixTensor(_ name: String) throws -> Tensor {
    let tensor = try tensor(name)
    guard tensor.rank == 2 else {
      throw TensorError.rankMismatch(operation: signature.name, expected: 2, shape: tensor.shape)
    }
    return tensor
  }

  private func matrix(_ tensor: Tensor) throws -> Matrix {
    Matrix(
      rows: tensor.shape[0], columns: tensor.shape.sizes.dropFirst().reduce(1, *),
      try evaluator.values(of: tensor).map(Double.init))
  }

  private func squareMatrix(_ tensor: Tensor) throws -> Matrix {
    try matrix(tensor).checkedSquare(signature.name)
  }

  private func line(_ values: [Double]) throws -> Tensor {
    try Tensor(values.map(Float.init), shape: [values.count])
  }

  /// How many gradients may be taken one of another of what is computed now.
  private var order: Int { evaluator.gradientDepth }

  private func inverted(_ matrix: Matrix) throws -> Matrix {
    try matrix.solve(
      .identity(matrix.rows), for: signature.name, until: evaluator.isInterrupted)
  }

  fileprivate func inverse() throws -> Tensor {
    let a = try matrixTensor("a")
    let inverse = try inverted(squareMatrix(a)).tensor
    guard order > 0 else { return inverse }
    return try MatrixDerivatives.solution(a, value: inverse, inverse: inverse, order: order)
  }

  fileprivate func solution() throws -> Tensor {
    let (a, b) = (try matrixTensor("a"), try tensor("b"))
    let matrix = try squareMatrix(a)
    guard b.rank >= 1, b.shape[0] == matrix.rows else {
      throw TensorError.innerSizeMismatch(
        left: a.shape, right: b.shape, leftInner: matrix.rows,
        rightInner: b.shape.sizes.first ?? 1)
    }
    let right = try self.matrix(b)
    let x = try matrix.solve(right, for: "solve", until: evaluator.isInterrupted).tensor
    guard order > 0 else { return try x.reshape(to: b.shape) }
    return try MatrixDerivatives.solution(
      a, b.reshape(to: x.shape), value: x, inverse: inverted(matrix).tensor, order: order
    ).reshape(to: b.shape)
  }

  fileprivate func determinant() throws -> Tensor {
    let a = try matrixTensor("a")
    let matrix = try squareMatrix(a)
    let determinant = try matrix.determinant(until: evaluator.isInterrupted)
    let value = Tensor(Float(determinant))
    guard order > 0, Float(determinant).isFinite else { return value }
    if determinant != 0 {
      do {
        return try MatrixDerivatives.determinant(
          a, value: value, inverse: inverted(matrix).tensor, order: order)
      } catch TensorError.singularMatrix {}
    }
    guard order == 1 else { throw Fault.noSecondDerivative(of: signature.name) }
    return try MatrixDerivatives.determinant(
      a, value: value, adjugate: matrix.adjugate(until: evaluator.isInterrupted).tensor)
  }

  /// Eigenvalues and eigenvectors of the symmetric part of a matrix.
  fileprivate func eigen(_ a: Tensor) throws -> (values: Tensor, vectors: Tensor) {
    let (values, vectors) = try squareMatrix(a).symmetricPart.symmetricEigen(
      for: signature.name, until: evaluator.isInterrupted)
    guard order > 0 else { return (try line(values), try vectors.tensor) }
    let gaps = InverseGaps(eigenvalues: values)
    guard order == 1 || !gaps.areSingular else {
      throw Fault.noSecondDerivative(of: signature.name)
    }
    return try MatrixDerivatives.eigen(
      a, values: line(values), vectors: vectors.tensor, gaps: gaps, order: order)
  }

  /// Of a matrix with at least as many rows as columns.
  fileprivate func singular(_ a: Tensor) throws -> (u: Tensor, s: Tensor, v: Tensor) {
    let (u, s, v) = try matrix(a).singularValues(until: evaluator.isInterrupted)
    guard order > 0 else { return (try u.tensor, try line(s), try v.tensor) }
    let gaps = InverseGaps(singularValues: s, isSquare: a.shape[0] == a.shape[1])
    guard order == 1 || !gaps.areSingular else {
      throw Fault.noSecondDerivative(of: signature.name)
    }
    return try MatrixDerivatives.singular(
      a, u: u.tensor, s: line(s), v: v.tensor, gaps: gaps, order: order)
  }

  /// The mean of the rows and the covariance of the columns.
  fileprivate func covariance() throws -> (mean: Tensor, covariance: Tensor) {
    let x = try matrixTensor("x")
    guard x.count > 0 else { throw Fault.emptyData("the data") }
    let mean = try x.mean(axes: [0])
    let centred = try x - mean
    let covariance = try centred.transposed().matrixProduct(centred) / Tensor(Float(x.shape[0]))
    return (mean, covariance)
  }

  /// The leading eigenvectors of the covariance of the rows; all of them where gradients may pass,
  /// which depend on the others too.
  fileprivate func principalComponents() throws -> Value {
    let (mean, covariance) = try covariance()
    let x = try tensor("x")
    let count = try integer("count", in: 1...max(1, min(x.shape[0], x.shape[1])))
    var (values, vectors): (Tensor, Tensor)
    if order > 0 {
      (values, vectors) = try eigen(covariance)
      values = try values.sliced(axis: 0, 0..<count)
      vectors = try vectors.sliced(axis: 1, 0..<count)
    } else {
      let leading = try matrix(covariance).leadingEigen(count, until: evaluator.isInterrupted)
      (values, vectors) = (try line(leading.values), try leading.vectors.tensor)
    }
    return .record(
      Record([
        ("mean", .tensor(mean)), ("components", .tensor(try vectors.transposed())),
        ("variances", .tensor(values)),
      ]))
  }
}

extension Tensor {
  /// Shape: [N, M] → [min(N, M)], [N] → [N, N].
  fileprivate var diagonal: Tensor {
    get throws(TensorError) {
      guard rank == 1 || rank == 2 else {
        throw .rankMismatch(operation: "diag", expected: 2, shape: shape)
      }
      let size = shape.sizes.min() ?? 0
      let line = try Tensor((0..<size).map(Float.init), shape: [size])
      let isOnIt = try Tensor.map(.equal, line.reshape(to: [size, 1]), line)
      if rank == 1 { return try .map(.select, isOnIt, self, Tensor(0)) }
      let square = try sliced(axis: 0, 0..<size).sliced(axis: 1, 0..<size)
      return try .map(.select, isOnIt, square, Tensor(0)).sum(axes: [1])
    }
  }
}
