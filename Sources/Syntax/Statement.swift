/// A node of the tree that does something.
package struct Statement: Sendable, Hashable {
  package let kind: Kind
  package let span: Span

  package init(_ kind: Kind, _ span: Span) {
    self.kind = kind
    self.span = span
  }

  package indirect enum Kind: Sendable, Hashable {
    case expression(Expression)
    /// `a, b = value`: one target takes the value whole, several take it apart.
    case assign([Target], Expression)
    /// `name[i] = value`, for lists.
    case assignElement(Target, index: Expression, Expression)
    /// `fn name(parameters) …`; the function's `name` is never nil.
    case define(Function)
    /// `for a, b in values`: one target takes each element whole, several take it apart.
    case forEach([Target], in: Expression, Block)
    case whileLoop(Expression, Block)
    case breakLoop
    case continueLoop
    case returnValue(Expression?)
  }
}

/// A name that a statement gives a value to.
package struct Target: Sendable, Hashable {
  package let name: String
  package let span: Span

  package init(name: String, span: Span) {
    self.name = name
    self.span = span
  }
}

/// Statements in braces, or a lone expression after `=` or `=>`.
package struct Block: Sendable, Hashable {
  package let statements: [Statement]
  package let span: Span

  package init(statements: [Statement], span: Span) {
    self.statements = statements
    self.span = span
  }
}

/// What the parser makes of a source: always a tree, and the diagnostics that say what it had to
/// skip.
package struct Program: Sendable, Hashable {
  package let statements: [Statement]
  /// Whether the text ends in `;`, which silences the display of the last value.
  package let isSilenced: Bool
  package let diagnostics: [Diagnostic]
  /// Whether the text stops in the middle of something (an open bracket or string, a binary
  /// operator at the end): a prompt then asks for another line.
  package let isIncomplete: Bool

  package init(
    statements: [Statement], isSilenced: Bool, diagnostics: [Diagnostic], isIncomplete: Bool
  ) {
    self.statements = statements
    self.isSilenced = isSilenced
    self.diagnostics = diagnostics
    self.isIncomplete = isIncomplete
  }
}
