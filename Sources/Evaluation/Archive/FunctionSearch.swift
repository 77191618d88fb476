import Syntax

/// Finds a function in a tree again by where it stands.
struct FunctionSearch {
  private let place: [Int]
  private var found: Function?

  /// Where the body and the parameters stand: a function in the braces of another has its body.
  static func place(of function: Function) -> [Int] {
    [function.body.span.start, function.body.span.end] + function.parameters.map(\.span.start)
  }

  static func function(at place: [Int], in program: Program) -> Function? {
    var search = FunctionSearch(place: place)
    for statement in program.statements { search.visit(statement) }
    return search.found
  }

  private init(place: [Int]) { self.place = place }

  private mutating func visit(_ block: Block) {
    for statement in block.statements { visit(statement) }
  }

  private mutating func visit(_ function: Function) {
    if FunctionSearch.place(of: function) == place {
      found = function
      return
    }
    for parameter in function.parameters { parameter.defaultValue.map { visit($0) } }
    visit(function.body)
  }

  private mutating func visit(_ statement: Statement) {
    if found != nil { return }
    switch statement.kind {
    case .expression(let value), .assign(_, let value): visit(value)
    case .assignElement(_, let index, let value):
      visit(index)
      visit(value)
    case .define(let function): visit(function)
    case .forEach(_, let values, let block):
      visit(values)
      visit(block)
    case .whileLoop(let condition, let block):
      visit(condition)
      visit(block)
    case .returnValue(let value): value.map { visit($0) }
    case .breakLoop, .continueLoop: break
    }
  }

  private mutating func visit(_ expression: Expression) {
    if found != nil { return }
    switch expression.kind {
    case .number, .boolean, .nothing, .name, .missing: break
    case .string(let parts):
      for case .interpolation(let value, _) in parts { visit(value) }
    case .list(let values): for value in values { visit(value) }
    case .unary(_, let value), .member(let value, _, _): visit(value)
    case .binary(_, _, let left, let right):
      visit(left)
      visit(right)
    case .range(let lower, let upper, _, let step):
      visit(lower)
      visit(upper)
      step.map { visit($0) }
    case .call(let call):
      visit(call.callee)
      for argument in call.arguments { visit(argument.value) }
      call.trailing.map { visit($0) }
    case .index(let value, let subscripts):
      visit(value)
      for case .at(let index) in subscripts { visit(index) }
    case .function(let function): visit(function)
    case .conditional(let branches, let otherwise):
      for branch in branches {
        visit(branch.condition)
        visit(branch.body)
      }
      otherwise.map { visit($0) }
    }
  }
}
