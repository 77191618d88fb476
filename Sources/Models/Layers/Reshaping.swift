import Tensors

/// Every axis but the first joined into one. Shape: [B, …] → [B, D].
package struct Flattening: Layer {
  package init() {}

  package func apply(_ x: Tensor, _ context: inout LayerContext) throws(TensorError) -> Tensor {
    guard x.rank > 0 else {
      throw .rankMismatch(operation: "flatten", expected: 2, shape: x.shape)
    }
    return try x.reshape(to: [x.shape[0], x.shape.sizes.dropFirst().reduce(1, *)])
  }

  package var label: String { "flatten" }
  package var accepts: String { "[B, …]" }
}

/// Each row under another shape. Shape: [B, …] → [B, sizes…].
package struct Reshaping: Layer {
  package let sizes: [Int]

  package init(sizes: [Int]) { self.sizes = sizes }

  package func apply(_ x: Tensor, _ context: inout LayerContext) throws(TensorError) -> Tensor {
    guard x.rank > 0 else {
      throw .rankMismatch(operation: "reshape", expected: 2, shape: x.shape)
    }
    return try x.reshape(to: Shape([x.shape[0]] + sizes))
  }

  package var label: String { "reshape \(Shape(sizes))" }
  package var accepts: String { "[B, …] with \(Shape(sizes).count) numbers in a row" }
}
