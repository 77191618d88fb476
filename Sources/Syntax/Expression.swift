/// A node of the tree that stands for a value, with the text it was read from.
package struct Expression: Sendable, Hashable {
  package let kind: Kind
  package let span: Span

  package init(_ kind: Kind, _ span: Span) {
    self.kind = kind
    self.span = span
  }

  package indirect enum Kind: Sendable, Hashable {
    case number(Double)
    case string([StringPart])
    case boolean(Bool)
    case nothing
    case name(String)
    case list([Expression])
    case unary(UnaryOperator, Expression)
    /// `operatorSpan` is where an error about the two sides points.
    case binary(BinaryOperator, operatorSpan: Span, Expression, Expression)
    /// `lower ..< upper`, `lower ... upper`, each with an optional `by step`.
    case range(lower: Expression, upper: Expression, closed: Bool, step: Expression?)
    case call(Call)
    case index(Expression, [Subscript])
    case member(Expression, String, nameSpan: Span)
    /// `x => body`, `{ x => body }`, `{ body }`.
    case function(Function)
    case conditional([Branch], otherwise: Block?)
    /// What the parser could not read; a diagnostic says why.
    case missing
  }
}

/// A call `callee(arguments) { trailing }`, or the same written as a command.
package struct Call: Sendable, Hashable {
  package let callee: Expression
  package let arguments: [Argument]
  package let trailing: Block?
  /// Whether it stands as a command: `verb argument, argument`, or with a block of its own.
  package let isCommand: Bool

  package init(callee: Expression, arguments: [Argument], trailing: Block?, isCommand: Bool) {
    self.callee = callee
    self.arguments = arguments
    self.trailing = trailing
    self.isCommand = isCommand
  }
}

package struct Argument: Sendable, Hashable {
  package let label: String?
  package let value: Expression
  /// The label, if any, with the value.
  package let span: Span

  package init(label: String?, value: Expression, span: Span) {
    self.label = label
    self.value = value
    self.span = span
  }
}

package enum Subscript: Sendable, Hashable {
  /// `:`, the whole axis.
  case all(Span)
  case at(Expression)
}

/// A function written in the program. A parameter may have a default value.
package struct Function: Sendable, Hashable {
  package let name: String?
  package let parameters: [Parameter]
  package let body: Block

  package init(name: String?, parameters: [Parameter], body: Block) {
    self.name = name
    self.parameters = parameters
    self.body = body
  }

  package struct Parameter: Sendable, Hashable {
    package let name: String
    package let defaultValue: Expression?
    package let span: Span

    package init(name: String, defaultValue: Expression?, span: Span) {
      self.name = name
      self.defaultValue = defaultValue
      self.span = span
    }
  }
}

/// One `if` or `else if` arm.
package struct Branch: Sendable, Hashable {
  package let condition: Expression
  package let body: Block

  package init(condition: Expression, body: Block) {
    self.condition = condition
    self.body = body
  }
}

package enum StringPart: Sendable, Hashable {
  case text(String)
  /// `{value:format}`; `format` is the text after the colon, for example `.4`.
  case interpolation(Expression, format: String?)
}

package enum UnaryOperator: String, Sendable, Hashable, CaseIterable {
  case negate = "-"
  case not = "not"
}

package enum BinaryOperator: String, Sendable, Hashable, CaseIterable {
  case power = "^"
  case matrixProduct = "@"
  case multiply = "*"
  case divide = "/"
  case remainder = "%"
  case add = "+"
  case subtract = "-"
  /// `encoder >> decoder`: composition of models and functions.
  case compose = ">>"
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case and = "and"
  case or = "or"
  /// `x |> f(2)` passes `x` as first argument.
  case pipe = "|>"
}
