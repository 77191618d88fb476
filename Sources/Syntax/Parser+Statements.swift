extension Parser {
  /// Statements up to `closing`, which is left for the caller, or up to the end.
  mutating func parseStatements(until closing: Symbol?) -> [Statement] {
    var statements: [Statement] = []
    let brackets = skipsNewlines
    while true {
      skipLines()
      if peek().kind == .end { return statements }
      if let closing, isNext(closing) { return statements }
      if take(.semicolon) { continue }
      do {
        let statement = try parseStatement()
        statements.append(statement)
        try endStatement(closing, after: statement)
      } catch {
        // Brackets that the statement has opened are gone with it; those around it still close.
        skipsNewlines = brackets
        recover()
        if closing == nil, isNext(.closeBrace) { advance() }
      }
    }
  }

  private mutating func endStatement(
    _ closing: Symbol?, after statement: Statement
  ) throws(Skip) {
    switch peek().kind {
    case .newline, .end, .symbol(.semicolon): return
    case .symbol(closing): return
    case .symbol(let symbol) where [.closeBrace, .closeBracket, .closeParenthesis].contains(symbol):
      throw fail(.unexpectedClosing(symbol.rawValue))
    case .symbol(.openBrace): throw fail(.trailingBlock)
    case .symbol(.assign): throw fail(.doubleAssignment)
    case .keyword(.else): throw fail(.elseWithoutIf)
    case .unknown:
      // The lexer has said what is wrong.
      if !faults.isEmpty { throw Skip() }
      throw fail(.unexpected(found))
    case .symbol(.comma): throw fail(.severalValues)
    case .symbol(.colon): throw fail(closing == .closeBrace ? .dictionary : .unexpected(found))
    case .name("elif"): throw fail(.otherLanguage("elif", here: "write else if"))
    default:
      guard case .expression(let value) = statement.kind, case .name(let name) = value.kind,
        beginsExpression
      else { throw fail(.unexpected(found)) }
      let near = Suggestion.closest(to: name, among: Array(commands))
      if near.isEmpty, case .name = peek().kind { throw fail(.unexpected(found)) }
      throw fail(.notACommand(name, near: near), at: value.span)
    }
  }

  mutating func parseStatement() throws(Skip) -> Statement {
    try nested { (parser) throws(Skip) in try parser.parseUnnestedStatement() }
  }

  private mutating func parseUnnestedStatement() throws(Skip) -> Statement {
    let start = peek().span.start
    let kind: Statement.Kind
    try refuseLeadingOperator()
    switch peek().kind {
    case .keyword(.fn): kind = try parseDefinition()
    case .keyword(.for): kind = try parseFor()
    case .keyword(.while): kind = try parseWhile()
    case .keyword(.break), .keyword(.continue): kind = try parseLoopExit()
    case .keyword(.return): kind = try parseReturn()
    default: kind = try parseAssignmentOrExpression()
    }
    return Statement(kind, Span(start, lastEnd))
  }

  // MARK: Assignment

  private mutating func parseAssignmentOrExpression() throws(Skip) -> Statement.Kind {
    try refuseOtherLanguages()
    // `help =` asks, `help = 3` gives a value.
    let asks = isNextName("help") && endsStatement(peek(2))
    if !asks, let targets = takeTargets() {
      skipLines()
      return .assign(targets, try parseAssignedValue(for: targets.count))
    }
    let value = try parseCommandOrExpression()
    guard isNext(.assign) else { return .expression(value) }
    guard case .index(let base, let subscripts) = value.kind, case .name(let name) = base.kind,
      subscripts.count == 1, case .at(let index) = subscripts[0]
    else { throw failAssignment(to: value) }
    advance()
    skipLines()
    let target = Target(name: name, span: base.span)
    return .assignElement(target, index: index, try parseCommandOrExpression())
  }

  private mutating func failAssignment(to value: Expression) -> Skip {
    let text = source.slice(value.span)
    let what = text.utf8.count <= 20 && !text.contains("\n") ? "`\(text)`" : "this"
    let help =
      switch value.kind {
      case .call: "a function is made with fn f(x) = …; == compares"
      case .member: "records do not change: make a new one with record(name: value)"
      case .index: "name[i] = value is for lists; tensors do not change: make a new one"
      case .boolean, .nothing: "it is a word of the language: choose another name"
      default: "a name stands left of =, as in x = 3; == compares"
      }
    return fail(.cannotAssign(to: what, help: help), at: value.span)
  }

  private func isNextName(_ name: String) -> Bool { peek().kind == .name(name) }

  /// `name =` or `name, name =`, if that is what comes next.
  private mutating func takeTargets() -> [Target]? {
    let start = mark
    var targets: [Target] = []
    while case .name(let name) = peek().kind {
      targets.append(Target(name: name, span: advance().span))
      if take(.assign) { return targets }
      if !take(.comma) { break }
    }
    mark = start
    return nil
  }

  /// `a, b = b, a`: several values on the right are a list.
  private mutating func parseAssignedValue(for targetCount: Int) throws(Skip) -> Expression {
    let first = try parseCommandOrExpression()
    guard targetCount > 1, isNext(.comma) else { return first }
    var values = [first]
    while take(.comma) {
      skipLines()
      values.append(try parseExpression())
    }
    return Expression(.list(values), first.span.union(values.last!.span))
  }

  /// Taken for a sign, the rest of a sum on a line of its own would be lost in silence.
  private mutating func refuseLeadingOperator() throws(Skip) {
    guard case .symbol(let symbol) = peek().kind else { return }
    let isSign = [.plus, .minus].contains(symbol) && peek(1).isSpaced
    guard isSign || [.times, .divide, .remainder, .power, .matrixProduct].contains(symbol)
    else { return }
    throw fail(.leadingOperator(symbol.rawValue))
  }

  private mutating func refuseOtherLanguages() throws(Skip) {
    guard case .name(let word) = peek().kind, peek(1).isSpaced,
      let advice = Parser.foreignWords[word]
    else { return }
    switch peek(1).kind {
    case .name, .number, .keyword: break
    default: return
    }
    throw fail(.otherLanguage(word, here: advice))
  }

  private static let foreignWords = [
    "def": "a function is fn f(x) = … or fn f(x) { … }", "func": "a function begins with fn",
    "function": "a function begins with fn", "let": "a value is given with name = …",
    "var": "a value is given with name = …", "const": "a value is given with name = …",
    "lambda": "a function is written x => …",
    "import": "everything is there already: help lists it",
    "from": "everything is there already: help lists it",
    "using": "everything is there already: help lists it",
    "class": "values go together in record(…)",
    "struct": "values go together in record(…)",
    "assert": "a claim is expect condition",
    "del": "a name is free to be given another value",
  ]

  // MARK: Functions

  private mutating func parseDefinition() throws(Skip) -> Statement.Kind {
    advance()
    if isNext(.openParenthesis) { throw fail(.namelessFunction) }
    guard case .name(let name) = peek().kind else { throw failName("`fn`") }
    advance()
    guard take(.openParenthesis) else {
      throw fail(.expectedParameters(of: name, found: found))
    }
    let parameters = try parseParameters()
    functionDepth += 1
    let outerLoops = loopDepth
    loopDepth = 0
    defer {
      functionDepth -= 1
      loopDepth = outerLoops
    }
    let body: Block
    if take(.assign) {
      skipLines()
      body = try parseExpressionBody()
    } else if isNext(.openBrace) {
      body = try parseBlock()
    } else {
      throw fail(.expectedBody(of: name, found: found))
    }
    return .define(Function(name: name, parameters: parameters, body: body))
  }

  /// Parameters up to and with `)`.
  mutating func parseParameters() throws(Skip) -> [Function.Parameter] {
    skipsNewlines.append(true)
    defer { skipsNewlines.removeLast() }
    var parameters: [Function.Parameter] = []
    while !isNext(.closeParenthesis) {
      guard case .name(let name) = peek().kind else {
        throw failName("a parameter")
      }
      let span = advance().span
      if parameters.contains(where: { $0.name == name }) {
        throw fail(.duplicateParameter(name), at: span)
      }
      let value = take(.assign) ? try parseExpression() : nil
      parameters.append(.init(name: name, defaultValue: value, span: span))
      if !take(.comma) { break }
    }
    guard take(.closeParenthesis) else { throw fail(.expected(", or )", found: found)) }
    return parameters
  }

  /// The expression after `=` or `=>` as a block of one statement.
  mutating func parseExpressionBody() throws(Skip) -> Block {
    let value = try parseCommandOrExpression()
    return Block(statements: [Statement(.expression(value), value.span)], span: value.span)
  }

  /// `{ statements }`. `{ x => statements }` is a block of one function.
  mutating func parseBlock() throws(Skip) -> Block {
    let start = peek().span
    let function = try parseBraces()
    let span = Span(start.start, lastEnd)
    guard !function.parameters.isEmpty else {
      return Block(statements: function.body.statements, span: span)
    }
    let statement = Statement(.expression(Expression(.function(function), span)), span)
    return Block(statements: [statement], span: span)
  }

  /// What stands in braces, as a function with or without parameters.
  mutating func parseBraces() throws(Skip) -> Function {
    let open = advance().span
    skipsNewlines.append(false)
    let parameters = takeBraceParameters()
    let statements = parseStatements(until: .closeBrace)
    skipsNewlines.removeLast()
    guard take(.closeBrace) else { throw fail(.unclosed("{", found: nil), at: open) }
    let span = Span(open.start, lastEnd)
    return Function(
      name: nil, parameters: parameters, body: Block(statements: statements, span: span))
  }

  /// `x =>` or `x, y =>` after an opening brace.
  private mutating func takeBraceParameters() -> [Function.Parameter] {
    let start = mark
    skipLines()
    var parameters: [Function.Parameter] = []
    while case .name(let name) = peek().kind {
      parameters.append(.init(name: name, defaultValue: nil, span: advance().span))
      if take(.arrow) { return parameters }
      if !take(.comma) { break }
    }
    mark = start
    return []
  }

  // MARK: Control

  private mutating func parseFor() throws(Skip) -> Statement.Kind {
    advance()
    var targets: [Target] = []
    repeat {
      guard case .name(let name) = peek().kind else { throw failName("`for`") }
      targets.append(Target(name: name, span: advance().span))
    } while take(.comma)
    guard peek().kind == .keyword(.in) else { throw fail(.expectedIn(found: found)) }
    advance()
    let sequence = try parseExpression()
    return .forEach(targets, in: sequence, try parseLoopBody(after: "for"))
  }

  private mutating func parseWhile() throws(Skip) -> Statement.Kind {
    advance()
    let condition = try parseCondition()
    return .whileLoop(condition, try parseLoopBody(after: "while"))
  }

  private mutating func parseLoopBody(after word: String) throws(Skip) -> Block {
    try inLoop { (parser) throws(Skip) in try parser.parseBody(after: word) }
  }

  /// Where `break` and `continue` may stand.
  mutating func inLoop(_ body: (inout Parser) throws(Skip) -> Block) throws(Skip) -> Block {
    loopDepth += 1
    defer { loopDepth -= 1 }
    return try body(&self)
  }

  mutating func parseBody(after word: String) throws(Skip) -> Block {
    guard isNext(.openBrace) else { throw fail(.expectedBlock(after: word, found: found)) }
    return try parseBlock()
  }

  mutating func parseCondition() throws(Skip) -> Expression {
    let condition = try parseExpression()
    if isNext(.assign) { throw fail(.assignmentInCondition) }
    return condition
  }

  private mutating func parseLoopExit() throws(Skip) -> Statement.Kind {
    let token = advance()
    guard loopDepth > 0 else {
      throw fail(.breakOutsideLoop(source.slice(token.span)), at: token.span)
    }
    return token.kind == .keyword(.break) ? .breakLoop : .continueLoop
  }

  private mutating func parseReturn() throws(Skip) -> Statement.Kind {
    let token = advance()
    guard functionDepth > 0 else { throw fail(.returnOutsideFunction, at: token.span) }
    switch peek().kind {
    case .newline, .end, .symbol(.semicolon), .symbol(.closeBrace): return .returnValue(nil)
    default: return .returnValue(try parseCommandOrExpression())
    }
  }
}
