import Kernels

/// The gradient table: calculus on one page.
///
/// Each rule takes the gradient `g` of a scalar with respect to the op's result `y`, and gives the
/// gradient with respect to each input, as ordinary graph; nil where none flows.
extension Op {
  func gradients(
    _ g: Tensor, result y: Tensor, inputs: [Tensor]
  ) throws(TensorError) -> [Tensor?] {
    switch self {
    case .data, .constant, .random: return []
    case .map(let operation): return try operation.gradients(g, result: y, inputs: inputs)
    case .sum: return [try g.broadcast(to: inputs[0].shape)]
    case .maximum(let axes), .minimum(let axes):
      return [try Op.extremeGradient(g, y, inputs[0], axes)]
    case .argmax, .argmin, .argsort: return [nil]
    case .cumsum(let axis):
      return [try g.flipped(axis: axis).cumsum(axis: axis).flipped(axis: axis)]
    case .reshape: return [try g.reshape(to: inputs[0].shape)]
    case .permute(let axes): return [try g.permuted(axes.indices.map { axes.firstIndex(of: $0)! })]
    case .broadcast: return [try g.unbroadcast(to: inputs[0].shape)]
    case .slice(let slices): return [try g.placed(slices, into: inputs[0].shape)]
    case .place(let slices, _): return [try g.sliced(slices)]
    case .concat(let axis): return try Op.concatGradients(g, inputs, axis: axis)
    case .gather:
      return [
        Tensor(try Node(.scatterAdd(rows: inputs[0].shape[0]), [g.node, inputs[1].node])), nil,
      ]
    case .scatterAdd: return [try g.gathered(inputs[1]), nil]
    case .matrixProduct:
      let left = try Tensor(Node(.matrixProduct, [g.node, inputs[1].transposed().node]))
      let right = try Tensor(Node(.matrixProduct, [inputs[0].transposed().node, g.node]))
      return [
        try left.unbroadcast(to: inputs[0].shape), try right.unbroadcast(to: inputs[1].shape),
      ]
    case .convolution(let window):
      return [
        try Op.inputGradient(g, inputs[1], window, like: inputs[0]),
        try Op.weightGradient(inputs[0], g, window, like: inputs[1]),
      ]
    case .convolutionInput(let window, _, _):
      return [
        try g.convolved(inputs[1], window),
        try Op.weightGradient(g, inputs[0], window, like: inputs[1]),
      ]
    case .convolutionWeight(let window, _, _):
      return [
        try Op.inputGradient(inputs[1], g, window, like: inputs[0]),
        try inputs[0].convolved(g, window),
      ]
    case .maxPool(let size):
      return [Tensor(try Node(.maxPoolPlace(size: size), [inputs[0].node, g.node]))]
    case .maxPoolPlace(let size): return [nil, try Op.maxPoolPick(g, inputs[0], inputs[1], size)]
    case .stop: return [nil]
    }
  }

  /// The elements of `g` that stand where `maxPool` of x found its values.
  private static func maxPoolPick(
    _ g: Tensor, _ x: Tensor, _ like: Tensor, _ size: Int
  ) throws(TensorError) -> Tensor {
    let ones = try Tensor(1).broadcast(to: like.shape)
    let mask = Tensor(try Node(.maxPoolPlace(size: size), [x.node, ones.node]))
    let (rows, columns) = (like.shape[2], like.shape[3])
    let picked = try (g * mask).sliced(axis: 2, 0..<(rows * size))
      .sliced(axis: 3, 0..<(columns * size))
    return try picked.reshape(to: [x.shape[0], x.shape[1], rows, size, columns, size])
      .sum(axes: [3, 5])
  }

  /// The gradient of an extreme goes to the elements that attain it, in equal parts.
  private static func extremeGradient(
    _ g: Tensor, _ y: Tensor, _ x: Tensor, _ axes: [Int]
  ) throws(TensorError) -> Tensor {
    let attained = try Tensor.map(.equal, x, y)
    return try attained * (g / attained.sum(axes: axes, keep: true))
  }

  private static func concatGradients(
    _ g: Tensor, _ inputs: [Tensor], axis: Int
  ) throws(TensorError) -> [Tensor?] {
    var start = 0
    var parts: [Tensor?] = []
    for input in inputs {
      parts.append(try g.sliced(axis: axis, start..<(start + input.shape[axis])))
      start += input.shape[axis]
    }
    return parts
  }

  private static func inputGradient(
    _ g: Tensor, _ weight: Tensor, _ window: Window, like x: Tensor
  ) throws(TensorError) -> Tensor {
    let op = Op.convolutionInput(window, height: x.shape[2], width: x.shape[3])
    return Tensor(try Node(op, [g.node, weight.node]))
  }

  private static func weightGradient(
    _ x: Tensor, _ g: Tensor, _ window: Window, like weight: Tensor
  ) throws(TensorError) -> Tensor {
    let op = Op.convolutionWeight(window, height: weight.shape[2], width: weight.shape[3])
    return Tensor(try Node(op, [x.node, g.node]))
  }
}

extension ElementwiseOperation {
  /// Rules before broadcasting: each gradient is summed back to its input's shape by the caller.
  fileprivate func partials(
    _ g: Tensor, _ y: Tensor, _ x: [Tensor]
  ) throws(TensorError) -> [Tensor?] {
    let a = x[0]
    switch self {
    case .copy: return [g]
    case .add: return [g, g]
    case .subtract: return [g, try -g]
    case .multiply: return [try g * x[1], try g * a]
    case .divide: return [try g / x[1], try -(g * y / x[1])]
    case .remainder: return [g, try -(g * .map(.floor, a / x[1]))]
    case .power: return try powerPartials(g, y, a, x[1])
    case .minimum: return try extremePartials(g, chosen: .less, a, x[1])
    case .maximum: return try extremePartials(g, chosen: .greater, a, x[1])
    case .negate: return [try -g]
    case .absolute: return [try g * .map(.sign, a)]
    case .sqrt: return [try g * Tensor(0.5) / y]
    case .square: return [try g * (Tensor(2) * a)]
    case .exp: return [try g * y]
    case .expm1: return [try g * (y + Tensor(1))]
    case .log: return [try g / a]
    case .log1p: return [try g / (a + Tensor(1))]
    case .sin: return [try g * .map(.cos, a)]
    case .cos: return [try -(g * .map(.sin, a))]
    case .tan: return [try g * (Tensor(1) + .map(.square, y))]
    case .tanh: return [try g * (Tensor(1) - .map(.square, y))]
    case .sigmoid: return [try g * (y * (Tensor(1) - y))]
    case .softplus: return [try g * .map(.sigmoid, a)]
    case .relu: return [try g * .map(.step, y)]
    case .erf:
      let twoOverRootPi: Float = 1.1283791670955126
      return [try g * (Tensor(twoOverRootPi) * .map(.exp, -Tensor.map(.square, a)))]
    case .reciprocal: return [try -(g * .map(.square, y))]
    case .multiplyAdd: return [try g * x[1], try g * a, g]
    case .select:
      return [nil, try .map(.select, a, g, Tensor(0)), try .map(.select, a, Tensor(0), g)]
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .and, .or:
      return [nil, nil]
    case .not, .sign, .floor, .ceiling, .round, .truncate, .step, .fill: return [nil]
    }
  }

  fileprivate func gradients(
    _ g: Tensor, result y: Tensor, inputs: [Tensor]
  ) throws(TensorError) -> [Tensor?] {
    var summed: [Tensor?] = []
    for (partial, input) in zip(try partials(g, y, inputs), inputs) {
      summed.append(try partial?.broadcast(to: y.shape).unbroadcast(to: input.shape))
    }
    return summed
  }

  private func powerPartials(
    _ g: Tensor, _ y: Tensor, _ a: Tensor, _ b: Tensor
  ) throws(TensorError) -> [Tensor?] {
    // The slope of a^0 is 0, at a = 0 too, where 0·a^−1 would be NaN.
    let isConstant = try Tensor.map(.equal, b, Tensor(0))
    let exponent = try Tensor.map(.select, isConstant, Tensor(1), b)
    let slope = try exponent * .map(.power, a, exponent - Tensor(1))
    let base = try g * .map(.select, isConstant, Tensor(0), slope)
    // 0^b has no slope in b from the right; without the guard log 0 would make it NaN.
    let positive = try Tensor.map(.greater, a, Tensor(0))
    let logarithm = try Tensor.map(.log, .map(.select, positive, a, Tensor(1)))
    return [base, try g * (y * logarithm)]
  }

  /// The smaller or larger input gets the gradient; equals share it.
  private func extremePartials(
    _ g: Tensor, chosen: ElementwiseOperation, _ a: Tensor, _ b: Tensor
  ) throws(TensorError) -> [Tensor?] {
    let tie = try Tensor(0.5) * .map(.equal, a, b)
    return [
      try g * (.map(chosen, a, b) + tie),
      try g * (.map(chosen, b, a) + tie),
    ]
  }
}
