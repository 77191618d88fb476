import Tensors

/// Brings each row to mean 0 and variance 1, then to a learned scale and shift, as PyTorch's
/// `nn.LayerNorm`. Shape: [B…, D] → [B…, D].
/// Source: Ba, Kiros & Hinton, arXiv 1607.06450, equation 3.
package struct LayerNormalization: Layer {
  package let features: Int
  let weight: ParameterID
  let bias: ParameterID

  private static let epsilon: Float = 1e-5

  package init(features: Int, _ context: inout LayerContext) throws(TensorError) {
    self.features = features
    weight = try context.state.makeParameter(
      Tensor([Float](repeating: 1, count: features), shape: [features]), name: "weight")
    bias = try context.state.makeParameter(
      Tensor([Float](repeating: 0, count: features), shape: [features]), name: "bias")
  }

  init(features: Int, weight: ParameterID, bias: ParameterID) {
    self.features = features
    self.weight = weight
    self.bias = bias
  }

  package func apply(_ x: Tensor, _ context: inout LayerContext) throws(TensorError) -> Tensor {
    guard x.rank > 0 else {
      throw .rankMismatch(operation: "layernorm", expected: 2, shape: x.shape)
    }
    guard x.shape[x.rank - 1] == features else {
      throw .channelMismatch(operation: "layernorm", input: x.shape, weight: [features])
    }
    let axis = [x.rank - 1]
    let mean = try x.mean(axes: axis, keep: true)
    let variance = try x.variance(axes: axis, keep: true)
    let deviation = try Tensor.map(.sqrt, variance + Tensor(LayerNormalization.epsilon))
    return try (x - mean) / deviation * context.state.value(of: weight)
      + context.state.value(of: bias)
  }

  package var parameters: [ParameterID] { [weight, bias] }

  package func replacingParameters(_ replacement: (ParameterID) -> ParameterID) -> any Layer {
    LayerNormalization(
      features: features, weight: replacement(weight), bias: replacement(bias))
  }

  package var label: String { "layernorm \(features)" }
  package var inputSize: Int? { features }
  package var outputSize: Int? { features }
}
