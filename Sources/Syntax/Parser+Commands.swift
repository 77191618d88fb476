extension Parser {
  /// At the start of a statement, and where a statement's value begins, a verb followed by a space
  /// takes the rest of the line.
  mutating func parseCommandOrExpression() throws(Skip) -> Expression {
    guard case .name(let name) = peek().kind, commands.contains(name) else {
      return try parseExpression()
    }
    if let question = parseQuestion(name) { return question }
    guard beginsArguments(peek(1)) else { return try withBlock(parseExpression()) }
    let verb = advance()
    let callee = Expression(.name(name), verb.span)
    var arguments: [Argument] = []
    if !isNext(.openBrace) { arguments = try parseCommandArguments() }
    let block = isNext(.openBrace) ? try parseTrailingBlock(of: name) : nil
    return Expression(
      .call(Call(callee: callee, arguments: arguments, trailing: block, isCommand: true)),
      Span(verb.span.start, lastEnd))
  }

  /// `panels(columns: 2) { … }` is the same as `panels columns: 2 { … }`.
  private mutating func withBlock(_ value: Expression) throws(Skip) -> Expression {
    guard isNext(.openBrace), case .call(let call) = value.kind,
      case .name(let name) = call.callee.kind, commands.contains(name)
    else { return value }
    let block = try parseTrailingBlock(of: name)
    return Expression(
      .call(
        Call(callee: call.callee, arguments: call.arguments, trailing: block, isCommand: true)),
      Span(value.span.start, lastEnd))
  }

  /// `help >>`, `help linear algebra` and `help mean(x)` ask about words as they stand, not about
  /// their values.
  private mutating func parseQuestion(_ verb: String) -> Expression? {
    guard verb == "help", peek(1).isSpaced else { return nil }
    var count = 1
    while case .name = peek(count).kind { count += 1 }
    // A sign or word of the grammar alone is no expression.
    if count == 1, peek(1).isOfGrammar { count = 2 }
    let isCall = count == 2 && peek(2).kind == .symbol(.openParenthesis) && !peek(2).isSpaced
    guard count > 1, isCall || endsStatement(peek(count)) else { return nil }
    let callee = Expression(.name(verb), advance().span)
    let words = (1..<count).map { _ in advance() }
    let span = words[0].span.union(words[words.count - 1].span)
    while isCall, !endsStatement(peek()) { advance() }
    let asked = Expression(.string([.text(source.slice(span))]), span)
    return Expression(
      .call(
        Call(
          callee: callee, arguments: [Argument(label: nil, value: asked, span: span)],
          trailing: nil, isCommand: true)),
      callee.span.union(span))
  }

  func endsStatement(_ token: Token) -> Bool {
    [.newline, .end, .symbol(.semicolon)].contains(token.kind)
  }

  /// `train` is a loop, which can be left.
  private mutating func parseTrailingBlock(of verb: String) throws(Skip) -> Block {
    verb == "train"
      ? try inLoop { (parser) throws(Skip) in try parser.parseBlock() } : try parseBlock()
  }

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
    if case .name(let name) = peek().kind, peek(1).kind == .symbol(.assign) {
      throw fail(.argumentNamedWithEquals(name), at: peek(1).span)
    }
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

extension Token {
  fileprivate var isOfGrammar: Bool {
    switch kind {
    case .symbol(.semicolon), .name, .number, .string, .newline, .end, .unknown: false
    case .symbol, .keyword, .superscript: true
    }
  }
}
