import Tensors

/// What a layer may use and change when it is applied.
package struct LayerContext {
  package var state: StateStore
  package var random: RandomStream
  /// Whether dropout drops and batch normalization measures the batch.
  package var isTraining: Bool

  package init(state: StateStore, random: RandomStream, isTraining: Bool) {
    self.state = state
    self.random = random
    self.isTraining = isTraining
  }
}

/// A differentiable function of one tensor that may own parameters.
package protocol Layer: Sendable {
  func apply(_ x: Tensor, _ context: inout LayerContext) throws(TensorError) -> Tensor

  /// The layer's own parameters, in the order and with the names that PyTorch gives them.
  var parameters: [ParameterID] { get }

  /// What the layer measures while it trains, kept under `StateKey.statistic`.
  var statistics: [ParameterID] { get }

  /// The same layer with its parameters and statistics replaced, for copies.
  func replacingParameters(_ replacement: (ParameterID) -> ParameterID) -> any Layer

  /// One line for `summary`, for example `dense 784 → 256`.
  var label: String { get }

  /// Inputs that fit, for messages; for example `[B, 3, H, W]`.
  var accepts: String { get }

  /// Whether PyTorch keeps this parameter with its two axes exchanged.
  func isTransposedInFiles(_ id: ParameterID) -> Bool

  /// Size of the last axis of inputs and outputs, where the layer fixes them.
  var inputSize: Int? { get }
  var outputSize: Int? { get }
}

extension Layer {
  package var parameters: [ParameterID] { [] }
  package var statistics: [ParameterID] { [] }
  package var accepts: String { inputSize.map { "[B…, \($0)]" } ?? "[…]" }
  package func isTransposedInFiles(_ id: ParameterID) -> Bool { false }
  package func replacingParameters(_ replacement: (ParameterID) -> ParameterID) -> any Layer {
    self
  }
  package var inputSize: Int? { nil }
  package var outputSize: Int? { nil }
}

/// Layers applied one after another.
package struct Model: Sendable {
  /// What made it, for example `mlp`.
  package let kind: String
  package let layers: [any Layer]

  package init(kind: String, layers: [any Layer]) {
    self.kind = kind
    self.layers = layers
  }

  /// Throws: `LayerError`, which names the layer that the value did not fit.
  package func apply(_ x: Tensor, _ context: inout LayerContext) throws(LayerError) -> Tensor {
    var value = x
    for layer in layers {
      do {
        value = try layer.apply(value, &context)
      } catch {
        throw LayerError(
          layer: layer.label, accepts: layer.accepts, input: value.shape, cause: error)
      }
    }
    return value
  }

  package var parameters: [ParameterID] { layers.flatMap(\.parameters) }

  package var statistics: [ParameterID] { layers.flatMap(\.statistics) }

  /// The sizes that the model passes through, for example `784 → 256 → 2`.
  package var sizes: [Int] {
    var sizes: [Int] = []
    for layer in layers {
      if sizes.isEmpty, let input = layer.inputSize { sizes.append(input) }
      if let output = layer.outputSize { sizes.append(output) }
    }
    return sizes
  }
}

/// A layer whose input does not fit: facts only.
package struct LayerError: Error, Sendable, Hashable {
  package let layer: String
  package let accepts: String
  package let input: Shape
  package let cause: TensorError
}
