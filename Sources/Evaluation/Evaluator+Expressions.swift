import Models
import Rendering
import Syntax
import Tensors

extension Evaluator {
  func evaluate(_ expression: Expression) throws -> Value {
    try descend(at: expression.span)
    defer { evaluationDepth -= 1 }
    switch expression.kind {
    case .number(let number): return .number(Float(number))
    case .string(let parts): return try evaluateString(parts, expression.span)
    case .boolean(let flag): return .boolean(flag)
    case .nothing: return .nothing
    case .name(let name): return try evaluateName(name, expression.span)
    case .list(let elements): return try evaluateList(elements, expression.span)
    case .unary(let symbol, let operand):
      let value = try evaluate(operand)
      return try located(at: expression.span) { try apply(symbol, value) }
    case .binary(let symbol, let operatorSpan, let left, let right):
      return try evaluateBinary(symbol, operatorSpan, left, right)
    case .range(let lower, let upper, let closed, let step):
      return try evaluateRange(lower, upper, closed, step)
    case .call(let call): return try evaluateCall(call, expression.span)
    case .index(let base, let subscripts):
      let value = try evaluate(base)
      return try evaluateIndex(value, subscripts, expression.span)
    case .member(let base, let name, let nameSpan):
      let value = try evaluate(base)
      return try located(at: nameSpan) {
        if case .name("history") = base.kind, case .record(let curves) = value,
          curves[name] == nil
        {
          throw Fault.untracked(name, tracked: curves.names)
        }
        return try member(name, of: value)
      }
    case .function(let function):
      let locals = frame.visibleLocals
      try located(at: expression.span) { try refuseBeyondDepth(locals.values) }
      return makeClosure(function)
    case .conditional(let branches, let otherwise):
      switch try runConditional(branches, otherwise) {
      case .value(let value): return value
      case .returned, .breakLoop, .continueLoop:
        throw try located(at: expression.span) { () throws -> Diagnostic in
          throw Fault.invalid(
            "an `if` that is used as a value cannot leave its function or loop", help: nil)
        }
      }
    case .missing:
      return .nothing
    }
  }

  /// One level further down; the caller comes up again.
  func descend(at span: Span) throws {
    guard evaluationDepth < host.limits.evaluationDepth else {
      try located(at: span) {
        throw Fault.evaluationDepth(limit: host.limits.evaluationDepth)
      }
      return
    }
    evaluationDepth += 1
  }

  func makeClosure(_ function: Function) -> Value {
    .function(
      Closure(function: function, source: frame.source, captured: frame.visibleLocals))
  }

  private func evaluateName(_ name: String, _ span: Span) throws -> Value {
    if let value = lookUp(name) { return value }
    return try located(at: span) { throw unknownName(name) }
  }

  func unknownName(_ name: String) -> Fault {
    if frame.ended.contains(name) { return .nameOutOfScope(name) }
    if Results.isName(name) { return .unknownResult(name, shownCount: state.results.count) }
    let known =
      Array(state.globals.keys) + frame.visibleLocals.keys + Builtin.all.map(\.name)
      + Evaluator.constants + ["true", "false", "nothing"]
    let meant = Synonyms.entry(for: name).flatMap { known.contains($0) ? [$0] : nil }
    return .unknownName(name, suggestions: meant ?? Suggestion.closest(to: name, among: known))
  }

  private func evaluateString(_ parts: [StringPart], _ span: Span) throws -> Value {
    var text = ""
    for part in parts {
      switch part {
      case .text(let literal): text += literal
      case .interpolation(let expression, let format):
        let value = try evaluate(expression)
        text += try located(at: expression.span) {
          try formatted(value, format.map(ValueFormat.init))
        }
      }
    }
    return try located(at: span) {
      guard text.utf8.count <= host.limits.stringLength else {
        throw Fault.stringLimit(limit: host.limits.stringLength)
      }
      return .string(text)
    }
  }

  private func evaluateList(_ elements: [Expression], _ span: Span) throws -> Value {
    var values: [Value] = []
    for element in elements { values.append(try evaluate(element)) }
    return try located(at: span) { try makeList(values) }
  }

  /// Numbers, and rows of equal shape, make a tensor; anything else a list.
  func makeList(_ values: [Value]) throws -> Value {
    try refuseBeyondDepth(values)
    var tensors: [Tensor] = []
    for value in values {
      guard case .tensor(let tensor) = value else { return .list(values) }
      tensors.append(tensor)
    }
    guard let first = tensors.first else { return .tensor(try Tensor([], shape: [0])) }
    if tensors.allSatisfy({ $0.node.constant != nil }) {
      return .tensor(try Tensor(tensors.map { $0.node.constant! }, shape: [tensors.count]))
    }
    guard tensors.allSatisfy({ $0.shape == first.shape }) else { return .list(values) }
    return .tensor(try Tensor.stack(tensors, axis: 0))
  }

  private func evaluateRange(
    _ lower: Expression, _ upper: Expression, _ closed: Bool, _ step: Expression?
  ) throws -> Value {
    let first = try wholeNumber(lower, place: "the start of a range")
    let last = try wholeNumber(upper, place: "the end of a range")
    let stride = try step.map { try wholeNumber($0, place: "the step of a range") } ?? 1
    if stride == 0 {
      return try located(at: step!.span) {
        throw Fault.outOfRange(value: "0", place: "the step of a range", allowed: "not zero")
      }
    }
    return .range(IndexRange(lower: first, upper: last, step: stride, isClosed: closed))
  }

  private func wholeNumber(_ expression: Expression, place: String) throws -> Int {
    let value = try evaluate(expression)
    return try located(at: expression.span) { try wholeNumber(value, place: place) }
  }

  func wholeNumber(_ value: Value, place: String) throws -> Int {
    guard case .tensor(let tensor) = value, tensor.count == 1 else {
      throw Fault.wrongKind(expected: "a whole number", got: value.kindName, place: place)
    }
    let number = try number(tensor)
    guard number == number.rounded() else {
      throw Fault.notWhole(number, place: place)
    }
    guard abs(number) < 1e15 else { throw Fault.tooLarge(number, place: place) }
    return Int(number)
  }

  func member(_ name: String, of value: Value) throws -> Value {
    switch value {
    case .record(let record):
      if let field = record[name] { return field }
      throw Fault.unknownField(name, of: "the record", available: record.names)
    case .dataset(let dataset): return try member(name, of: dataset)
    default:
      throw Fault.unknownField(name, of: value.kindName, available: [])
    }
  }

  private func member(_ name: String, of dataset: DatasetValue) throws -> Value {
    switch name {
    case dataset.imageSize == nil ? "points" : "images", "inputs":
      return .tensor(dataset.inputs)
    case "labels":
      if let labels = dataset.labels { return .tensor(labels) }
    case "train":
      let count = dataset.trainingCount ?? dataset.count
      return .dataset(try dataset.rows(0..<count, named: "\(dataset.name) train"))
    case "test":
      if let count = dataset.trainingCount {
        return .dataset(try dataset.rows(count..<dataset.count, named: "\(dataset.name) test"))
      }
    default:
      if let factor = dataset.factors[name] { return factor }
    }
    throw Fault.unknownField(name, of: "the data set", available: dataset.fieldNames)
  }

  // MARK: Conversion

  /// Refuses numbers that are about to be made one by one and would not fit the memory limit.
  func refuseBeyondMemory(count: Int) throws {
    let limit = host.engine.memoryLimit
    guard count <= limit / 4 else {
      throw TensorError.outOfMemory(bytes: 4 * count, limit: limit)
    }
  }

  /// The value as a tensor: booleans are 0 or 1, ranges their numbers, data sets their inputs.
  func tensor(_ value: Value, place: String = "this") throws -> Tensor {
    switch value {
    case .tensor(let tensor), .mask(let tensor): return tensor
    case .boolean(let flag): return Tensor(flag ? 1 : 0)
    case .range(let range):
      try refuseBeyondMemory(count: range.count)
      return try Tensor(
        (0..<range.count).map { Float(range[$0]) }, shape: [range.count])
    case .dataset(let dataset): return dataset.inputs
    case .parameter(let id): return state.layers.state.value(of: id)
    case .list(let values):
      let tensors = try values.map { try tensor($0, place: place) }
      guard let first = tensors.first else { return try Tensor([], shape: [0]) }
      guard tensors.allSatisfy({ $0.shape == first.shape }) else {
        throw Fault.raggedList(tensors.map(\.shape.description))
      }
      return try Tensor.stack(tensors, axis: 0)
    default:
      throw Fault.wrongKind(expected: "a tensor or number", got: value.kindName, place: place)
    }
  }
}

extension DatasetValue {
  var fieldNames: [String] {
    var names = [imageSize == nil ? "points" : "images", "train"]
    if labels != nil { names.insert("labels", at: 1) }
    if trainingCount != nil { names.append("test") }
    return names + factors.names
  }
}

extension Tensor {
  /// Tensors of one shape along a new axis.
  static func stack(_ tensors: [Tensor], axis: Int) throws(TensorError) -> Tensor {
    var parts: [Tensor] = []
    for tensor in tensors {
      var sizes = tensor.shape.sizes
      sizes.insert(1, at: axis)
      parts.append(try tensor.reshape(to: Shape(sizes)))
    }
    return try concat(parts, axis: axis)
  }
}
