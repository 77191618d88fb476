/// Reads a source into a tree. It never fails: what cannot be read is skipped to the end of its
/// statement and leaves a diagnostic.
package struct Parser {
  let source: Source
  let commands: Set<String>
  private let tokens: [Token]
  private var position = 0
  /// Whether line breaks are skipped: true inside ( and [.
  var skipsNewlines: [Bool] = [false]
  var faults: [(SyntaxFault, Span)]
  var isIncomplete = false
  var depth = 0
  /// How many brackets are open where the index being read began: `x[2...]` may stop there.
  var indexDepth: Int?
  var loopDepth = 0
  var functionDepth = 0

  /// Levels inside each other, which bounds recursion here and wherever trees are walked.
  static let nestingLimit = 150
  /// Links of one chain of operators, calls or members.
  static let chainLimit = 1_000
  private static let shownFaults = 3

  /// Thrown after a fault was noted, and caught at the next statement.
  struct Skip: Error {}

  package static func parse(_ source: Source, commands: Set<String>) -> Program {
    var parser = Parser(source, commands: commands)
    let statements = parser.parseStatements(until: nil)
    let isSilenced = parser.endsInSemicolon
    return Program(
      statements: statements, isSilenced: isSilenced,
      diagnostics: parser.faults.prefix(shownFaults).map(parser.diagnostic),
      isIncomplete: parser.isIncomplete)
  }

  init(_ source: Source, commands: Set<String>, range: Span? = nil) {
    self.source = source
    self.commands = commands
    var lexer = Lexer(source, range: range)
    lexer.run()
    tokens = lexer.tokens
    faults = lexer.faults
  }

  private func diagnostic(_ fault: (SyntaxFault, Span)) -> Diagnostic {
    let sentence = fault.0.sentence
    return Diagnostic(
      id: sentence.id, message: sentence.message, source: source, span: fault.1,
      label: sentence.label, help: sentence.help)
  }

  private var endsInSemicolon: Bool {
    let last = tokens.last { $0.kind != .newline && $0.kind != .end }
    return last?.kind == .symbol(.semicolon)
  }

  // MARK: Tokens

  /// Whether nothing of the text has been read yet.
  var isAtStart: Bool { position == 0 }

  /// The token `ahead` places on, line breaks left out where they mean nothing.
  func peek(_ ahead: Int = 0) -> Token {
    var index = position
    var left = ahead
    while true {
      if skipsNewlines.last == true {
        while tokens[index].kind == .newline { index += 1 }
      }
      if left == 0 || tokens[index].kind == .end { return tokens[index] }
      left -= 1
      index += 1
    }
  }

  @discardableResult
  mutating func advance() -> Token {
    let token = peek()
    while tokens[position].span != token.span || tokens[position].kind != token.kind {
      position += 1
    }
    if token.kind != .end { position += 1 }
    return token
  }

  func isNext(_ symbol: Symbol) -> Bool { peek().kind == .symbol(symbol) }

  mutating func take(_ symbol: Symbol) -> Bool {
    guard isNext(symbol) else { return false }
    advance()
    return true
  }

  mutating func skipLines() {
    while tokens[position].kind == .newline { position += 1 }
  }

  /// The first token after any line breaks, without moving.
  func peekBeyondLines() -> Token {
    var index = position
    while tokens[index].kind == .newline { index += 1 }
    return tokens[index]
  }

  /// Where the last token that was taken ends.
  var lastEnd: Int { position > 0 ? tokens[position - 1].span.end : 0 }

  var mark: Int {
    get { position }
    set { position = newValue }
  }

  // MARK: Faults

  /// Notes a fault at `span` (default: the next token); the caller throws what it gives.
  mutating func fail(_ fault: SyntaxFault, at span: Span? = nil) -> Skip {
    if peek().kind == .end { isIncomplete = isIncomplete || faults.isEmpty }
    faults.append((fault, span ?? peek().span))
    return Skip()
  }

  mutating func failName(_ purpose: String) -> Skip {
    var isKeyword = false
    if case .keyword = peek().kind { isKeyword = true }
    return fail(.expectedName(for: purpose, found: found, isKeyword: isKeyword))
  }

  /// The text of the last token that was taken.
  var lastText: String { position > 0 ? source.slice(tokens[position - 1].span) : "" }

  /// Whether a line break that means nothing inside its bracket stands before the next token.
  var isOnNewLine: Bool { tokens[position].kind == .newline }

  /// How a message calls the next token.
  var found: String {
    switch peek().kind {
    case .end: "the end"
    case .newline: "the end of the line"
    case .string: "a text"
    default: "`\(source.slice(peek().span))`"
    }
  }

  mutating func nested<Result>(_ body: (inout Parser) throws(Skip) -> Result) throws(Skip) -> Result
  {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Parser.nestingLimit else { throw fail(.nestingLimit(Parser.nestingLimit)) }
    return try body(&self)
  }

  /// Leaves what cannot be read behind, up to the end of the statement or an unmatched `}`.
  mutating func recover() {
    var open = 0
    while true {
      switch tokens[position].kind {
      case .end: return
      case .newline where open == 0: return
      case .symbol(.semicolon) where open == 0: return
      case .symbol(.openBrace): open += 1
      case .symbol(.closeBrace):
        if open == 0 { return }
        open -= 1
      default: break
      }
      position += 1
    }
  }
}

extension Source {
  /// The text of a span, clipped to what there is.
  package func slice(_ span: Span) -> String {
    let bytes = text.utf8
    let start = bytes.index(bytes.startIndex, offsetBy: min(max(span.start, 0), bytes.count))
    let end = bytes.index(bytes.startIndex, offsetBy: min(max(span.end, span.start), bytes.count))
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }
}
