import Syntax
import Tensors

/// How a statement ends.
enum Flow {
  case value(Value)
  case breakLoop
  case continueLoop
  case returned(Value)
}

extension Evaluator {
  /// Runs statements in the current scope; the value is that of the last one.
  func run(_ statements: [Statement]) throws -> Flow {
    var last = Value.nothing
    for statement in statements {
      switch try run(statement) {
      case .value(let value): last = value
      case let other: return other
      }
    }
    return .value(last)
  }

  func run(_ statement: Statement) throws -> Flow {
    try descend(at: statement.span)
    defer { evaluationDepth -= 1 }
    switch statement.kind {
    case .expression(let expression):
      if case .conditional(let branches, let otherwise) = expression.kind {
        return try runConditional(branches, otherwise)
      }
      return .value(try evaluate(expression))
    case .assign(let targets, let expression):
      try assign(targets, try evaluate(expression), span: expression.span)
      return .value(.nothing)
    case .assignElement(let target, let index, let expression):
      try assignElement(target, index, expression)
      return .value(.nothing)
    case .define(let function):
      try assign(function.name ?? "", makeClosure(function))
      return .value(.nothing)
    case .forEach(let targets, let sequence, let body):
      return try runFor(targets, sequence, body)
    case .whileLoop(let condition, let body):
      return try runLoop {
        try self.isTrue(condition)
      } body: {
        try self.runBlock(body)
      }
    case .breakLoop: return .breakLoop
    case .continueLoop: return .continueLoop
    case .returnValue(let expression):
      return .returned(try expression.map(evaluate) ?? .nothing)
    }
  }

  /// Runs a block in a scope of its own.
  func runBlock(_ block: Block) throws -> Flow {
    try withScope { try run(block.statements) }
  }

  func runConditional(_ branches: [Branch], _ otherwise: Block?) throws -> Flow {
    for branch in branches where try isTrue(branch.condition) {
      return try runBlock(branch.body)
    }
    return try otherwise.map(runBlock) ?? .value(.nothing)
  }

  private func runFor(
    _ targets: [Target], _ sequence: Expression, _ body: Block
  ) throws -> Flow {
    let values = try evaluate(sequence)
    let count = try located(at: sequence.span) { try elementCount(of: values) }
    var position = 0
    return try runLoop {
      position < count
    } body: {
      let parts: [Value] = try located(at: sequence.span) {
        let element = try self.element(position, of: values)
        return targets.count == 1 ? [element] : try unpack(element, into: targets.count)
      }
      position += 1
      return try withScope {
        for (target, part) in zip(targets, parts) {
          frame.scopes[frame.scopes.count - 1][target.name] = part
        }
        return try run(body.statements)
      }
    }
  }

  private func runLoop(
    while condition: () throws -> Bool, body: () throws -> Flow
  ) throws -> Flow {
    while try condition() {
      try checkInterruption()
      switch try body() {
      case .value, .continueLoop: break
      case .breakLoop: return .value(.nothing)
      case .returned(let value): return .returned(value)
      }
      if callDepth == 0, gradientDepth == 0, recorder == nil { try settle() }
    }
    return .value(.nothing)
  }

  private func assign(_ targets: [Target], _ value: Value, span: Span) throws {
    if targets.count == 1 {
      try located(at: targets[0].span) { try assign(targets[0].name, value) }
      return
    }
    let values: [Value] = try located(at: span) { try unpack(value, into: targets.count) }
    for (target, value) in zip(targets, values) {
      try located(at: target.span) { try assign(target.name, value) }
    }
  }

  private func unpack(_ value: Value, into count: Int) throws -> [Value] {
    switch value {
    case .list, .tensor, .mask, .range, .parameter:
      let available = try elementCount(of: value)
      guard available == count else { throw Fault.cannotUnpack(count: available, into: count) }
      return try (0..<count).map { try element($0, of: value) }
    case .record(let record):
      guard record.fields.count == count else {
        throw Fault.cannotUnpack(count: record.fields.count, into: count)
      }
      return record.fields.map(\.value)
    default: throw Fault.unpackedKind(value.kindName, into: count)
    }
  }

  private func assignElement(
    _ target: Target, _ index: Expression, _ expression: Expression
  ) throws {
    let value = try evaluate(expression)
    let position = try evaluate(index)
    let current = try located(at: target.span) {
      guard let current = lookUp(target.name) else { throw unknownName(target.name) }
      return current
    }
    guard case .list(var values) = current else {
      throw try located(at: target.span) { () throws -> Diagnostic in
        throw Fault.fixedElements(of: current.kindName)
      }
    }
    let place = try located(at: index.span) {
      try wholeNumber(position, place: "an index")
    }
    let fromFront = place < 0 ? place + values.count : place
    try located(at: index.span) {
      guard values.indices.contains(fromFront) else {
        throw Fault.indexOutOfRange(index: place, count: values.count, what: "the list")
      }
    }
    try located(at: expression.span) { try refuseBeyondDepth([value]) }
    values[fromFront] = value
    try assign(target.name, .list(values))
  }

  func elementCount(of value: Value) throws -> Int {
    switch value {
    case .list(let values): return values.count
    case .range(let range): return range.count
    case .tensor, .mask, .parameter, .dataset:
      let tensor = try tensor(value)
      guard tensor.rank > 0 else { throw Fault.noElements("a number") }
      return tensor.shape[0]
    case .string(let text): return text.count
    default: throw Fault.noElements(value.kindName)
    }
  }

  func element(_ position: Int, of value: Value) throws -> Value {
    switch value {
    case .list(let values): return values[position]
    case .range(let range): return .number(range[position])
    case .string(let text):
      return .string(String(text[text.index(text.startIndex, offsetBy: position)]))
    default:
      let tensor = try tensor(value)
      let row = try tensor.sliced(axis: 0, position..<(position + 1))
      return .tensor(try row.reshape(to: tensor.shape.removing([0])))
    }
  }

  /// Whether a condition holds; looks at the value.
  func isTrue(_ expression: Expression) throws -> Bool {
    let value = try evaluate(expression)
    return try located(at: expression.span) { try isTrue(value) }
  }

  func isTrue(_ value: Value) throws -> Bool {
    switch value {
    case .boolean(let flag): return flag
    case .tensor(let tensor), .mask(let tensor):
      guard tensor.count == 1 else { throw Fault.ambiguousCondition(tensor.shape) }
      let number = try number(tensor)
      guard number == 0 || number == 1 else { throw Fault.numberAsCondition(number) }
      return number == 1
    default:
      throw Fault.wrongKind(expected: "true or false", got: value.kindName, place: "a condition")
    }
  }
}
