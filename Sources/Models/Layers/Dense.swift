import Tensors

/// x ↦ x·W + b. Shape: [B…, D_in] → [B…, D_out], W [D_in, D_out].
package struct Dense: Layer {
  package let inputs: Int
  package let outputs: Int
  let weight: ParameterID
  let bias: ParameterID

  /// Draws W and b from U(−1/√D_in, 1/√D_in), as PyTorch's `nn.Linear` does.
  package init(
    inputs: Int, outputs: Int, _ context: inout LayerContext
  ) throws(TensorError) {
    self.inputs = inputs
    self.outputs = outputs
    let bound = 1 / Float(max(inputs, 1)).squareRoot()
    weight = try context.state.makeParameter(
      context.random.uniform(within: bound, shape: [inputs, outputs]), name: "weight")
    bias = try context.state.makeParameter(
      context.random.uniform(within: bound, shape: [outputs]), name: "bias")
  }

  init(inputs: Int, outputs: Int, weight: ParameterID, bias: ParameterID) {
    self.inputs = inputs
    self.outputs = outputs
    self.weight = weight
    self.bias = bias
  }

  package func apply(_ x: Tensor, _ context: inout LayerContext) throws(TensorError) -> Tensor {
    try x.matrixProduct(context.state.value(of: weight)) + context.state.value(of: bias)
  }

  package var parameters: [ParameterID] { [weight, bias] }

  package func replacingParameters(_ replacement: (ParameterID) -> ParameterID) -> any Layer {
    Dense(inputs: inputs, outputs: outputs, weight: replacement(weight), bias: replacement(bias))
  }

  /// PyTorch's `nn.Linear` computes x·Wᵀ + b.
  package func isTransposedInFiles(_ id: ParameterID) -> Bool { id == weight }

  package var label: String { "dense \(inputs) → \(outputs)" }
  package var inputSize: Int? { inputs }
  package var outputSize: Int? { outputs }
}

extension RandomStream {
  /// Uniform on [−bound, bound).
  mutating func uniform(within bound: Float, shape: Shape) throws(TensorError) -> Tensor {
    try draw(.uniform, shape: shape) * Tensor(2 * bound) - Tensor(bound)
  }
}
