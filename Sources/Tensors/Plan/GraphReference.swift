import Kernels

/// Computes graphs node by node with the plain loops of `Reference`: the oracle for plans. Whatever
/// a plan fuses, reorders or shares, its results must be these, bit for bit.
package struct GraphReference {
  private var known: [ObjectIdentifier: [Float]] = [:]
  private var kept: [Node] = []

  package init() {}

  /// The values of a tensor in row-major order.
  package mutating func values(of tensor: Tensor) -> [Float] { values(of: tensor.node) }

  private mutating func values(of node: Node) -> [Float] {
    let id = ObjectIdentifier(node)
    if let values = known[id] { return values }
    let result: [Float]
    if let constant = node.constant {
      result = [constant]
    } else if let storage = node.storage {
      result = Array(UnsafeBufferPointer(start: storage.buffer.base, count: node.shape.count))
    } else {
      var inputs: [(values: [Float], shape: Shape)] = []
      for input in node.inputs { inputs.append((values(of: input), input.shape)) }
      result = compute(node.op, inputs, node.shape)
    }
    known[id] = result
    kept.append(node)
    return result
  }

  private func compute(
    _ op: Op, _ inputs: [(values: [Float], shape: Shape)], _ shape: Shape
  ) -> [Float] {
    switch op {
    case .data, .constant: return []
    case .random(let distribution, let seed, let counter, _):
      return random(distribution, RandomKey(seed: seed, draw: counter), shape.count)
    case .map(let operation):
      let operands = inputs.map { spread($0.values, $0.shape, over: shape) }
      return (0..<shape.count).map { index in
        Reference.apply(
          operation, operands[0][index], operands.count > 1 ? operands[1][index] : 0,
          operands.count > 2 ? operands[2][index] : 0)
      }
    case .sum(let axes): return reduce(.sum, inputs[0], axes)
    case .maximum(let axes): return reduce(.maximum, inputs[0], axes)
    case .minimum(let axes): return reduce(.minimum, inputs[0], axes)
    case .argmax(let axis):
      return Reference.reduceIndex(.argmax, view(inputs[0].shape, axis...axis), inputs[0].values)
    case .argmin(let axis):
      return Reference.reduceIndex(.argmin, view(inputs[0].shape, axis...axis), inputs[0].values)
    case .cumsum(let axis):
      return Reference.cumulativeSum(view(inputs[0].shape, axis...axis), inputs[0].values)
    case .argsort(let axis): return argsort(inputs[0], axis)
    case .reshape, .stop: return inputs[0].values
    case .permute(let axes): return permute(inputs[0], axes)
    case .broadcast: return spread(inputs[0].values, inputs[0].shape, over: shape)
    case .slice(let slices):
      return slicePositions(slices, inputs[0].shape).map { inputs[0].values[$0] }
    case .place(let slices, _):
      var result = [Float](repeating: 0, count: shape.count)
      for (value, place) in zip(inputs[0].values, slicePositions(slices, shape)) {
        result[place] = value
      }
      return result
    case .concat(let axis): return concat(inputs, axis, shape)
    case .maxPool(let size):
      return Reference.maxPooling(Pooling(inputs[0].shape, size), input: inputs[0].values)
    case .maxPoolPlace(let size):
      return Reference.maxPoolingGradient(
        Pooling(inputs[0].shape, size), input: inputs[0].values,
        outputGradient: inputs[1].values)
    case .gather, .scatterAdd, .matrixProduct, .convolution, .convolutionInput, .convolutionWeight:
      return computeProduct(op, inputs, shape)
    }
  }

  private func computeProduct(
    _ op: Op, _ inputs: [(values: [Float], shape: Shape)], _ shape: Shape
  ) -> [Float] {
    let (a, b) = (inputs[0], inputs[1])
    switch op {
    case .gather:
      let width = a.shape.sizes.dropFirst().reduce(1, *)
      return b.values.flatMap { a.values[(Int($0) * width)..<((Int($0) + 1) * width)] }
    case .scatterAdd:
      let width = shape.sizes.dropFirst().reduce(1, *)
      var result = [Float](repeating: 0, count: shape.count)
      for (row, index) in b.values.enumerated() {
        for column in 0..<width {
          result[Int(index) * width + column] += a.values[row * width + column]
        }
      }
      return result
    case .convolution(let window):
      return Reference.convolution(
        geometry(window, picture: a.shape, weight: b.shape), input: a.values, weights: b.values)
    case .convolutionInput(let window, _, _):
      return Reference.convolutionInputGradient(
        geometry(window, picture: shape, weight: b.shape), outputGradient: a.values,
        weights: b.values)
    case .convolutionWeight(let window, _, _):
      return Reference.convolutionWeightGradient(
        geometry(window, picture: a.shape, weight: shape), input: a.values,
        outputGradient: b.values)
    default: return matrixProduct(a, b, shape)
    }
  }

  private func geometry(_ window: Window, picture: Shape, weight: Shape) -> Convolution {
    Convolution(
      batch: picture[0], channels: picture[1], height: picture[2], width: picture[3],
      outChannels: weight[0], kernelHeight: weight[2], kernelWidth: weight[3],
      stride: window.stride, padding: window.padding)
  }

  private func matrixProduct(
    _ a: (values: [Float], shape: Shape), _ b: (values: [Float], shape: Shape), _ shape: Shape
  ) -> [Float] {
    let (m, n, k) = (shape[shape.rank - 2], shape[shape.rank - 1], a.shape.sizes.last!)
    let batch = Array(shape.sizes.dropLast(2))
    let left = spread(a.values, a.shape, over: Shape(batch + [m, k]))
    let right = spread(b.values, b.shape, over: Shape(batch + [k, n]))
    let product = MatrixProduct(m: m, n: n, k: k)
    return (0..<Shape(batch).count).flatMap { index in
      Reference.matrixProduct(
        product, a: Array(left[(index * m * k)..<((index + 1) * m * k)]),
        b: Array(right[(index * k * n)..<((index + 1) * k * n)]))
    }
  }

  // MARK: Parts

  private func random(_ distribution: Distribution, _ key: RandomKey, _ count: Int) -> [Float] {
    switch distribution {
    case .uniform: return (0..<count).map { Reference.random(.uniform, key, $0) }
    case .normal: return (0..<count).map { Reference.random(.normal, key, $0) }
    case .integers(let bound):
      return (0..<count).map { Reference.random(.integers(bound: bound), key, $0) }
    case .permutation:
      guard let storage = Storage(count: count) else { return [] }
      fillPermutation(key, into: storage.buffer)
      return Array(UnsafeBufferPointer(start: storage.buffer.base, count: count))
    }
  }

  /// Values repeated over a larger shape by broadcasting.
  private func spread(_ values: [Float], _ shape: Shape, over target: Shape) -> [Float] {
    if shape == target { return values }
    let view = View(slot: 0, shape: shape).broadcast(to: target)
    return positions(target, view.strides).map { values[$0] }
  }

  /// Where the elements of a shape lie under the given strides, in row-major order.
  private func positions(_ shape: Shape, _ strides: [Int]) -> [Int] {
    var places = [0]
    for axis in shape.sizes.indices {
      places = places.flatMap { base in (0..<shape[axis]).map { base + $0 * strides[axis] } }
    }
    return places
  }

  private func slicePositions(_ slices: [AxisSlice], _ shape: Shape) -> [Int] {
    var places = [0]
    for (axis, slice) in slices.enumerated() {
      places = places.flatMap { base in
        (0..<slice.count).map { base + (slice.start + $0 * slice.step) * shape.strides[axis] }
      }
    }
    return places
  }

  private func permute(_ input: (values: [Float], shape: Shape), _ axes: [Int]) -> [Float] {
    let view = View(slot: 0, shape: input.shape).permuted(axes)
    return positions(view.shape, view.strides).map { input.values[$0] }
  }

  private func concat(
    _ inputs: [(values: [Float], shape: Shape)], _ axis: Int, _ shape: Shape
  ) -> [Float] {
    let outer = shape.sizes[..<axis].reduce(1, *)
    return (0..<outer).flatMap { row in
      inputs.flatMap { input -> ArraySlice<Float> in
        let width = input.shape.sizes[axis...].reduce(1, *)
        return input.values[(row * width)..<((row + 1) * width)]
      }
    }
  }

  private func view(_ shape: Shape, _ axes: ClosedRange<Int>) -> ReductionView {
    ReductionView(
      outer: shape.sizes[..<axes.lowerBound].reduce(1, *),
      reduced: shape.sizes[axes].reduce(1, *),
      inner: shape.sizes[(axes.upperBound + 1)...].reduce(1, *))
  }

  /// Groups of neighbouring axes, innermost group first; axes of size 1 change nothing.
  private func reduce(
    _ operation: ReductionOperation, _ input: (values: [Float], shape: Shape), _ axes: [Int]
  ) -> [Float] {
    var (values, shape) = input
    var remaining = axes.filter { shape[$0] != 1 }
    while let last = remaining.popLast() {
      var first = last
      while let previous = remaining.last,
        shape.sizes[(previous + 1)..<first].allSatisfy({ $0 == 1 })
      { first = remaining.removeLast() }
      values = Reference.reduce(operation, view(shape, first...last), values)
      shape = shape.reduced(along: Array(first...last))
    }
    return values
  }

  private func argsort(_ input: (values: [Float], shape: Shape), _ axis: Int) -> [Float] {
    var axes = Array(0..<input.shape.rank)
    axes.swapAt(axis, input.shape.rank - 1)
    let lines = permute(input, axes)
    let shape = Shape(axes.map { input.shape[$0] })
    let width = shape.sizes.last!
    let sorted =
      width == 0
      ? []
      : stride(from: 0, to: lines.count, by: width).flatMap {
        Reference.argsort(Array(lines[$0..<($0 + width)]))
      }
    return permute((sorted, shape), axes)
  }
}
