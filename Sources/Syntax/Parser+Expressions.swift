extension Parser {
  mutating func parseExpression() throws(Skip) -> Expression {
    try nested { (parser) throws(Skip) in try parser.parseBinary(.pipe) }
  }

  // MARK: Operators

  mutating func parseBinary(_ lowest: Precedence) throws(Skip) -> Expression {
    var left = try parsePrefix(lowest)
    var links = 0
    while let (symbol, precedence) = nextOperator(), precedence >= lowest {
      links += 1
      guard links < Parser.chainLimit else { throw fail(.nestingLimit(Parser.chainLimit)) }
      guard let symbol else {
        left = try parseRange(left)
        continue
      }
      if symbol == .pipe { skipLines() }
      let token = advance()
      skipLines()
      // Powers group from the right: 2^3^2 is 2^9; and 2^-1 takes a sign.
      let isPower = symbol == .power
      let right = try nested { (parser) throws(Skip) in
        guard parser.beginsExpression else {
          throw parser.fail(
            .expectedExpression(after: parser.source.slice(token.span), found: parser.found))
        }
        return try parser.parseBinary(isPower ? .sign : precedence.next)
      }
      left = Expression(
        .binary(symbol, operatorSpan: token.span, left, right), left.span.union(right.span))
      if precedence == .comparison, let (next, level) = nextOperator(), level == .comparison,
        next != nil
      {
        throw fail(.comparisonChain)
      }
    }
    return left
  }

  /// The operator that comes next; nil inside stands for a range. A pipe may begin the next line.
  private func nextOperator() -> (BinaryOperator?, Precedence)? {
    switch peek().kind {
    case .symbol(.halfOpenRange), .symbol(.closedRange): return (nil, .range)
    case .newline where peekBeyondLines().kind == .symbol(.pipe): return (.pipe, .pipe)
    case let kind: return kind.binaryOperator.map { ($0, $0.precedence) }
    }
  }

  private mutating func parsePrefix(_ lowest: Precedence) throws(Skip) -> Expression {
    let start = peek().span
    switch peek().kind {
    case .symbol(.minus):
      advance()
      let operand = try nested { (parser) throws(Skip) in try parser.parseBinary(.sign) }
      if case .number(let value) = operand.kind {
        return Expression(.number(-value), start.union(operand.span))
      }
      return Expression(.unary(.negate, operand), start.union(operand.span))
    case .symbol(.plus):
      advance()
      return try nested { (parser) throws(Skip) in try parser.parseBinary(.sign) }
    case .symbol(.pipe) where isAtStart:
      // What a line at the prompt passes on is the last value shown.
      return Expression(.name("_"), Span(start.start, start.start))
    case .keyword(.not):
      advance()
      let operand = try nested { (parser) throws(Skip) in try parser.parseBinary(.comparison) }
      return Expression(.unary(.not, operand), start.union(operand.span))
    default: return try parsePostfix()
    }
  }

  // MARK: Calls, indices, members

  private mutating func parsePostfix() throws(Skip) -> Expression {
    var value = try parsePrimary()
    var links = 0
    while true {
      links += 1
      guard links < Parser.chainLimit else { throw fail(.nestingLimit(Parser.chainLimit)) }
      let token = peek()
      switch token.kind {
      case .symbol(.openParenthesis) where !token.isSpaced: value = try parseCall(value)
      case .symbol(.openBracket) where !token.isSpaced: value = try parseIndex(value)
      case .symbol(.dot):
        advance()
        skipLines()
        guard case .name(let name) = peek().kind else {
          throw failName("a field after the dot")
        }
        let nameSpan = advance().span
        value = Expression(.member(value, name, nameSpan: nameSpan), value.span.union(nameSpan))
      case .superscript(let exponent):
        advance()
        let power = Expression(.number(exponent), token.span)
        value = Expression(
          .binary(.power, operatorSpan: token.span, value, power), value.span.union(token.span))
      default: return value
      }
    }
  }

  private mutating func parseCall(_ callee: Expression) throws(Skip) -> Expression {
    let open = advance().span
    skipsNewlines.append(true)
    var arguments: [Argument] = []
    while !isNext(.closeParenthesis) {
      guard beginsExpression else { throw failInside("(", open) }
      arguments.append(try parseArgument())
      if !take(.comma) { break }
    }
    guard isNext(.closeParenthesis) else { throw failInside("(", open) }
    advance()
    skipsNewlines.removeLast()
    return Expression(
      .call(Call(callee: callee, arguments: arguments, trailing: nil, isCommand: false)),
      Span(callee.span.start, lastEnd))
  }

  private mutating func parseIndex(_ base: Expression) throws(Skip) -> Expression {
    let open = advance().span
    skipsNewlines.append(true)
    var subscripts: [Subscript] = []
    while !isNext(.closeBracket) {
      if isNext(.colon) {
        subscripts.append(.all(advance().span))
        if !isNext(.comma), !isNext(.closeBracket), peek().kind != .end { throw fail(.colonSlice) }
      } else {
        let isOpenRange = isNext(.halfOpenRange) || isNext(.closedRange)
        guard beginsExpression || isOpenRange else { throw failInside("[", open) }
        subscripts.append(.at(try parseSubscript()))
      }
      if !take(.comma) { break }
    }
    guard isNext(.closeBracket) else { throw failInside("[", open) }
    guard !subscripts.isEmpty else { throw fail(.expectedExpression(after: "[", found: found)) }
    advance()
    skipsNewlines.removeLast()
    return Expression(.index(base, subscripts), Span(base.span.start, lastEnd))
  }

  /// A bracket that the end of the text leaves open, or something inside that does not belong.
  private mutating func failInside(_ bracket: String, _ open: Span) -> Skip {
    if peek().kind == .end { return fail(.unclosed(bracket, found: nil), at: open) }
    if peek().kind == .keyword(.for), !isOnNewLine { return fail(.loopInList) }
    switch peek().kind {
    case .symbol(.closeParenthesis), .symbol(.closeBracket), .symbol(.closeBrace):
      return fail(.unclosed(bracket, found: found), at: open)
    case .symbol(.comma): return fail(.expectedExpression(after: lastText, found: found))
    case .symbol(.semicolon) where bracket == "[":
      let fault = fail(.rowsBySemicolon)
      // The rest of the list is no statement.
      while ![.symbol(.closeBracket), .newline, .end].contains(peek().kind) { advance() }
      return fault
    case .symbol(.colon) where bracket == "[": return fail(.colonSlice)
    default: break
    }
    if isOnNewLine, beginsStatement { return fail(.unclosed(bracket, found: found), at: open) }
    if bracket == "[", beginsExpression { return fail(.spacedElements) }
    return fail(.expected(bracket == "(" ? ", or )" : ", or ]", found: found))
  }

  /// Whether what comes next can only be another statement: the bracket before was forgotten.
  private var beginsStatement: Bool {
    switch peek().kind {
    case .keyword(.fn), .keyword(.for), .keyword(.while), .keyword(.return): true
    case .name(let name): commands.contains(name) || peek(1).kind == .symbol(.assign)
    default: false
    }
  }

  // MARK: Primary expressions

  /// Whether the next token can begin an expression.
  var beginsExpression: Bool {
    switch peek().kind {
    case .number, .string, .name, .superscript: return true
    case .keyword(let word): return [.not, .true, .false, .nothing, .if, .fn].contains(word)
    case .symbol(let symbol):
      return [.openParenthesis, .openBracket, .openBrace, .minus, .plus].contains(symbol)
    case .newline, .end, .unknown: return false
    }
  }

  private mutating func parsePrimary() throws(Skip) -> Expression {
    let token = peek()
    switch token.kind {
    case .number(let value):
      advance()
      return Expression(.number(value), token.span)
    case .string(let segments):
      advance()
      return Expression(.string(try parseSegments(segments)), token.span)
    case .keyword(.true), .keyword(.false):
      advance()
      return Expression(.boolean(token.kind == .keyword(.true)), token.span)
    case .keyword(.nothing):
      advance()
      return Expression(.nothing, token.span)
    case .keyword(.if): return try parseConditional()
    case .name(let name):
      advance()
      if case .string = peek().kind, !peek().isSpaced { throw fail(.prefixedText(name)) }
      guard isNext(.arrow) else { return Expression(.name(name), token.span) }
      advance()
      return try parseArrowBody(
        [.init(name: name, defaultValue: nil, span: token.span)], from: token.span.start)
    case .symbol(.openParenthesis): return try parseParenthesis()
    case .symbol(.openBracket): return try parseList()
    case .symbol(.openBrace):
      let function = try inFunction { (parser) throws(Skip) in try parser.parseBraces() }
      return Expression(.function(function), Span(token.span.start, lastEnd))
    case .unknown:
      // The lexer has said what is wrong.
      throw faults.isEmpty ? fail(.unexpected(found)) : Skip()
    case .symbol(let symbol) where [.closeParenthesis, .closeBracket, .closeBrace].contains(symbol):
      throw fail(.unexpectedClosing(symbol.rawValue))
    case .keyword(.fn): throw fail(.namelessFunction)
    case .keyword(.else): throw fail(.elseWithoutIf)
    default: throw fail(.expectedExpression(after: nil, found: found))
    }
  }

  private mutating func inFunction<Result>(
    _ body: (inout Parser) throws(Skip) -> Result
  ) throws(Skip) -> Result {
    let outerLoops = loopDepth
    functionDepth += 1
    loopDepth = 0
    defer {
      functionDepth -= 1
      loopDepth = outerLoops
    }
    return try body(&self)
  }

  /// What follows `=>`: an expression, or a block.
  private mutating func parseArrowBody(
    _ parameters: [Function.Parameter], from start: Int
  ) throws(Skip) -> Expression {
    skipLines()
    let body = try inFunction { (parser) throws(Skip) -> Block in
      try parser.nested { (parser) throws(Skip) in
        parser.isNext(.openBrace) ? try parser.parseBlock() : try parser.parseExpressionBody()
      }
    }
    return Expression(
      .function(Function(name: nil, parameters: parameters, body: body)), Span(start, lastEnd))
  }

  private mutating func parseParenthesis() throws(Skip) -> Expression {
    let open = advance().span
    if isArrowAfterParameters {
      let parameters = try parseParameters()
      advance()
      return try parseArrowBody(parameters, from: open.start)
    }
    skipsNewlines.append(true)
    guard beginsExpression else {
      if peek().kind == .end { throw fail(.unclosed("(", found: nil), at: open) }
      throw fail(.expectedExpression(after: "(", found: found))
    }
    let value = try parseExpression()
    if isNext(.comma) { throw fail(.twoInParentheses) }
    guard isNext(.closeParenthesis) else { throw failInside("(", open) }
    advance()
    skipsNewlines.removeLast()
    return Expression(value.kind, Span(open.start, lastEnd))
  }

  /// Whether what follows an opening parenthesis is `parameters) =>`.
  private var isArrowAfterParameters: Bool {
    var ahead = 0
    var open = 1
    while open > 0 {
      switch peek(ahead).kind {
      case .end, .newline: return false
      case .symbol(.openParenthesis): open += 1
      case .symbol(.closeParenthesis): open -= 1
      default: break
      }
      ahead += 1
      // Parameter lists are short; the bound keeps nested parentheses linear.
      if ahead > 64 { return false }
    }
    return peek(ahead).kind == .symbol(.arrow)
  }

  private mutating func parseList() throws(Skip) -> Expression {
    let open = advance().span
    skipsNewlines.append(true)
    var elements: [Expression] = []
    while !isNext(.closeBracket) {
      guard beginsExpression else { throw failInside("[", open) }
      elements.append(try parseExpression())
      if !take(.comma) { break }
    }
    guard isNext(.closeBracket) else { throw failInside("[", open) }
    advance()
    skipsNewlines.removeLast()
    return Expression(.list(elements), Span(open.start, lastEnd))
  }

  private mutating func parseConditional() throws(Skip) -> Expression {
    let start = advance().span.start
    var branches = [
      Branch(condition: try parseCondition(), body: try parseBody(after: "if"))
    ]
    while peekBeyondLines().kind == .keyword(.else) {
      skipLines()
      advance()
      guard peek().kind == .keyword(.if) else {
        let otherwise = try parseBody(after: "else")
        return Expression(.conditional(branches, otherwise: otherwise), Span(start, lastEnd))
      }
      advance()
      branches.append(
        Branch(condition: try parseCondition(), body: try parseBody(after: "else if")))
      guard branches.count < Parser.chainLimit else {
        throw fail(.nestingLimit(Parser.chainLimit))
      }
    }
    return Expression(.conditional(branches, otherwise: nil), Span(start, lastEnd))
  }

  // MARK: Strings

  private mutating func parseSegments(_ segments: [StringSegment]) throws(Skip) -> [StringPart] {
    var parts: [StringPart] = []
    for segment in segments {
      switch segment {
      case .text(let text): parts.append(.text(text))
      case .braces(let span, let format):
        var inner = Parser(source, commands: commands, range: span)
        inner.depth = depth + 1
        inner.skipsNewlines = [true]
        let value = try? inner.parseWhole()
        faults += inner.faults
        guard let value else { throw Skip() }
        parts.append(.interpolation(value, format: format))
      }
    }
    return parts
  }

  private mutating func parseWhole() throws(Skip) -> Expression {
    if peek().kind == .end {
      let end = peek().span.start
      throw fail(.emptyBraces, at: Span(end - 1, end + 1))
    }
    guard beginsExpression else { throw fail(.expectedExpression(after: "{", found: found)) }
    let value = try parseExpression()
    guard peek().kind == .end else { throw fail(.expected("}", found: found)) }
    return value
  }
}
