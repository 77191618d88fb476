import Tensors

/// The largest or mean value of each square of pixels; rows and columns that fill no square are
/// left out, as in PyTorch's `nn.MaxPool2d` and `nn.AvgPool2d`.
/// Shape: [B, C, H, W] → [B, C, ⌊H / size⌋, ⌊W / size⌋].
package struct Pooling: Layer {
  package enum Kind: String, Sendable, CaseIterable {
    case max, average
  }

  package let kind: Kind
  package let size: Int

  package init(_ kind: Kind, size: Int) {
    self.kind = kind
    self.size = size
  }

  package func apply(_ x: Tensor, _ context: inout LayerContext) throws(TensorError) -> Tensor {
    // The largest values check the shape; both kinds take the same squares.
    let largest = try x.maxPooled(size)
    if kind == .max { return largest }
    let (rows, columns) = (largest.shape[2], largest.shape[3])
    let squares = try x.cropped(height: rows * size, width: columns * size)
      .reshape(to: [x.shape[0], x.shape[1], rows, size, columns, size])
    return try squares.mean(axes: [3, 5])
  }

  package var label: String { "pool \(kind.rawValue) \(size)×\(size)" }
  package var accepts: String { "[B, C, H, W] with sides of \(size) or more" }
}

/// Each pixel repeated to a square, as PyTorch's `nn.Upsample` with nearest neighbours.
/// Shape: [B, C, H, W] → [B, C, H·factor, W·factor].
package struct Upsampling: Layer {
  package let factor: Int

  package init(factor: Int) { self.factor = factor }

  package func apply(_ x: Tensor, _ context: inout LayerContext) throws(TensorError) -> Tensor {
    guard x.rank == 4 else {
      throw .rankMismatch(operation: "upsample", expected: 4, shape: x.shape)
    }
    let sizes = x.shape.sizes
    let spread = try x.reshape(to: [sizes[0], sizes[1], sizes[2], 1, sizes[3], 1])
      .broadcast(to: [sizes[0], sizes[1], sizes[2], factor, sizes[3], factor])
    return try spread.reshape(to: [sizes[0], sizes[1], sizes[2] * factor, sizes[3] * factor])
  }

  package var label: String { "upsample \(factor)" }
  package var accepts: String { "[B, C, H, W]" }
}

extension Tensor {
  /// The top left corner of pictures. Shape: [B, C, H, W] → [B, C, height, width].
  fileprivate func cropped(height: Int, width: Int) throws(TensorError) -> Tensor {
    if shape[2] == height, shape[3] == width { return self }
    return try sliced(axis: 2, 0..<height).sliced(axis: 3, 0..<width)
  }
}
