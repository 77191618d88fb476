import Models
import Syntax
import Tensors

extension Builtins {
  /// Layers beside `dense`, as functions that make them.
  static let layers: [Builtin] = [
    layer(
      "conv(inputs, outputs, kernel = 3, stride = 1, padding = 0)",
      "a learned kernel that slides over pictures (PyTorch's Conv2d)",
      shapes:
        "[B, inputs, H, W] → [B, outputs, H′, W′], H′ = ⌊(H + 2·padding − kernel) / stride⌋ + 1",
      example: "shape(conv(1, 8, 4, stride: 2, padding: 1)(zeros(5, 1, 28, 28)))"
    ) { try Convolution($0.geometry(kernel: 3, stride: 1, padding: 0), &$0.layers) },
    layer(
      "deconv(inputs, outputs, kernel = 4, stride = 2, padding = 1)",
      "the transpose of conv, which makes pictures larger (PyTorch's ConvTranspose2d)",
      shapes: "[B, inputs, H, W] → [B, outputs, H′, W′], H′ = (H − 1)·stride − 2·padding + kernel",
      example: "shape(deconv(8, 1)(zeros(5, 8, 14, 14)))"
    ) { try Deconvolution($0.geometry(kernel: 4, stride: 2, padding: 1), &$0.layers) },
    layer(
      "pool(size = 2, kind: max)", "the largest value of each square of pixels, or kind: mean",
      shapes: "[B, C, H, W] → [B, C, ⌊H / size⌋, ⌊W / size⌋]",
      example: "pool(2, kind: mean)(reshape(range(16), 1, 1, 4, 4)) |> flatten"
    ) { try Pooling($0.poolingKind(), size: $0.integer("size", default: 2, in: 1...1_000)) },
    layer(
      "upsample(factor = 2)", "each pixel repeated to a square",
      shapes: "[B, C, H, W] → [B, C, factor·H, factor·W]",
      example: "upsample()([[[[1, 2]]]]) |> flatten"
    ) { Upsampling(factor: try $0.integer("factor", default: 2, in: 1...1_000)) },
    layer(
      "batchnorm(features)",
      "brings each feature to mean 0 and variance 1, then to a learned scale and shift; measures "
        + "the batch inside minimize and maximize, uses running statistics elsewhere",
      shapes: "[B, features] or [B, features, H, W] → the same",
      example: "layer = batchnorm(2)\nlayer([[1, 2], [3, 4]])"
    ) { try BatchNormalization(features: $0.integer("features", in: 1...1_000_000), &$0.layers) },
    layer(
      "layernorm(features)",
      "brings each row to mean 0 and variance 1, then to a learned scale and shift",
      shapes: "[B…, features] → [B…, features]", example: "layernorm(3)([[1, 2, 3]])"
    ) { try LayerNormalization(features: $0.integer("features", in: 1...1_000_000), &$0.layers) },
    layer(
      "dropout(rate = 0.5)",
      "sets elements to 0 at random inside minimize and maximize, passes everything elsewhere",
      shapes: "[…] → […]", example: "dropout(0.2)([1, 2, 3])"
    ) { call in
      let rate = try call.number("rate", default: 0.5)
      guard rate >= 0, rate < 1 else {
        throw try call.fault(
          at: "rate",
          Fault.outOfRange(value: display(rate), place: "`rate`", allowed: "0 … 1, without 1"))
      }
      return Dropout(rate: rate)
    },
    layer(
      "embedding(count, size)", "a learned vector for each of `count` things",
      shapes: "whole numbers [B…] → [B…, size]", example: "shape(embedding(10, 3)([0, 7, 7]))"
    ) { call in
      try Embedding(
        count: call.integer("count", in: 1...10_000_000),
        size: call.integer("size", in: 1...1_000_000), &call.layers)
    },
  ]

  private static func layer(
    _ signature: String, _ summary: String, shapes: String, example: String,
    make: @escaping @Sendable (BoundCall) throws -> any Models.Layer
  ) -> Builtin {
    Builtin(signature, .models, summary, shapes: shapes, example: example) { call in
      .model(Model(kind: call.signature.name, layers: [try make(call)]))
    }
  }
}

extension BoundCall {
  fileprivate var layers: LayerContext {
    get { evaluator.state.layers }
    nonmutating set { evaluator.state.layers = newValue }
  }

  fileprivate func fault(at name: String, _ fault: Fault) throws -> Diagnostic {
    try at(name) { throw fault }
  }

  fileprivate func geometry(
    kernel: Int, stride: Int, padding: Int
  ) throws -> ConvolutionGeometry {
    let kernel = try integer("kernel", default: kernel, in: 1...1_000)
    return ConvolutionGeometry(
      inputs: try integer("inputs", in: 1...100_000),
      outputs: try integer("outputs", in: 1...100_000), kernel: kernel,
      window: Window(
        stride: try integer("stride", default: stride, in: 1...1_000),
        padding: try integer("padding", default: padding, in: 0...max(kernel - 1, 0))))
  }

  fileprivate func poolingKind() throws -> Pooling.Kind {
    guard let value = value("kind") else { return .max }
    return try at("kind") {
      if case .builtin(let builtin) = value {
        if builtin.name == "max" { return .max }
        if builtin.name == "mean" { return .average }
      }
      throw Fault.wrongKind(expected: "max or mean", got: value.kindName, place: "`kind`")
    }
  }
}
