import Models
import Syntax
import Tensors

/// A call of a built-in with its arguments under their parameters' names.
struct BoundCall {
  let signature: Signature
  let evaluator: Evaluator
  let bound: [String: [GivenArgument]]
  let block: Block?
  let span: Span

  // MARK: Arguments as they are

  func given(_ name: String) -> GivenArgument? { bound[name]?.first }

  func all(_ name: String) -> [GivenArgument] { bound[name] ?? [] }

  func value(_ name: String) -> Value? {
    guard let value = bound[name]?.first?.value else { return nil }
    if case .nothing = value { return nil }
    return value
  }

  func has(_ name: String) -> Bool { value(name) != nil }

  /// Runs `body` so that its faults point at the argument; a wrong kind shows the signature.
  func at<Result>(_ name: String, _ body: () throws -> Result) throws -> Result {
    guard let argument = bound[name]?.first else { return try body() }
    return try evaluator.located(at: argument.span) {
      do {
        return try body()
      } catch Fault.wrongKind(let expected, let got, let place, nil) {
        throw Fault.wrongKind(
          expected: expected, got: got, place: place, signature: signature.text)
      }
    }
  }

  // MARK: Arguments of a kind

  func tensor(_ name: String) throws -> Tensor {
    try at(name) {
      try evaluator.tensor(required(name), place: "`\(name)`")
    }
  }

  func optionalTensor(_ name: String) throws -> Tensor? {
    has(name) ? try tensor(name) : nil
  }

  func integer(_ name: String, default fallback: Int? = nil, in allowed: ClosedRange<Int>? = nil)
    throws -> Int
  {
    if !has(name), let fallback { return fallback }
    return try at(name) {
      let number = try evaluator.wholeNumber(required(name), place: "`\(name)`")
      if let allowed, !allowed.contains(number) {
        let bounds =
          allowed.upperBound == .max
          ? "at least \(allowed.lowerBound)" : "\(allowed.lowerBound) … \(allowed.upperBound)"
        throw Fault.outOfRange(value: "\(number)", place: "`\(name)`", allowed: bounds)
      }
      return number
    }
  }

  func number(_ name: String, default fallback: Float? = nil) throws -> Float {
    if !has(name), let fallback { return fallback }
    return try at(name) { try evaluator.number(tensor(name)) }
  }

  func flag(_ name: String, default fallback: Bool = false) throws -> Bool {
    guard let value = value(name) else { return fallback }
    return try at(name) { try evaluator.isTrue(value) }
  }

  func string(_ name: String) throws -> String {
    try at(name) {
      guard case .string(let text) = try required(name) else {
        throw Fault.wrongKind(
          expected: "a string", got: try required(name).kindName, place: "`\(name)`")
      }
      return text
    }
  }

  func optionalString(_ name: String) throws -> String? {
    has(name) ? try string(name) : nil
  }

  func function(_ name: String) throws -> Value {
    try at(name) {
      let value = try required(name)
      guard value.isCallable else {
        throw Fault.wrongKind(
          expected: "a function", got: value.kindName, place: "`\(name)`")
      }
      return value
    }
  }

  func model(_ name: String) throws -> Model {
    try at(name) {
      guard let model = try required(name).asModel else {
        throw Fault.wrongKind(
          expected: "a model", got: try required(name).kindName, place: "`\(name)`")
      }
      return model
    }
  }

  /// Sizes given one by one, or as one list.
  func sizes(_ name: String, atLeast least: Int = 0) throws -> [Int] {
    let arguments = all(name)
    var sizes: [Int] = []
    for argument in arguments {
      try evaluator.located(at: argument.span) {
        let tensor = try evaluator.tensor(argument.value, place: "a size")
        for number in try evaluator.values(of: tensor) {
          guard number == number.rounded() else { throw Fault.notWhole(number, place: "a size") }
          guard number < 1e15 else { throw Fault.tooLarge(number, place: "a size") }
          guard number >= Float(least) else {
            throw Fault.outOfRange(
              value: display(number), place: "a size", allowed: "at least \(least)")
          }
          sizes.append(Int(number))
        }
      }
    }
    return sizes
  }

  func shape(_ name: String) throws -> Shape {
    let shape = Shape(try sizes(name))
    guard shape.rank <= Shape.maximumRank else {
      throw TensorError.rankLimit(rank: shape.rank, limit: Shape.maximumRank)
    }
    return shape
  }

  /// Axes given as a number or a list; nil stands for all of them.
  func axes(_ name: String = "axis") throws -> [Int]? {
    guard has(name) else { return nil }
    return try at(name) {
      try evaluator.values(of: tensor(name)).map { number in
        guard number == number.rounded(), abs(number) < 100 else {
          throw Fault.notWhole(number, place: "`\(name)`")
        }
        return Int(number)
      }
    }
  }

  private func required(_ name: String) throws -> Value {
    guard let value = bound[name]?.first?.value else {
      throw Fault.missingArgument(name, signature: signature.text)
    }
    return value
  }

  // MARK: Blocks

  /// Runs the block here and now, in a scope of its own inside the caller's.
  func runBlock() throws -> Value {
    guard let block else {
      throw Fault.missingBlock(signature.name, signature: signature.text)
    }
    return try value(ofBlock: evaluator.runBlock(block))
  }

  /// The value of a block that must run to its end.
  func value(ofBlock flow: Flow) throws -> Value {
    guard case .value(let value) = flow else { throw Fault.blockLeft(signature.name) }
    return value
  }
}
