import Tensors

/// A learned kernel that slides over pictures, as PyTorch's `nn.Conv2d`.
/// Shape: [B, C, H, W] → [B, O, H′, W′] with H′ = ⌊(H + 2·padding − kernel) / stride⌋ + 1;
///   W [O, C, kernel, kernel], b [O].
package struct Convolution: Layer {
  package let geometry: ConvolutionGeometry
  let weight: ParameterID
  let bias: ParameterID

  /// Draws W and b from U(−1/√n, 1/√n), n = C·kernel².
  package init(
    _ geometry: ConvolutionGeometry, _ context: inout LayerContext
  ) throws(TensorError) {
    self.geometry = geometry
    let (inputs, outputs, kernel) = (geometry.inputs, geometry.outputs, geometry.kernel)
    (weight, bias) = try geometry.makeParameters(
      shape: [outputs, inputs, kernel, kernel], &context)
  }

  init(_ geometry: ConvolutionGeometry, weight: ParameterID, bias: ParameterID) {
    self.geometry = geometry
    self.weight = weight
    self.bias = bias
  }

  package func apply(_ x: Tensor, _ context: inout LayerContext) throws(TensorError) -> Tensor {
    let bias = try context.state.value(of: bias).reshape(to: [1, geometry.outputs, 1, 1])
    return try x.convolved(context.state.value(of: weight), geometry.window) + bias
  }

  package var parameters: [ParameterID] { [weight, bias] }

  package func replacingParameters(_ replacement: (ParameterID) -> ParameterID) -> any Layer {
    Convolution(geometry, weight: replacement(weight), bias: replacement(bias))
  }

  package var label: String { "conv \(geometry)" }
  package var accepts: String { "[B, \(geometry.inputs), H, W]" }
}

/// The sizes of a convolution or of its transpose.
package struct ConvolutionGeometry: Sendable, Hashable, CustomStringConvertible {
  package let inputs: Int
  package let outputs: Int
  /// Side of the square kernel.
  package let kernel: Int
  package let window: Window

  package init(inputs: Int, outputs: Int, kernel: Int, window: Window) {
    self.inputs = inputs
    self.outputs = outputs
    self.kernel = kernel
    self.window = window
  }

  /// Parameters drawn as PyTorch does, which takes the second axis of W for the inputs of a unit.
  func makeParameters(
    shape: Shape, _ context: inout LayerContext
  ) throws(TensorError) -> (weight: ParameterID, bias: ParameterID) {
    let bound = 1 / Float(max(shape[1] * kernel * kernel, 1)).squareRoot()
    let weight = try context.state.makeParameter(
      context.random.uniform(within: bound, shape: shape), name: "weight")
    let bias = try context.state.makeParameter(
      context.random.uniform(within: bound, shape: [outputs]), name: "bias")
    return (weight, bias)
  }

  /// `3 → 16, 3×3, stride 2, padding 1`.
  package var description: String {
    "\(inputs) → \(outputs), \(kernel)×\(kernel)"
      + (window.stride == 1 ? "" : ", stride \(window.stride)")
      + (window.padding == 0 ? "" : ", padding \(window.padding)")
  }
}
