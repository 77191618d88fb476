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
      "solve(a, b)", .linearAlgebra, "x with a @ x == b", shapes: "[N, N], [N, …] → [N, …]",
      example: "solve([[2, 0], [0, 4]], [2, 2])"
    ) { call in
      let b = try call.tensor("b")
      let columns = b.rank == 1 ? 1 : b.shape.sizes.dropFirst().reduce(1, *)
      var matrix = try call.matrix("a").checkedSquare("solve")
      guard b.rank >= 1, b.shape[0] == matrix.rows else {
        throw TensorError.innerSizeMismatch(
          left: [matrix.rows, matrix.columns], right: b.shape, leftInner: matrix.rows,
          rightInner: b.shape.sizes.first ?? 1)
      }
      let right = Matrix(
        rows: matrix.rows, columns: columns, try call.evaluator.values(of: b).map(Double.init))
      guard let x = matrix.solve(right) else {
        throw TensorError.singularMatrix(operation: "solve")
      }
      return .tensor(try Tensor(x.values.map(Float.init), shape: b.shape))
    },
    Builtin(
      "inverse(a)", .linearAlgebra, "the inverse of a square matrix", shapes: "[N, N] → [N, N]",
      example: "inverse([[2, 0], [0, 4]])"
    ) { call in
      var matrix = try call.matrix("a").checkedSquare("inverse")
      guard let x = matrix.solve(.identity(matrix.rows)) else {
        throw TensorError.singularMatrix(operation: "inverse")
      }
      return .tensor(try x.tensor)
    },
    Builtin(
      "det(a)", .linearAlgebra, "the determinant of a square matrix", shapes: "[N, N] → number",
      example: "det([[1, 2], [3, 4]])"
    ) { call in
      var matrix = try call.matrix("a").checkedSquare("det")
      return .number(Float(matrix.eliminate().determinant))
    },
    Builtin(
      "eigh(a)", .linearAlgebra,
      "eigenvalues, largest first, and eigenvectors (columns) of a symmetric matrix",
      shapes: "[N, N] → [N], [N, N]", example: "values, vectors = eigh([[2, 1], [1, 2]])\nvalues"
    ) { call in
      let (values, vectors) = try call.matrix("a").checkedSquare("eigh").symmetricEigen()
      return .list([
        .tensor(try Tensor(values.map(Float.init), shape: [values.count])),
        .tensor(try vectors.tensor),
      ])
    },
    Builtin(
      "svd(a)", .linearAlgebra, "u, s, v with a == u @ (s * transpose(v)), s largest first",
      shapes: "[M, N] → [M, K], [K], [N, K]", example: "u, s, v = svd([[3, 0], [0, 4]])\ns"
    ) { call in
      let (u, s, v) = try call.matrix("a").singularValues()
      return .list([
        .tensor(try u.tensor), .tensor(try Tensor(s.map(Float.init), shape: [s.count])),
        .tensor(try v.tensor),
      ])
    },
    Builtin(
      "pca(x, count)", .linearAlgebra,
      "the mean of the rows and their first principal directions, as a record",
      shapes: "[N, D] → mean [D], components [count, D], variances [count]",
      example: "p = pca(randn(50, 3), 2)\nshape(p.components)"
    ) { try $0.principalComponents() },
  ]
}

extension BoundCall {
  fileprivate func matrix(_ name: String) throws -> Matrix {
    let tensor = try tensor(name)
    guard tensor.rank == 2 else {
      throw TensorError.rankMismatch(operation: signature.name, expected: 2, shape: tensor.shape)
    }
    return Matrix(
      rows: tensor.shape[0], columns: tensor.shape[1],
      try evaluator.values(of: tensor).map(Double.init))
  }

  /// Principal directions by subspace iteration on the covariance of the rows.
  fileprivate func principalComponents() throws -> Value {
    let x = try tensor("x")
    guard x.rank == 2 else {
      throw TensorError.rankMismatch(operation: "pca", expected: 2, shape: x.shape)
    }
    guard x.count > 0 else { throw Fault.emptyData("the data") }
    let count = try integer("count", in: 1...max(1, min(x.shape[0], x.shape[1])))
    let mean = try x.mean(axes: [0])
    let centred = try x - mean
    let covariance =
      try centred.transposed().matrixProduct(centred) / Tensor(Float(max(x.shape[0], 1)))
    let matrix = Matrix(
      rows: x.shape[1], columns: x.shape[1],
      try evaluator.values(of: covariance).map(Double.init))
    let (values, vectors) = try matrix.leadingEigen(count)
    return .record(
      Record([
        ("mean", .tensor(mean)), ("components", .tensor(try vectors.transposed.tensor)),
        ("variances", .tensor(try Tensor(values.map(Float.init), shape: [count]))),
      ]))
  }
}
