extension Tensor {
  package func reshape(to shape: Shape) throws(TensorError) -> Tensor {
    if shape == self.shape { return self }
    if case .reshape = node.op, node.storage == nil {
      return Tensor(try Node(.reshape(shape), [node.inputs[0]]))
    }
    return Tensor(try Node(.reshape(shape), [node]))
  }

  /// Axes in a new order: axis i of the result is axis `axes[i]` of this tensor.
  package func permuted(_ axes: [Int]) throws(TensorError) -> Tensor {
    if axes == Array(0..<rank) { return self }
    return Tensor(try Node(.permute(axes), [node]))
  }

  /// The last two axes exchanged.
  package func transposed() throws(TensorError) -> Tensor {
    guard rank >= 2 else { return self }
    var axes = Array(0..<rank)
    axes.swapAt(rank - 1, rank - 2)
    return try permuted(axes)
  }

  package func broadcast(to shape: Shape) throws(TensorError) -> Tensor {
    if shape == self.shape { return self }
    return Tensor(try Node(.broadcast(shape), [node]))
  }

  /// The sum over the axes along which `shape` was stretched to this tensor's shape: what becomes
  /// of a gradient at a broadcast.
  package func unbroadcast(to shape: Shape) throws(TensorError) -> Tensor {
    if shape == self.shape { return self }
    let axes = shape.stretchedAxes(in: self.shape)
    return try sum(axes: axes, keep: true).reshape(to: shape)
  }

  /// One slice per axis.
  package func sliced(_ slices: [AxisSlice]) throws(TensorError) -> Tensor {
    let isWhole = zip(slices, shape.sizes).allSatisfy { slice, size in
      slice.start == 0 && slice.step == 1 && slice.count == size
    }
    return isWhole ? self : Tensor(try Node(.slice(slices), [node]))
  }

  /// Elements `range` along one axis, all of the others.
  package func sliced(axis: Int, _ range: Range<Int>) throws(TensorError) -> Tensor {
    let axis = try normalized(axis)
    var slices = shape.sizes.map { AxisSlice(start: 0, count: $0) }
    slices[axis] = AxisSlice(start: range.lowerBound, count: range.count)
    return try sliced(slices)
  }

  /// Zeros of `shape` with this tensor laid at the given positions.
  package func placed(_ slices: [AxisSlice], into shape: Shape) throws(TensorError) -> Tensor {
    Tensor(try Node(.place(slices, into: shape), [node]))
  }

  /// The order along `axis` turned round.
  package func flipped(axis: Int) throws(TensorError) -> Tensor {
    let axis = try normalized(axis)
    var slices = shape.sizes.map { AxisSlice(start: 0, count: $0) }
    slices[axis] = AxisSlice(start: shape[axis] - 1, step: -1, count: shape[axis])
    return shape[axis] == 0 ? self : Tensor(try Node(.slice(slices), [node]))
  }

  package static func concat(_ parts: [Tensor], axis: Int) throws(TensorError) -> Tensor {
    if parts.count == 1 { return parts[0] }
    return Tensor(try Node(.concat(axis: axis), parts.map(\.node)))
  }

  /// Rows named by `indices`. Shape: [N, D…], [I…] → [I…, D…].
  package func gathered(_ indices: Tensor) throws(TensorError) -> Tensor {
    Tensor(try Node(.gather, [node, indices.node]))
  }
}
