import Kernels

/// Every operation that a graph may hold. The list is closed: shape, gradient and lowering are
/// exhaustive switches over it.
package enum Op: Sendable, Hashable {
  // MARK: Leaves
  /// Values in memory: data, parameters, results already computed.
  case data
  /// One number, known while the graph is built. Shape: [].
  case constant(Float)
  /// Draw `counter` of the stream `seed`; the draw is part of the graph, so nothing is drawn twice.
  case random(Distribution, seed: UInt64, counter: UInt64, shape: Shape)

  // MARK: Element by element, inputs broadcast
  case map(ElementwiseOperation)

  // MARK: Reductions; reduced axes stay, with size 1
  case sum(axes: [Int])
  case maximum(axes: [Int])
  case minimum(axes: [Int])
  case argmax(axis: Int)
  case argmin(axis: Int)
  case cumsum(axis: Int)
  case argsort(axis: Int)

  // MARK: Movement: the same numbers elsewhere
  case reshape(Shape)
  case permute([Int])
  case broadcast(Shape)
  case slice([AxisSlice])
  /// Zeros of the given shape with the input laid where `slice` of the same slices would read it.
  case place([AxisSlice], into: Shape)
  case concat(axis: Int)
  /// Rows of the first input named by the second. Shape: [N, D…], [I…] → [I…, D…].
  case gather
  /// Rows of the first input added to `rows` zero rows at the places named by the second, in order.
  case scatterAdd(rows: Int)

  // MARK: Products
  /// Shape: [B…, M, K] · [B…, K, N] → [B…, M, N], batch axes broadcast.
  case matrixProduct
  /// Shape: [B, C, H, W] ⋆ [O, C, h, w] → [B, O, H′, W′].
  case convolution(Window)
  /// Transposed convolution. Shape: [B, O, H′, W′], [O, C, h, w] → [B, C, H, W].
  case convolutionInput(Window, height: Int, width: Int)
  /// Gradient to the weights. Shape: [B, C, H, W], [B, O, H′, W′] → [O, C, h, w].
  case convolutionWeight(Window, height: Int, width: Int)
  /// The largest value of each square of `size`² pixels. Shape: [B, C, H, W] →
  /// [B, C, ⌊H / size⌋, ⌊W / size⌋].
  case maxPool(size: Int)
  /// The second input, laid where `maxPool` of the first found its values, over zeros.
  /// Shape: [B, C, H, W], [B, C, H′, W′] → [B, C, H, W].
  case maxPoolPlace(size: Int)

  // MARK: Calculus
  /// The same values, through which no gradient passes.
  case stop
}

/// What a random draw follows.
package enum Distribution: Sendable, Hashable {
  /// [0, 1).
  case uniform
  /// N(0, 1).
  case normal
  /// Whole numbers 0 ..< bound.
  case integers(bound: Int)
  /// 0 ..< count in random order.
  case permutation
}

/// Positions `start`, `start + step`, … (`count` of them) along one axis.
package struct AxisSlice: Sendable, Hashable {
  package let start: Int
  package let step: Int
  package let count: Int

  package init(start: Int, step: Int = 1, count: Int) {
    self.start = start
    self.step = step
    self.count = count
  }
}

/// How a convolution's window moves.
package struct Window: Sendable, Hashable {
  package let stride: Int
  package let padding: Int

  package init(stride: Int = 1, padding: Int = 0) {
    self.stride = stride
    self.padding = padding
  }
}

extension Op {
  /// Whether the op is computed element by element and can therefore join a fused chain.
  package var isElementwise: Bool {
    if case .map = self { return true }
    return false
  }
}
