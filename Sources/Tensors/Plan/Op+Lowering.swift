import Kernels

/// The lowering table: how each op becomes a view, a member of a chain, or a step.
extension Op {
  func lower(_ inputs: [View], shape: Shape, into plan: inout Lowering) -> View {
    switch self {
    case .data, .constant: preconditionFailure("leaves are bound, not lowered")
    case .random(let distribution, _, _, _): return plan.random(distribution, shape)
    case .map(let operation): return plan.addMember(operation, inputs, shape: shape)
    case .sum(let axes): return plan.reduce(.sum, inputs[0], axes)
    case .maximum(let axes): return plan.reduce(.maximum, inputs[0], axes)
    case .minimum(let axes): return plan.reduce(.minimum, inputs[0], axes)
    case .argmax(let axis): return plan.reduce(.argmax, inputs[0], [axis])
    case .argmin(let axis): return plan.reduce(.argmin, inputs[0], [axis])
    case .cumsum(let axis): return plan.cumsum(inputs[0], axis)
    case .argsort(let axis): return plan.argsort(inputs[0], axis)
    case .reshape(let target): return plan.reshape(inputs[0], to: target)
    case .permute(let axes): return inputs[0].permuted(axes)
    case .broadcast(let target): return inputs[0].broadcast(to: target)
    case .slice(let slices): return inputs[0].sliced(slices)
    case .place(let slices, let target): return plan.place(inputs[0], slices, into: target)
    case .concat(let axis): return plan.concat(inputs, axis, shape)
    case .gather: return plan.gather(inputs[0], inputs[1], shape)
    case .scatterAdd(let rows): return plan.scatterAdd(inputs[0], inputs[1], rows: rows, shape)
    case .matrixProduct: return plan.matrixProduct(inputs[0], inputs[1], shape)
    case .convolution(let window):
      return plan.convolution(.forward, window, inputs, shape, picture: 0, weight: 1)
    case .convolutionInput(let window, _, _):
      return plan.convolution(.input, window, inputs, shape, picture: nil, weight: 1)
    case .convolutionWeight(let window, _, _):
      return plan.convolution(.weight, window, inputs, shape, picture: 0, weight: nil)
    case .maxPool(let size): return plan.maxPool(inputs[0], size, shape)
    case .maxPoolPlace(let size): return plan.maxPoolPlace(inputs[0], inputs[1], size, shape)
    case .stop: return inputs[0]
    }
  }
}

extension Lowering {
  fileprivate mutating func random(_ distribution: Distribution, _ shape: Shape) -> View {
    let draw = drawCount
    drawCount += 1
    let slot = append(count: shape.count) { .fixed(.random(distribution, draw: draw, output: $0)) }
    return View(slot: slot, shape: shape)
  }

  fileprivate mutating func reshape(_ view: View, to target: Shape) -> View {
    if let reshaped = view.reshaped(to: target) { return reshaped }
    return contiguous(view).reshaped(to: target)!
  }

  /// Neighbouring axes are reduced together, innermost group first.
  fileprivate mutating func reduce(
    _ kind: ReduceStep.Kind, _ input: View, _ axes: [Int]
  ) -> View {
    var view = contiguous(input)
    var remaining = axes.filter { view.shape[$0] != 1 || kind == .argmax || kind == .argmin }
    while let last = remaining.popLast() {
      var first = last
      while let previous = remaining.last,
        view.shape.sizes[(previous + 1)..<first].allSatisfy({ $0 == 1 })
      {
        first = remaining.removeLast()
      }
      let sizes = view.shape.sizes
      let outer = sizes[..<first].reduce(1, *)
      let reduced = sizes[first...last].reduce(1, *)
      let inner = sizes[(last + 1)...].reduce(1, *)
      let source = view
      let slot = append(count: outer * inner) { output in
        .fixed(
          .reduce(kind, outer: outer, reduced: reduced, inner: inner, source, output: output))
      }
      view = View(slot: slot, shape: view.shape.reduced(along: Array(first...last)))
    }
    return view
  }

  fileprivate mutating func cumsum(_ input: View, _ axis: Int) -> View {
    let view = contiguous(input)
    let sizes = view.shape.sizes
    let slot = append(count: view.shape.count) { output in
      .fixed(
        .reduce(
          .cumsum, outer: sizes[..<axis].reduce(1, *), reduced: sizes[axis],
          inner: sizes[(axis + 1)...].reduce(1, *), view, output: output))
    }
    return View(slot: slot, shape: view.shape)
  }

  /// Sorts along the last axis; another axis is brought there and back.
  fileprivate mutating func argsort(_ input: View, _ axis: Int) -> View {
    var axes = Array(0..<input.shape.rank)
    axes.swapAt(axis, input.shape.rank - 1)
    let view = contiguous(input.permuted(axes))
    let columns = view.shape[view.shape.rank - 1]
    let rows = columns == 0 ? 0 : view.shape.count / columns
    let slot = append(count: view.shape.count) { output in
      .fixed(.argsort(view, rows: rows, columns: columns, output: output))
    }
    return View(slot: slot, shape: view.shape).permuted(axes)
  }

  fileprivate mutating func place(
    _ input: View, _ slices: [AxisSlice], into target: Shape
  ) -> View {
    let slot = append(count: target.count) { .fixed(.zero(slot: $0)) }
    let whole = View(slot: slot, shape: target)
    write(input, into: whole.sliced(slices))
    return whole
  }

  fileprivate mutating func concat(_ inputs: [View], _ axis: Int, _ shape: Shape) -> View {
    let slot = makeSlot(count: shape.count, producer: steps.count)
    let whole = View(slot: slot, shape: shape)
    var start = 0
    for input in inputs {
      var slices = shape.sizes.map { AxisSlice(start: 0, count: $0) }
      slices[axis] = AxisSlice(start: start, count: input.shape[axis])
      write(input, into: whole.sliced(slices))
      start += input.shape[axis]
    }
    return whole
  }

  /// Appends a copy into a slot that several steps fill; readers wait for the last of them.
  private mutating func write(_ input: View, into target: View) {
    producers[target.slot] = steps.count
    steps.append(Draft(kind: .fixed(.copy(input, into: target))))
  }

  fileprivate mutating func gather(_ values: View, _ indices: View, _ shape: Shape) -> View {
    let (values, indices) = (contiguous(values), contiguous(indices))
    let rows = values.shape[0]
    let width = values.shape.sizes.dropFirst().reduce(1, *)
    let slot = append(count: shape.count) { output in
      .fixed(.gather(values, indices: indices, rows: rows, width: width, output: output))
    }
    return View(slot: slot, shape: shape)
  }

  fileprivate mutating func scatterAdd(
    _ values: View, _ indices: View, rows: Int, _ shape: Shape
  ) -> View {
    let (values, indices) = (contiguous(values), contiguous(indices))
    let width = shape.sizes.dropFirst().reduce(1, *)
    let slot = append(count: shape.count) { output in
      .fixed(.scatterAdd(values, indices: indices, rows: rows, width: width, output: output))
    }
    return View(slot: slot, shape: shape)
  }

  fileprivate mutating func maxPool(_ input: View, _ size: Int, _ shape: Shape) -> View {
    let view = contiguous(input)
    let slot = append(count: shape.count) { output in
      .fixed(.pool(Pooling(view.shape, size), view, gradient: nil, output: output))
    }
    return View(slot: slot, shape: shape)
  }

  fileprivate mutating func maxPoolPlace(
    _ input: View, _ values: View, _ size: Int, _ shape: Shape
  ) -> View {
    let (input, values) = (contiguous(input), contiguous(values))
    let slot = append(count: shape.count) { output in
      .fixed(.pool(Pooling(input.shape, size), input, gradient: values, output: output))
    }
    return View(slot: slot, shape: shape)
  }

  fileprivate mutating func matrixProduct(_ left: View, _ right: View, _ shape: Shape) -> View {
    let batch = Array(shape.sizes.dropLast(2))
    let left = withUniformBatch(
      left.broadcast(to: Shape(batch + left.shape.sizes.suffix(2))))
    let right = withUniformBatch(
      right.broadcast(to: Shape(batch + right.shape.sizes.suffix(2))))
    let slot = append(count: shape.count, hosting: true) { output in
      .product(ProductDraft(left: left, right: right, output: output))
    }
    return View(slot: slot, shape: shape)
  }

  /// A view whose batch axes can be walked with one stride.
  private mutating func withUniformBatch(_ view: View) -> View {
    let batch = Shape(Array(view.shape.sizes.dropLast(2)))
    let matrix = Array(view.shape.sizes.suffix(2))
    let batchView = View(
      slot: view.slot, shape: batch, strides: Array(view.strides.dropLast(2)), offset: view.offset)
    if batch.rank <= 1 || batchView.uniformStride != nil { return view }
    return contiguous(view).reshaped(to: Shape(batch.sizes + matrix))!
  }

  fileprivate mutating func convolution(
    _ kind: ConvolutionStep.Kind, _ window: Window, _ inputs: [View], _ shape: Shape,
    picture: Int?, weight: Int?
  ) -> View {
    let left = contiguous(inputs[0])
    let right = contiguous(inputs[1])
    let pictureShape = picture.map { inputs[$0].shape } ?? shape
    let weightShape = weight.map { inputs[$0].shape } ?? shape
    let geometry = Convolution(
      batch: pictureShape[0], channels: pictureShape[1], height: pictureShape[2],
      width: pictureShape[3], outChannels: weightShape[0], kernelHeight: weightShape[2],
      kernelWidth: weightShape[3], stride: window.stride, padding: window.padding)
    let slot = append(count: shape.count, hosting: true) { output in
      .convolution(kind, geometry, left, right, output: output)
    }
    return View(slot: slot, shape: shape)
  }
}

extension Pooling {
  /// Squares beside each other. Shape: [B, C, H, W].
  init(_ shape: Shape, _ size: Int) {
    self.init(
      planes: shape[0] * shape[1], height: shape[2], width: shape[3], window: size, stride: size)
  }
}

extension View {
  /// The one stride with which all elements of the view can be walked, or nil.
  var uniformStride: Int? {
    var stride: Int?
    var expected = 0
    for axis in Swift.stride(from: shape.rank - 1, through: 0, by: -1) where shape[axis] != 1 {
      if stride == nil {
        stride = strides[axis]
      } else if strides[axis] != expected {
        return nil
      }
      expected = strides[axis] * shape[axis]
    }
    return stride ?? 0
  }
}
