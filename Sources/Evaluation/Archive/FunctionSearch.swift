import Syntax

/// Finds a function in a tree again by where its body stands.
struct FunctionSearch {
  private let body: Span
  private var found: Function?

  static func function(withBody body: Span, in program: Program) -> Function? {
    var search = FunctionSearch(body: body)
    for statement in program.statements { search.visit(statement) }
    return search.found
  }

  private init(body: Span) { self.body = body }

  private mutating func visit(_ block: Block) {
    for statement in block.statements { visit(statement) }
  }

  private mutating func visit(_ function: Function) {
    if function.body.span == body { found = function }
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
