import Models
import Tensors

extension Builtins {
  static let calculus: [Builtin] = [
    Builtin(
      "grad(f, targets…)", .calculus,
      "the gradient of the number f(targets…) at its arguments: tensors, models, or lists of them",
      shapes: "[…] → […]", example: "grad(x => sum(x^2), [1, 2, 3])"
    ) { try $0.gradient().gradients },
    Builtin(
      "value_and_grad(f, targets…)", .calculus, "f(targets…) and its gradient, as a list of two",
      example: "value_and_grad(x => x^3, 2)"
    ) { call in
      let (value, gradients) = try call.gradient()
      return .list([.tensor(value), gradients])
    },
    Builtin(
      "jacobian(f, x)", .calculus, "the gradient of every element of f(x)",
      shapes: "[M] of [N] → [M, N]", example: "jacobian(x => x^2, [1, 2])"
    ) { call in
      let f = try call.function("f")
      return try call.evaluator.withGradients {
        let x = try call.tensor("x").asGradientTarget()
        let y = try call.evaluator.tensor(
          call.evaluator.call(f, [.tensor(x)], span: call.span), place: "the value of f")
        let flat = try y.reshape(to: [y.count])
        let rows = try (0..<flat.count).map { index in
          let element = try flat.sliced(axis: 0, index..<(index + 1))
          return try Gradient.of(element, withRespectTo: [x])[0] ?? .full(0, shape: x.shape)
        }
        guard !rows.isEmpty else { return .tensor(try Tensor([], shape: [0])) }
        let shape = Shape(y.shape.sizes + x.shape.sizes)
        return .tensor(try Tensor.stack(rows, axis: 0).reshape(to: shape))
      }
    },
    Builtin(
      "stop(x)", .calculus, "x, through which no gradient passes", shapes: "[…] → […]",
      example: "grad(x => x * stop(x), 3)"
    ) { .tensor(try $0.tensor("x").stopped()) },
    Builtin(
      "gradcheck(f, x, step = 0.01)", .calculus,
      "how far the gradient of f at x is from central differences, relative to its size",
      shapes: "[…] → number", example: "gradcheck(x => sum(sin(x)), [1, 2]) < 1e-3"
    ) { try $0.checkGradient() },
  ]
}

extension Tensor {
  /// A node of its own for this tensor, which nothing else can be mistaken for.
  func asGradientTarget() throws -> Tensor { Tensor(try Node(.reshape(shape), [node])) }
}

extension BoundCall {
  /// What `f(targets…)` gives and its gradients, in the structure of the targets.
  fileprivate func gradient() throws -> (value: Tensor, gradients: Value) {
    let f = try function("f")
    guard !all("targets").isEmpty else {
      throw Fault.missingArgument("targets", signature: signature.text)
    }
    return try evaluator.withGradients {
      var walk = TargetWalk(evaluator: evaluator)
      var arguments: [Value] = []
      for target in all("targets") {
        arguments.append(
          try evaluator.located(at: target.span) { try walk.prepare(target.value) })
      }
      let value = try evaluator.tensor(
        evaluator.call(f, arguments, span: span), place: "the value of f")
      let found = try Gradient.of(value, withRespectTo: walk.tensors)
      let gradients = try zip(found, walk.tensors).map { gradient, target in
        try gradient ?? .full(0, shape: target.shape)
      }
      walk.restart()
      let structured = try all("targets").map { try walk.arrange($0.value, gradients) }
      return (value, structured.count == 1 ? structured[0] : .list(structured))
    }
  }

  fileprivate func checkGradient() throws -> Value {
    let f = try function("f")
    let x = try tensor("x")
    let step = try number("step", default: 0.01)
    let slope = try evaluator.withGradients {
      let target = try x.asGradientTarget()
      let value = try evaluator.tensor(evaluator.call(f, [.tensor(target)], span: span))
      let gradient = try Gradient.of(value, withRespectTo: [target])[0]
      return try evaluator.values(of: gradient ?? .full(0, shape: x.shape))
    }
    let center = try evaluator.values(of: x)
    var worst: Float = 0
    for index in center.indices {
      var sides: [Float] = []
      for sign: Float in [1, -1] {
        var moved = center
        moved[index] += sign * step
        let value = try evaluator.call(f, [.tensor(Tensor(moved, shape: x.shape))], span: span)
        sides.append(try evaluator.number(evaluator.tensor(value)))
      }
      let difference = (sides[0] - sides[1]) / (2 * step)
      let scale = max(1, abs(difference), abs(slope[index]))
      worst = max(worst, abs(difference - slope[index]) / scale)
    }
    return .number(worst)
  }
}

/// Walks over targets of a gradient: tensors, parameters, models, and lists of them.
private struct TargetWalk {
  let evaluator: Evaluator
  private(set) var tensors: [Tensor] = []
  private var position = 0

  init(evaluator: Evaluator) { self.evaluator = evaluator }

  /// The value to call the function with; its tensors become targets.
  mutating func prepare(_ value: Value) throws -> Value {
    switch value {
    case .model(let model):
      tensors += model.parameters.map(evaluator.state.layers.state.value)
      return value
    case .parameter(let id):
      tensors.append(evaluator.state.layers.state.value(of: id))
      return value
    case .list(let values):
      var prepared: [Value] = []
      for value in values { prepared.append(try prepare(value)) }
      return .list(prepared)
    default:
      let target = try evaluator.tensor(value, place: "a target of `grad`").asGradientTarget()
      tensors.append(target)
      return .tensor(target)
    }
  }

  mutating func restart() { position = 0 }

  /// Gradients in the structure of the value they belong to.
  mutating func arrange(_ value: Value, _ gradients: [Tensor]) throws -> Value {
    switch value {
    case .model(let model):
      let count = model.parameters.count
      defer { position += count }
      return .list(gradients[position..<(position + count)].map(Value.tensor))
    case .list(let values):
      var arranged: [Value] = []
      for value in values { arranged.append(try arrange(value, gradients)) }
      return .list(arranged)
    default:
      defer { position += 1 }
      return .tensor(gradients[position])
    }
  }
}
