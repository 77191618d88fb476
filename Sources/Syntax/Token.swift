/// A word of the language.
package struct Token: Sendable, Hashable {
  package let kind: Kind
  package let span: Span
  /// Whether white space or a line break stands before it.
  package let isSpaced: Bool

  package enum Kind: Sendable, Hashable {
    case number(Double)
    /// Text and interpolations; what stands in braces is lexed again by the parser.
    case string([StringSegment])
    case name(String)
    case keyword(Keyword)
    case symbol(Symbol)
    /// `²`, `⁻¹`: the exponent it stands for.
    case superscript(Double)
    case newline
    case end
    /// A character that begins no word; a diagnostic says so.
    case unknown
  }
}

/// A piece of a string: text as it is, or the place of `expression:format` between braces.
package enum StringSegment: Sendable, Hashable {
  case text(String)
  case braces(expression: Span, format: String?)
}

package enum Keyword: String, Sendable, CaseIterable {
  case fn, `if`, `else`, `for`, `in`, `while`, `break`, `continue`, `return`, and, or, not
  case `true`, `false`, nothing
}

package enum Symbol: String, Sendable, CaseIterable {
  case openParenthesis = "("
  case closeParenthesis = ")"
  case openBracket = "["
  case closeBracket = "]"
  case openBrace = "{"
  case closeBrace = "}"
  case comma = ","
  case semicolon = ";"
  case colon = ":"
  case dot = "."
  case assign = "="
  case arrow = "=>"
  case plus = "+"
  case minus = "-"
  case times = "*"
  case divide = "/"
  case remainder = "%"
  case power = "^"
  case matrixProduct = "@"
  case compose = ">>"
  case pipe = "|>"
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case halfOpenRange = "..<"
  case closedRange = "..."
}
