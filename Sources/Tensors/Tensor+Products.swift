extension Tensor {
  /// The matrix product, with NumPy's rules for vectors.
  /// Shape: [K]·[K] → number; [M, K]·[K] → [M]; [K]·[K, N] → [N];
  ///   [B…, M, K]·[B…, K, N] → [B…, M, N].
  package func matrixProduct(_ other: Tensor) throws(TensorError) -> Tensor {
    guard rank > 0, other.rank > 0 else {
      throw .productOfScalar(left: shape, right: other.shape)
    }
    let left = rank == 1 ? try reshape(to: Shape([1] + shape.sizes)) : self
    let right = other.rank == 1 ? try other.reshape(to: Shape(other.shape.sizes + [1])) : other
    guard left.shape[left.rank - 1] == right.shape[right.rank - 2] else {
      throw .innerSizeMismatch(
        left: shape, right: other.shape, leftInner: left.shape[left.rank - 1],
        rightInner: right.shape[right.rank - 2])
    }
    let product = try left.product(right)
    var dropped: [Int] = []
    if rank == 1 { dropped.append(product.rank - 2) }
    if other.rank == 1 { dropped.append(product.rank - 1) }
    return try product.reshape(to: product.shape.removing(dropped))
  }

  /// Many rows against one matrix are a single flat product.
  private func product(_ right: Tensor) throws(TensorError) -> Tensor {
    guard rank > 2, right.rank == 2 else {
      return Tensor(try Node(.matrixProduct, [node, right.node]))
    }
    let rows = shape.sizes.dropLast().reduce(1, *)
    let flat = try reshape(to: [rows, shape[rank - 1]])
    let product = Tensor(try Node(.matrixProduct, [flat.node, right.node]))
    return try product.reshape(to: Shape(shape.sizes.dropLast() + [right.shape[1]]))
  }

  /// Shape: [B, C, H, W] ⋆ [O, C, h, w] → [B, O, H′, W′].
  package func convolved(_ weight: Tensor, _ window: Window) throws(TensorError) -> Tensor {
    Tensor(try Node(.convolution(window), [node, weight.node]))
  }

  /// Transposed convolution. Shape: [B, O, H′, W′], [O, C, h, w] → [B, C, H, W] with
  /// H = (H′ − 1)·stride − 2·padding + h.
  package func deconvolved(_ weight: Tensor, _ window: Window) throws(TensorError) -> Tensor {
    guard rank == 4 else { throw .rankMismatch(operation: "deconv", expected: 4, shape: shape) }
    guard shape[1] == weight.shape[0] else {
      throw .channelMismatch(operation: "deconv", input: shape, weight: weight.shape)
    }
    let sides = [2, 3].map { axis in
      (shape[axis] - 1) * window.stride - 2 * window.padding + weight.shape[axis]
    }
    guard sides.allSatisfy({ $0 > 0 }) else {
      throw .windowTooLarge(
        operation: "deconv", input: shape, window: Array(weight.shape.sizes.suffix(2)))
    }
    return Tensor(
      try Node(
        .convolutionInput(window, height: sides[0], width: sides[1]), [node, weight.node]))
  }

  /// The largest value of each square of `size`² pixels; rows and columns that fill no square are
  /// left out. Shape: [B, C, H, W] → [B, C, ⌊H / size⌋, ⌊W / size⌋].
  package func maxPooled(_ size: Int) throws(TensorError) -> Tensor {
    Tensor(try Node(.maxPool(size: size), [node]))
  }
}
