import Tensors

/// A learned vector for each of a number of things, as PyTorch's `nn.Embedding`.
/// Shape: whole numbers [B…] → [B…, size].
package struct Embedding: Layer {
  package let count: Int
  package let size: Int
  let weight: ParameterID

  /// Draws the vectors from N(0, 1).
  package init(count: Int, size: Int, _ context: inout LayerContext) throws(TensorError) {
    self.count = count
    self.size = size
    weight = try context.state.makeParameter(
      context.random.draw(.normal, shape: [count, size]), name: "weight")
  }

  init(count: Int, size: Int, weight: ParameterID) {
    self.count = count
    self.size = size
    self.weight = weight
  }

  package func apply(_ x: Tensor, _ context: inout LayerContext) throws(TensorError) -> Tensor {
    try context.state.value(of: weight).gathered(x)
  }

  package var parameters: [ParameterID] { [weight] }

  package func replacingParameters(_ replacement: (ParameterID) -> ParameterID) -> any Layer {
    Embedding(count: count, size: size, weight: replacement(weight))
  }

  package var label: String { "embedding \(count) × \(size)" }
  package var accepts: String { "whole numbers [B…] below \(count)" }
  package var outputSize: Int? { size }
}
