import Tensors

/// An elementwise function between layers.
package enum Activation: String, Layer, CaseIterable {
  case identity, relu
  case leakyRelu = "leaky_relu"
  case tanh, sigmoid, softplus, softmax
  case logSoftmax = "log_softmax"
  case exp, sin

  package func apply(_ x: Tensor, _ context: inout LayerContext) throws(TensorError) -> Tensor {
    try apply(x)
  }

  package func apply(_ x: Tensor) throws(TensorError) -> Tensor {
    switch self {
    case .identity: return x
    case .relu: return try .map(.relu, x)
    case .leakyRelu: return try x.leakyRelu(slope: Activation.defaultSlope)
    case .tanh: return try .map(.tanh, x)
    case .sigmoid: return try .map(.sigmoid, x)
    case .softplus: return try .map(.softplus, x)
    case .softmax: return try x.softmax(axis: -1)
    case .logSoftmax: return try x.logSoftmax(axis: -1)
    case .exp: return try .map(.exp, x)
    case .sin: return try .map(.sin, x)
    }
  }

  /// Slope of `leaky_relu` below zero, as in the DCGAN paper (arXiv 1511.06434).
  package static let defaultSlope: Float = 0.2

  package var label: String { rawValue }
}

extension Tensor {
  /// x where x > 0, else slope·x.
  package func leakyRelu(slope: Float) throws(TensorError) -> Tensor {
    try .map(.maximum, self, self * Tensor(slope))
  }

  /// eˣ / Σ eˣ along `axis`, shifted by the maximum so that nothing overflows.
  package func softmax(axis: Int) throws(TensorError) -> Tensor {
    let axis = try normalized(axis)
    let exponential = try Tensor.map(.exp, self - shift(axis))
    return try exponential / exponential.sum(axes: [axis], keep: true)
  }

  /// x − log Σ eˣ along `axis`.
  package func logSoftmax(axis: Int) throws(TensorError) -> Tensor {
    let axis = try normalized(axis)
    return try self - logSumExp(axis: axis, keep: true)
  }

  /// log Σ eˣ along `axis`, stable (see `Rewrites`).
  package func logSumExp(axis: Int, keep: Bool) throws(TensorError) -> Tensor {
    let axis = try normalized(axis)
    return try .map(.log, Tensor.map(.exp, self).sum(axes: [axis], keep: keep))
  }

  private func shift(_ axis: Int) throws(TensorError) -> Tensor {
    try maximum(axes: [axis], keep: true).stopped()
  }
}
