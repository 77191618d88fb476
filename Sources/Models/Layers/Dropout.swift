import Tensors

/// Sets elements to 0 at random while it trains and scales the others up, so that means stay;
/// passes everything elsewhere. Shape: […] → […].
/// Source: Srivastava et al. 2014, JMLR 15, section 10 (inverted form).
package struct Dropout: Layer {
  /// Probability with which an element goes, below 1.
  package let rate: Float

  package init(rate: Float) { self.rate = rate }

  package func apply(_ x: Tensor, _ context: inout LayerContext) throws(TensorError) -> Tensor {
    guard context.isTraining, rate > 0 else { return x }
    let draw = try context.random.draw(.uniform, shape: x.shape)
    let kept = try Tensor.map(.greaterOrEqual, draw, Tensor(rate))
    return try x * kept * Tensor(1 / (1 - rate))
  }

  package var label: String { "dropout \(rate)" }
}
