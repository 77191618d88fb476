import Kernels

/// Formulas as textbooks write them, turned into forms that neither overflow nor lose all digits.
///
/// The rules look at the graph while it is built, so gradients are taken of the stable form too.
package enum Rewrites {
  /// One line per rule; the first that matches wins.
  static func rewrite(
    _ operation: ElementwiseOperation, _ x: [Tensor]
  ) throws(TensorError) -> Tensor? {
    switch operation {
    case .log: return try logarithm(of: x[0])
    case .log1p:
      guard let u = x[0].argument(of: .exp) else { return nil }
      return try .map(.softplus, u)  // log(1 + eᵘ) = softplus(u)
    case .power: return try power(x[0], x[1])
    case .negate: return x[0].argument(of: .negate)  // −(−u) = u
    case .multiply:
      if x[0].node.constant == 1 { return x[1] }
      return x[1].node.constant == 1 ? x[0] : nil
    case .divide: return x[1].node.constant == 1 ? x[0] : nil
    case .select: return choice(x[0], x[1], x[2])
    case .subtract: return x[1].node.constant == 0 ? x[0] : try logarithmOfSoftmax(x[0], x[1])
    default: return nil
    }
  }

  /// What a condition that is known selects, if it has the shape of the result.
  private static func choice(_ condition: Tensor, _ a: Tensor, _ b: Tensor) -> Tensor? {
    guard let truth = condition.node.constant else { return nil }
    let (chosen, other) = truth != 0 ? (a, b) : (b, a)
    return other.shape.broadcasts(to: chosen.shape) ? chosen : nil
  }

  private static func logarithm(of x: Tensor) throws(TensorError) -> Tensor? {
    if let u = x.argument(of: .exp) { return u }  // log(eᵘ) = u
    if let u = x.argument(of: .sigmoid) {
      return try -.map(.softplus, -u)  // log σ(u) = −softplus(−u)
    }
    if let s = x.argument(of: .square), let u = s.argument(of: .exp) {
      return try Tensor(2) * u  // log((eᵘ)²) = 2u
    }
    if let (one, s) = x.arguments(of: .subtract), one.node.constant == 1,
      let u = s.argument(of: .sigmoid)
    {
      return try -.map(.softplus, u)  // log(1 − σ(u)) = −softplus(u)
    }
    if let u = x.onePlusExponential {
      return try .map(.softplus, u)  // log(1 + eᵘ) = softplus(u)
    }
    if let (numerator, denominator) = x.arguments(of: .divide),
      let u = numerator.argument(of: .exp)
    {
      return try u - .map(.log, denominator)  // log(eᵘ / s) = u − log s: softmax
    }
    return try logarithmOfSum(x)
  }

  /// log Σ eᵘ = m + log Σ e^(u − m) with m = max u, where m is finite.
  private static func logarithmOfSum(_ x: Tensor) throws(TensorError) -> Tensor? {
    let summed = x.lookingThroughReshape
    guard summed.node.storage == nil, case .sum(let axes) = summed.node.op,
      let u = Tensor(summed.node.inputs[0]).argument(of: .exp),
      !axes.contains(where: { u.shape[$0] == 0 })
    else { return nil }
    let largest = try u.maximum(axes: axes, keep: true)
    let isFinite = try Tensor.map(.less, .map(.absolute, largest), Tensor(.infinity))
    let shift = try Tensor.map(.select, isFinite, largest, Tensor(0)).stopped()
    // The exponential is built by hand: `map(.exp, u − m)` inside a `log` would match this rule.
    let shifted = Tensor(try Node(.map(.exp), [(u - shift).node]))
    let sum = Tensor(try Node(.sum(axes: axes), [shifted.node]))
    let logarithm = Tensor(try Node(.map(.log), [sum.node]))
    return try (logarithm + shift).reshape(to: x.shape)
  }

  /// u − (m + log Σ e^(u − m)) = (u − m) − log Σ e^(u − m): the first sum would round what is near
  /// 0 at the size of m.
  private static func logarithmOfSoftmax(
    _ u: Tensor, _ logarithmOfSum: Tensor
  ) throws(TensorError) -> Tensor? {
    let sum = logarithmOfSum.rank == 0 ? logarithmOfSum.lookingThroughReshape : logarithmOfSum
    guard let (logarithm, shift) = sum.arguments(of: .add),
      let inner = logarithm.argument(of: .log), case .sum = inner.node.op,
      let shifted = inner.node.inputs.first.map(Tensor.init)?.argument(of: .exp),
      let (v, m) = shifted.arguments(of: .subtract), v.node === u.node, m.node === shift.node
    else { return nil }
    return try shifted - logarithm
  }

  /// Small whole powers are products, which is exact for negative bases and faster.
  private static func power(_ x: Tensor, _ exponent: Tensor) throws(TensorError) -> Tensor? {
    switch exponent.node.constant {
    case 0: return try .full(1, shape: x.shape)
    case 0.5: return try .map(.sqrt, x)
    case 1: return x
    case 2: return try .map(.square, x)
    case 3: return try x * .map(.square, x)
    case 4: return try .map(.square, .map(.square, x))
    case -1: return try .map(.reciprocal, x)
    case -2: return try .map(.reciprocal, .map(.square, x))
    default: return nil
    }
  }

  /// The value of an operation on numbers that are known while the graph is built.
  static func fold(_ operation: ElementwiseOperation, _ inputs: [Tensor]) -> Tensor? {
    var values: [Float] = []
    for input in inputs {
      guard let value = input.node.constant else { return nil }
      values.append(value)
    }
    let padded = values + [0, 0, 0]
    return Tensor(Reference.apply(operation, padded[0], padded[1], padded[2]))
  }
}

extension Tensor {
  /// u, if this tensor is operation(u) and not yet computed.
  fileprivate func argument(of operation: ElementwiseOperation) -> Tensor? {
    guard case .map(operation) = node.op, !node.inputs.isEmpty else { return nil }
    return Tensor(node.inputs[0])
  }

  fileprivate func arguments(of operation: ElementwiseOperation) -> (Tensor, Tensor)? {
    guard case .map(operation) = node.op, node.inputs.count == 2 else { return nil }
    return (Tensor(node.inputs[0]), Tensor(node.inputs[1]))
  }

  /// u, if this tensor is 1 + eᵘ.
  fileprivate var onePlusExponential: Tensor? {
    guard let (a, b) = arguments(of: .add) else { return nil }
    if a.node.constant == 1 { return b.argument(of: .exp) }
    return b.node.constant == 1 ? a.argument(of: .exp) : nil
  }

  fileprivate var lookingThroughReshape: Tensor {
    guard node.storage == nil, case .reshape = node.op else { return self }
    return Tensor(node.inputs[0])
  }
}
