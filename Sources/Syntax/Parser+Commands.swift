extension Parser {
  /// At the start of a statement, and where a statement's value begins, a verb followed by a space
  /// takes the rest of the line.
  mutating func parseCommandOrExpression() throws(Skip) -> Expression {
    guard case .name(let name) = peek().kind, commands.contains(name), beginsArguments(peek(1))
    else {
      return try parseExpression()
    }
    let verb = advance()
    let callee = Expression(.name(name), verb.span)
    var arguments: [Argument] = []
    if !isNext(.openBrace) { arguments = try parseCommandArguments() }
    let block = isNext(.openBrace) ? try parseTrailingBlock() : nil
    return Expression(
      .call(Call(callee: callee, arguments: arguments, trailing: block, isCommand: true)),
      Span(verb.span.start, lastEnd))
  }

  private mutating func parseTrailingBlock() throws(Skip) -> Block { try parseBlock() }

  /// Whether the token after a verb begins an argument, rather than going on with an expression.
  private func beginsArguments(_ next: Token) -> Bool {
    guard next.isSpaced else { return false }
    switch next.kind {
    case .number, .string, .name, .keyword(.not), .keyword(.true), .keyword(.false),
      .keyword(.nothing), .keyword(.if), .keyword(.fn), .unknown:
      return true
    case .symbol(.openParenthesis), .symbol(.openBracket), .symbol(.openBrace): return true
    // `print -x` has an argument, `print - x` is a difference.
    case .symbol(.minus): return !peek(2).isSpaced
    default: return false
    }
  }

  private mutating func parseCommandArguments() throws(Skip) -> [Argument] {
    var arguments: [Argument] = []
    repeat {
      if !arguments.isEmpty { skipLines() }
      arguments.append(try parseArgument())
    } while take(.comma)
    return arguments
  }

  /// `value` or `label: value`.
  mutating func parseArgument() throws(Skip) -> Argument {
    let start = peek().span.start
    if case .name(let label) = peek().kind, peek(1).kind == .symbol(.colon) {
      advance()
      advance()
      let value = try parseExpression()
      return Argument(label: label, value: value, span: Span(start, lastEnd))
    }
    let value = try parseExpression()
    return Argument(label: nil, value: value, span: value.span)
  }
}
