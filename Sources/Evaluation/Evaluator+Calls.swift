import Models
import Syntax
import Tensors

/// An argument as given at a call.
struct GivenArgument {
  let label: String?
  let value: Value
  let span: Span
  /// The text of the argument as a tree, for commands that name what they record.
  let expression: Expression?

  /// Where the label stands, or the argument if it has none.
  var labelSpan: Span {
    guard let label else { return span }
    return Span(span.start, min(span.start + label.utf8.count, span.end))
  }
}

extension Evaluator {
  func evaluateCall(_ call: Call, _ span: Span) throws -> Value {
    var callee = try evaluate(call.callee)
    // A variable that is named like a command does not take the command away.
    if call.isCommand, !callee.isCallable, case .name(let name) = call.callee.kind,
      let command = Builtin.named(name)
    {
      callee = .builtin(command)
    }
    var given: [GivenArgument] = []
    for argument in call.arguments {
      given.append(
        GivenArgument(
          label: argument.label, value: try evaluate(argument.value), span: argument.span,
          expression: argument.value))
    }
    return try apply(callee, given, block: call.trailing, calleeSpan: call.callee.span, span: span)
  }

  /// `x |> f(2)` calls f(x, 2); `x |> f` calls f(x).
  func evaluatePipe(_ left: Expression, _ right: Expression) throws -> Value {
    let value = try evaluate(left)
    let piped = GivenArgument(label: nil, value: value, span: left.span, expression: left)
    guard case .call(let call) = right.kind else {
      let callee = try evaluate(right)
      return try apply(callee, [piped], block: nil, calleeSpan: right.span, span: right.span)
    }
    let callee = try evaluate(call.callee)
    var given = [piped]
    for argument in call.arguments {
      given.append(
        GivenArgument(
          label: argument.label, value: try evaluate(argument.value), span: argument.span,
          expression: argument.value))
    }
    return try apply(
      callee, given, block: call.trailing, calleeSpan: call.callee.span, span: right.span)
  }

  func apply(
    _ callee: Value, _ given: [GivenArgument], block: Block?, calleeSpan: Span, span: Span
  ) throws -> Value {
    switch callee {
    case .builtin(let builtin):
      let bound = try located(at: span) {
        try builtin.signature.bind(given, block: block, evaluator: self, callSpan: span)
      }
      return try located(at: span) { try builtin.body(bound) }
    case .function(let closure):
      try located(at: span) { try refuseBlock(block, closure.name) }
      return try call(closure, given, span: span)
    case .model(let model):
      try located(at: span) { try refuseBlock(block, model.kind) }
      return try located(at: span, related: given.map(\.span)) {
        .tensor(try apply(model, to: try onlyTensor(given, of: model.kind)))
      }
    case .composition(let parts):
      var value = given
      for part in parts {
        let result = try apply(part, value, block: nil, calleeSpan: calleeSpan, span: span)
        value = [GivenArgument(label: nil, value: result, span: span, expression: nil)]
      }
      return value[0].value
    default:
      return try located(at: calleeSpan) {
        let name: String = frame.source.slice(calleeSpan)
        throw Fault.notCallable(callee.kindName, hidden: Builtin.named(name)?.name)
      }
    }
  }

  /// Calls a function value from a built-in.
  func call(_ function: Value, _ values: [Value], span: Span) throws -> Value {
    let given = values.map { GivenArgument(label: nil, value: $0, span: span, expression: nil) }
    return try apply(function, given, block: nil, calleeSpan: span, span: span)
  }

  private func refuseBlock(_ block: Block?, _ name: String) throws {
    if block != nil { throw Fault.unexpectedBlock(name) }
  }

  private func onlyTensor(_ given: [GivenArgument], of name: String) throws -> Tensor {
    guard let first = given.first else {
      throw Fault.missingArgument("x", signature: "\(name)(x)")
    }
    guard given.count == 1 else { throw Fault.extraArgument(signature: "\(name)(x)", limit: 1) }
    return try tensor(first.value, place: "the input of \(name)")
  }

  func apply(_ model: Model, to x: Tensor) throws -> Tensor {
    if let expected = model.layers.first?.inputSize, x.shape.sizes.last != expected {
      throw Fault.modelInputSize(model: model.kind, expected: expected, got: x.shape)
    }
    return try model.apply(x, &state.layers)
  }

  // MARK: Functions of the language

  private func call(_ closure: Closure, _ given: [GivenArgument], span: Span) throws -> Value {
    let bound = try located(at: span) { try bind(closure, given) }
    guard callDepth < host.limits.callDepth else {
      return try located(at: span) { throw Fault.callDepth(limit: host.limits.callDepth) }
    }
    let callerSource = frame.source
    do {
      return try enter(closure, bound)
    } catch var diagnostic as Diagnostic {
      if diagnostic.callers.count < 8 {
        diagnostic.callers.append(
          Diagnostic.Frame(function: closure.name, source: callerSource, span: span))
      }
      throw diagnostic
    }
  }

  private func enter(_ closure: Closure, _ bound: [String: Value]) throws -> Value {
    let caller = frame
    frame = Frame(
      scopes: [bound], captured: closure.captured, function: closure, source: closure.source)
    callDepth += 1
    defer {
      frame = caller
      callDepth -= 1
    }
    for parameter in closure.function.parameters where frame.scopes[0][parameter.name] == nil {
      frame.scopes[0][parameter.name] = try evaluate(parameter.defaultValue!)
    }
    switch try run(closure.function.body.statements) {
    case .value(let value), .returned(let value): return value
    case .breakLoop, .continueLoop: return .nothing
    }
  }

  private func bind(_ closure: Closure, _ given: [GivenArgument]) throws -> [String: Value] {
    let parameters = closure.function.parameters
    var bound: [String: Value] = [:]
    var position = 0
    for argument in given {
      let name: String
      if let label = argument.label {
        guard parameters.contains(where: { $0.name == label }) else {
          throw try located(at: argument.labelSpan) { () throws -> Diagnostic in
            throw Fault.unknownLabel(
              label, signature: closure.signature,
              suggestions: Suggestion.closest(to: label, among: parameters.map(\.name)))
          }
        }
        name = label
      } else {
        guard position < parameters.count else {
          throw try located(at: argument.span) { () throws -> Diagnostic in
            throw Fault.extraArgument(signature: closure.signature, limit: parameters.count)
          }
        }
        name = parameters[position].name
        position += 1
      }
      guard bound.updateValue(argument.value, forKey: name) == nil else {
        throw try located(at: argument.labelSpan) { () throws -> Diagnostic in
          throw Fault.repeatedArgument(name, signature: closure.signature)
        }
      }
    }
    for parameter in parameters where bound[parameter.name] == nil && parameter.defaultValue == nil
    {
      throw Fault.missingArgument(parameter.name, signature: closure.signature)
    }
    return bound
  }
}
