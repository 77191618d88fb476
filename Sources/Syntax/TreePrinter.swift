/// Draws trees as indented lines, one node a line.
package enum TreePrinter {
  package static func print(_ program: Program) -> String {
    program.statements.flatMap { lines($0) }.joined(separator: "\n")
  }

  private static func lines(_ statement: Statement) -> [String] {
    switch statement.kind {
    case .expression(let value): return lines(value)
    case .assign(let targets, let value):
      return ["assign " + targets.map(\.name).joined(separator: ", ")] + indented(lines(value))
    case .assignElement(let target, let index, let value):
      return ["assign element of \(target.name)"] + indented(lines(index) + lines(value))
    case .define(let function): return lines(function)
    case .forEach(let targets, let sequence, let body):
      return ["for " + targets.map(\.name).joined(separator: ", ")]
        + indented(lines(sequence) + lines(body))
    case .whileLoop(let condition, let body):
      return ["while"] + indented(lines(condition) + lines(body))
    case .breakLoop: return ["break"]
    case .continueLoop: return ["continue"]
    case .returnValue(let value): return ["return"] + indented(value.map(lines) ?? [])
    }
  }

  private static func lines(_ expression: Expression) -> [String] {
    switch expression.kind {
    case .number(let value):
      return [
        "number \(value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)")"
      ]
    case .string(let parts): return ["string"] + indented(parts.flatMap(lines))
    case .boolean(let flag): return ["\(flag)"]
    case .nothing: return ["nothing"]
    case .name(let name): return ["name \(name)"]
    case .list(let elements): return ["list"] + indented(elements.flatMap(lines))
    case .unary(let symbol, let operand): return ["\(symbol.rawValue)"] + indented(lines(operand))
    case .binary(let symbol, _, let left, let right):
      return ["\(symbol.rawValue)"] + indented(lines(left) + lines(right))
    case .range(let lower, let upper, let closed, let step):
      return [closed ? "..." : "..<"]
        + indented(lines(lower) + lines(upper) + (step.map { ["by"] + indented(lines($0)) } ?? []))
    case .call(let call): return lines(call)
    case .index(let base, let subscripts):
      return ["index"] + indented(lines(base) + subscripts.flatMap(lines))
    case .member(let base, let name, _): return ["field \(name)"] + indented(lines(base))
    case .function(let function): return lines(function)
    case .conditional(let branches, let otherwise):
      let arms = branches.flatMap { ["if"] + indented(lines($0.condition) + lines($0.body)) }
      return arms + (otherwise.map { ["else"] + indented(lines($0)) } ?? [])
    case .missing: return ["missing"]
    }
  }

  private static func lines(_ call: Call) -> [String] {
    let arguments = call.arguments.flatMap { argument in
      argument.label.map { ["\($0):"] + indented(lines(argument.value)) } ?? lines(argument.value)
    }
    return [call.isCommand ? "command" : "call"]
      + indented(lines(call.callee) + arguments + (call.trailing.map(lines) ?? []))
  }

  private static func lines(_ function: Function) -> [String] {
    let names = function.parameters.map(\.name).joined(separator: ", ")
    return ["fn \(function.name ?? "")(\(names))"] + indented(lines(function.body))
  }

  private static func lines(_ block: Block) -> [String] {
    ["block"] + indented(block.statements.flatMap { lines($0) })
  }

  private static func lines(_ part: StringPart) -> [String] {
    switch part {
    case .text(let text): return ["text \(text.debugDescription)"]
    case .interpolation(let value, let format):
      return ["braces" + (format.map { " :\($0)" } ?? "")] + indented(lines(value))
    }
  }

  private static func lines(_ entry: Subscript) -> [String] {
    switch entry {
    case .all: [":"]
    case .at(let value): lines(value)
    }
  }

  private static func indented(_ lines: [String]) -> [String] { lines.map { "  " + $0 } }
}
