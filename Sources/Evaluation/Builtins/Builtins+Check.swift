import Rendering
import Syntax
import Tensors

extension Builtins {
  static let check: [Builtin] = [
    Builtin(
      "expect(condition, what?)", .check, "fails the cell, and so the lesson, unless it holds",
      example: "expect 1 + 1 == 2, \"addition works\"", isCommand: true
    ) { call in
      guard let condition = call.given("condition") else { return .nothing }
      let what = try call.optionalString("what")
      guard try !call.at("condition", { try call.holds(condition) }) else { return .nothing }
      throw try call.at("condition") { () throws -> Diagnostic in
        throw Fault.expectationFailed(
          what, detail: try condition.expression.flatMap(call.evaluator.comparedSides))
      }
    },
    Builtin(
      "time() { … }", .check, "runs the block and shows how long it took",
      example: "time { sum(randn(100, 100) @ randn(100, 100)) };", isCommand: true
    ) { call in
      let clock = ContinuousClock()
      let start = clock.now
      let value = try call.runBlock()
      if value.isTensorLike { try call.evaluator.realize([call.evaluator.tensor(value)]) }
      try call.evaluator.settle()
      let elapsed = (clock.now - start).components
      let seconds = Double(elapsed.seconds) + Double(elapsed.attoseconds) * 1e-18
      call.evaluator.show("took \(duration(seconds))")
      return value
    },
  ]

  /// What a learner types who wants to know.
  static let help: [Builtin] = [
    Builtin(
      "help(name?)", .check, "explains a name; alone, lists all names by topic",
      example: "help relu", isCommand: true
    ) { call in
      guard let given = call.given("name") else {
        call.evaluator.show(Help.overview)
        return .nothing
      }
      try call.at("name") { try call.evaluator.showHelp(on: given.value) }
      return .nothing
    }
  ]

  /// 0.00123 s → `1.23 ms`.
  static func duration(_ seconds: Double) -> String {
    switch seconds {
    case ..<1e-3: NumberFormat.format(seconds * 1e6, significant: 3) + " µs"
    case ..<1: NumberFormat.format(seconds * 1e3, significant: 3) + " ms"
    default: NumberFormat.format(seconds, significant: 3) + " s"
    }
  }
}

extension BoundCall {
  /// A condition of many elements holds if all of them do. One of none holds only between equals
  /// of no elements: `shape(3) == []` does, `shape(3) == [5]` does not.
  fileprivate func holds(_ condition: GivenArgument) throws -> Bool {
    guard case .mask(let mask) = condition.value else {
      return try evaluator.isTrue(condition.value)
    }
    let elements = try evaluator.values(of: mask)
    if !elements.isEmpty { return elements.allSatisfy { $0 != 0 } }
    guard case .binary(.equal, _, let left, let right)? = condition.expression?.kind else {
      return false
    }
    let sides = try [left, right].map { try evaluator.tensor(evaluator.evaluate($0)) }
    return sides[0].shape == sides[1].shape
  }
}

extension Evaluator {
  /// What a variable is, or the entry of a name, sign, word or topic.
  fileprivate func showHelp(on value: Value) throws {
    guard case .string(let word) = value else { return try showKind(of: value) }
    let name = word == "π" ? "pi" : word
    if let variable = frame.lookUp(name) ?? state.globals[name] {
      return try showKind(of: variable)
    }
    guard let text = Help.text(for: name) else {
      throw Fault.noHelp(name, suggestions: Help.suggestions(for: name))
    }
    show(text)
  }

  private func showKind(of value: Value) throws {
    switch value {
    case .builtin, .function, .model, .optimizer, .dataset: try showValue(value)
    default: show(value.kindName)
    }
  }

  /// For a failed comparison, what each side was.
  fileprivate func comparedSides(_ expression: Expression) throws -> String? {
    guard case .binary(let symbol, _, let left, let right) = expression.kind,
      [.equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual].contains(symbol)
    else { return nil }
    // Looked at again only to report; a comparison has no effects.
    let sides = try [left, right].map { try formatted(evaluate($0)) }
    guard sides.allSatisfy({ $0.count <= 60 && !$0.contains("\n") }) else { return nil }
    return "\(sides[0]) \(symbol.rawValue) \(sides[1]) is false"
  }
}
