import Kernels

/// The shape table: one line per op.
extension Op {
  func resultShape(_ inputs: [Node]) throws(TensorError) -> Shape {
    let shape = try uncheckedShape(inputs)
    guard shape.rank <= Shape.maximumRank else {
      throw .rankLimit(rank: shape.rank, limit: Shape.maximumRank)
    }
    return shape
  }

  private func uncheckedShape(_ inputs: [Node]) throws(TensorError) -> Shape {
    switch self {
    case .data, .constant: return .scalar
    case .random(_, _, _, let shape): return shape
    case .map(let operation): return try Op.broadcastShape(operation, inputs)
    case .sum(let axes), .maximum(let axes), .minimum(let axes):
      return try Op.reducedShape(self, inputs[0].shape, axes)
    case .argmax(let axis), .argmin(let axis):
      return try Op.reducedShape(self, inputs[0].shape, [axis])
    case .cumsum(let axis), .argsort(let axis):
      try Op.checkAxis(axis, inputs[0].shape)
      return inputs[0].shape
    case .reshape(let shape):
      guard shape.count == inputs[0].shape.count else {
        throw .reshapeMismatch(from: inputs[0].shape, to: shape)
      }
      return shape
    case .permute(let axes): return Shape(axes.map { inputs[0].shape[$0] })
    case .broadcast(let shape):
      guard inputs[0].shape.broadcasts(to: shape) else {
        throw .broadcastMismatch(operation: "broadcast", inputs[0].shape, shape)
      }
      return shape
    case .slice(let slices): return try Op.sliceShape(slices, inputs[0].shape)
    case .place(_, let shape): return shape
    case .concat(let axis): return try Op.concatShape(axis, inputs)
    case .gather:
      guard inputs[0].shape.rank > 0 else {
        throw .rankMismatch(operation: "gather", expected: 1, shape: inputs[0].shape)
      }
      return Shape(inputs[1].shape.sizes + inputs[0].shape.sizes.dropFirst())
    case .scatterAdd(let rows):
      guard inputs[0].shape.sizes.starts(with: inputs[1].shape.sizes) else {
        throw .broadcastMismatch(operation: "scatterAdd", inputs[0].shape, inputs[1].shape)
      }
      return Shape([rows] + inputs[0].shape.sizes.dropFirst(inputs[1].shape.rank))
    case .matrixProduct: return try Op.productShape(inputs[0].shape, inputs[1].shape)
    case .convolution(let window):
      return try Op.convolutionShape(window, inputs[0].shape, inputs[1].shape)
    case .convolutionInput(_, let height, let width):
      return Shape([inputs[0].shape[0], inputs[1].shape[1], height, width])
    case .convolutionWeight(_, let height, let width):
      return Shape([inputs[1].shape[1], inputs[0].shape[1], height, width])
    case .maxPool(let size): return try Op.poolShape(size, inputs[0].shape)
    case .maxPoolPlace: return inputs[0].shape
    case .stop: return inputs[0].shape
    }
  }

  private static func poolShape(_ size: Int, _ shape: Shape) throws(TensorError) -> Shape {
    guard shape.rank == 4 else {
      throw .rankMismatch(operation: "pool", expected: 4, shape: shape)
    }
    let (rows, columns) = (shape[2] / size, shape[3] / size)
    guard rows > 0, columns > 0 else {
      throw .windowTooLarge(operation: "pool", input: shape, window: [size, size])
    }
    return [shape[0], shape[1], rows, columns]
  }

  private static func broadcastShape(
    _ operation: ElementwiseOperation, _ inputs: [Node]
  ) throws(TensorError) -> Shape {
    var shape = inputs[0].shape
    for input in inputs.dropFirst() {
      guard let common = shape.broadcast(with: input.shape) else {
        throw .broadcastMismatch(operation: operation.name, shape, input.shape)
      }
      shape = common
    }
    return shape
  }

  private static func checkAxis(_ axis: Int, _ shape: Shape) throws(TensorError) {
    guard axis >= 0, axis < shape.rank else { throw .axisOutOfRange(axis: axis, shape: shape) }
  }

  private static func reducedShape(
    _ op: Op, _ shape: Shape, _ axes: [Int]
  ) throws(TensorError) -> Shape {
    for axis in axes { try checkAxis(axis, shape) }
    if case .sum = op { return shape.reduced(along: axes) }
    if axes.contains(where: { shape[$0] == 0 }) {
      throw .emptyReduction(operation: op.name, shape: shape)
    }
    return shape.reduced(along: axes)
  }

  private static func sliceShape(
    _ slices: [AxisSlice], _ shape: Shape
  ) throws(TensorError) -> Shape {
    for (axis, slice) in slices.enumerated() where slice.count > 0 {
      for index in [slice.start, slice.start + (slice.count - 1) * slice.step]
      where index < 0 || index >= shape[axis] {
        throw .indexOutOfRange(index: index, size: shape[axis], axis: axis)
      }
    }
    return Shape(slices.map(\.count))
  }

  private static func concatShape(_ axis: Int, _ inputs: [Node]) throws(TensorError) -> Shape {
    let first = inputs[0].shape
    try checkAxis(axis, first)
    var sizes = first.sizes
    for input in inputs.dropFirst() {
      guard input.shape.rank == first.rank,
        input.shape.removing([axis]) == first.removing([axis])
      else { throw .concatenationMismatch(first, input.shape, axis: axis) }
      sizes[axis] += input.shape[axis]
    }
    return Shape(sizes)
  }

  private static func productShape(_ left: Shape, _ right: Shape) throws(TensorError) -> Shape {
    guard left.rank >= 2, right.rank >= 2 else {
      throw .productOfScalar(left: left, right: right)
    }
    let (inner, rightInner) = (left[left.rank - 1], right[right.rank - 2])
    guard inner == rightInner else {
      throw .innerSizeMismatch(
        left: left, right: right, leftInner: inner, rightInner: rightInner)
    }
    let leftBatch = Shape(Array(left.sizes.dropLast(2)))
    let rightBatch = Shape(Array(right.sizes.dropLast(2)))
    guard let batch = leftBatch.broadcast(with: rightBatch) else {
      throw .broadcastMismatch(operation: "@", left, right)
    }
    return Shape(batch.sizes + [left[left.rank - 2], right[right.rank - 1]])
  }

  private static func convolutionShape(
    _ window: Window, _ input: Shape, _ weight: Shape
  ) throws(TensorError) -> Shape {
    guard input.rank == 4 else {
      throw .rankMismatch(operation: "conv", expected: 4, shape: input)
    }
    guard input[1] == weight[1] else {
      throw .channelMismatch(operation: "conv", input: input, weight: weight)
    }
    let sides = [2, 3].map { axis in
      (input[axis] + 2 * window.padding - weight[axis]) / window.stride + 1
    }
    for (axis, side) in zip([2, 3], sides)
    where side < 1 || weight[axis] > input[axis] + 2 * window.padding {
      throw .windowTooLarge(
        operation: "conv", input: input, window: Array(weight.sizes.suffix(2)))
    }
    return Shape([input[0], weight[0]] + sides)
  }
}

extension Op {
  /// The word for this op in plans and messages.
  package var name: String {
    switch self {
    case .data: "data"
    case .constant: "constant"
    case .random: "random"
    case .map(let operation): operation.name
    case .sum: "sum"
    case .maximum: "max"
    case .minimum: "min"
    case .argmax: "argmax"
    case .argmin: "argmin"
    case .cumsum: "cumsum"
    case .argsort: "argsort"
    case .reshape: "reshape"
    case .permute: "permute"
    case .broadcast: "broadcast"
    case .slice: "slice"
    case .place: "place"
    case .concat: "concat"
    case .gather: "gather"
    case .scatterAdd: "scatterAdd"
    case .matrixProduct: "@"
    case .convolution: "conv"
    case .convolutionInput: "deconv"
    case .convolutionWeight: "convWeight"
    case .maxPool: "maxPool"
    case .maxPoolPlace: "maxPoolPlace"
    case .stop: "stop"
    }
  }
}

extension ElementwiseOperation {
  /// The operator or function that users write for this operation.
  package var name: String {
    switch self {
    case .add: "+"
    case .subtract: "-"
    case .multiply: "*"
    case .divide: "/"
    case .remainder: "%"
    case .power: "^"
    case .equal: "=="
    case .notEqual: "!="
    case .less: "<"
    case .lessOrEqual: "<="
    case .greater: ">"
    case .greaterOrEqual: ">="
    case .minimum: "min"
    case .maximum: "max"
    case .select: "where"
    default: "\(self)"
    }
  }
}
