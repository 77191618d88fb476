import Tensors

/// The transpose of a convolution, which makes pictures larger, as PyTorch's `nn.ConvTranspose2d`.
/// Shape: [B, C, H, W] → [B, O, H′, W′] with H′ = (H − 1)·stride − 2·padding + kernel;
///   W [C, O, kernel, kernel], b [O].
package struct Deconvolution: Layer {
  package let geometry: ConvolutionGeometry
  let weight: ParameterID
  let bias: ParameterID

  /// Draws W and b from U(−1/√n, 1/√n), n = O·kernel².
  package init(
    _ geometry: ConvolutionGeometry, _ context: inout LayerContext
  ) throws(TensorError) {
    self.geometry = geometry
    let (inputs, outputs, kernel) = (geometry.inputs, geometry.outputs, geometry.kernel)
    (weight, bias) = try geometry.makeParameters(
      shape: [inputs, outputs, kernel, kernel], &context)
  }

  init(_ geometry: ConvolutionGeometry, weight: ParameterID, bias: ParameterID) {
    self.geometry = geometry
    self.weight = weight
    self.bias = bias
  }

  package func apply(_ x: Tensor, _ context: inout LayerContext) throws(TensorError) -> Tensor {
    let bias = try context.state.value(of: bias).reshape(to: [1, geometry.outputs, 1, 1])
    return try x.deconvolved(context.state.value(of: weight), geometry.window) + bias
  }

  package var parameters: [ParameterID] { [weight, bias] }

  package func replacingParameters(_ replacement: (ParameterID) -> ParameterID) -> any Layer {
    Deconvolution(geometry, weight: replacement(weight), bias: replacement(bias))
  }

  package var label: String { "deconv \(geometry)" }
  package var accepts: String { "[B, \(geometry.inputs), H, W]" }
}
