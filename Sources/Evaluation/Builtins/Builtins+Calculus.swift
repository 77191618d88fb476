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
      "gradcheck(f, targets…, step: 0.01)", .calculus,
      "how far the gradient of f at its arguments is from central differences, relative to its "
        + "size",
      shapes: "[…] → number", example: "gradcheck(x => sum(sin(x)), [1, 2]) < 1e-3"
    ) { try $0.checkGradient() },
  ]
}

extension Tensor {
  /// A node of its own for this tensor, which nothing else can be mistaken for. A copy, because
  /// reshaping a reshaped tensor would look through it.
  func asGradientTarget() throws -> Tensor { Tensor(try Node(.map(.copy), [node])) }
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
      let arguments = try prepare(&walk)
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

  private func prepare(_ walk: inout TargetWalk) throws -> [Value] {
    try all("targets").map { target in
      try evaluator.located(at: target.span) { try walk.prepare(target.value) }
    }
  }

  /// Moves each element of each target a little to both sides; every evaluation starts from the
  /// same state, so that random numbers inside `f` are the same ones.
  fileprivate func checkGradient() throws -> Value {
    let step = try number("step", default: 0.01)
    let start = evaluator.state
    let gradients = try leaves(of: gradient().gradients)
    let after = evaluator.state
    defer { evaluator.state = after }
    var worst: Float = 0
    for (index, gradient) in gradients.enumerated() {
      let slopes = try evaluator.values(of: gradient)
      for element in slopes.indices {
        if evaluator.host.interruption.isRaised { throw Fault.interrupted }
        let sides = try [step, -step].map { shift in
          evaluator.state = start
          return try valueWithTarget(index, element: element, shiftedBy: shift)
        }
        let difference = (sides[0] - sides[1]) / (2 * step)
        let scale = max(1, abs(difference), abs(slopes[element]))
        // A maximum would swallow NaN.
        let error = abs(difference - slopes[element]) / scale
        if error.isNaN { return .number(error) }
        worst = max(worst, error)
      }
    }
    return .number(worst)
  }

  private func valueWithTarget(
    _ index: Int, element: Int, shiftedBy shift: Float
  ) throws -> Float {
    var walk = TargetWalk(evaluator: evaluator)
    walk.shift = (index, element, shift)
    let arguments = try prepare(&walk)
    return try evaluator.number(
      evaluator.tensor(evaluator.call(function("f"), arguments, span: span)))
  }

  private func leaves(of value: Value) -> [Tensor] {
    switch value {
    case .tensor(let tensor): [tensor]
    case .list(let values): values.flatMap(leaves)
    case .record(let record): record.fields.flatMap { leaves(of: $0.value) }
    default: []
    }
  }
}

/// Walks over targets of a gradient: tensors, parameters, models, and lists or records of them.
private struct TargetWalk {
  let evaluator: Evaluator
  private(set) var tensors: [Tensor] = []
  private var position = 0
  /// The target to move, the element of it, and by how much; for differences.
  var shift: (index: Int, element: Int, by: Float)?

  init(evaluator: Evaluator) { self.evaluator = evaluator }

  /// The value to call the function with; its tensors become targets.
  mutating func prepare(_ value: Value) throws -> Value {
    switch value {
    case .model(let model):
      for id in model.parameters { try prepare(id) }
      return value
    case .parameter(let id):
      try prepare(id)
      return value
    case .list(let values):
      var prepared: [Value] = []
      for value in values { prepared.append(try prepare(value)) }
      return .list(prepared)
    case .composition(let parts):
      for part in parts { _ = try prepare(part) }
      return value
    case .record(let record):
      var fields: [(name: String, value: Value)] = []
      for field in record.fields { fields.append((field.name, try prepare(field.value))) }
      return .record(Record(fields))
    case .function, .builtin: return value
    default:
      let target = try evaluator.tensor(value, place: "a target of `grad`").asGradientTarget()
      let shifted = try shiftedIfNamed(target)
      tensors.append(shifted)
      return .tensor(shifted)
    }
  }

  private mutating func prepare(_ id: ParameterID) throws {
    let value = evaluator.state.layers.state.value(of: id)
    if shift?.index == tensors.count {
      try evaluator.state.layers.state.set(.parameter(id), shiftedIfNamed(value))
    }
    tensors.append(evaluator.state.layers.state.value(of: id))
  }

  private func shiftedIfNamed(_ tensor: Tensor) throws -> Tensor {
    guard let shift, shift.index == tensors.count else { return tensor }
    var values = try evaluator.values(of: tensor)
    values[shift.element] += shift.by
    return try Tensor(values, shape: tensor.shape)
  }

  mutating func restart() { position = 0 }

  /// Gradients in the structure of the value they belong to.
  mutating func arrange(_ value: Value, _ gradients: [Tensor]) throws -> Value {
    switch value {
    case .model(let model):
      let count = model.parameters.count
      defer { position += count }
      return .list(gradients[position..<(position + count)].map(Value.tensor))
    case .list(let values), .composition(let values):
      var arranged: [Value] = []
      for value in values { arranged.append(try arrange(value, gradients)) }
      return .list(arranged)
    case .record(let record):
      var fields: [(name: String, value: Value)] = []
      for field in record.fields {
        fields.append((field.name, try arrange(field.value, gradients)))
      }
      return .record(Record(fields))
    case .function, .builtin: return .nothing
    default:
      defer { position += 1 }
      return .tensor(gradients[position])
    }
  }
}
