/// Says what each part of a text is, for colouring; works on broken text too.
package enum Highlighter {
  package enum Role: String, Sendable, Hashable, CaseIterable {
    case keyword, number, string, comment, command
  }

  package struct Highlight: Sendable, Hashable {
    package let span: Span
    package let role: Role
  }

  /// The parts that have a role, in order, without overlap.
  package static func highlights(_ source: Source, commands: Set<String>) -> [Highlight] {
    var highlights: [Highlight] = []
    var position = 0
    var beginsStatement = true
    for token in Lexer.tokenize(source) {
      highlights += comment(in: source, from: position, to: token.span.start)
      position = token.span.end
      if let role = role(of: token, beginsStatement, commands), token.span.end > token.span.start {
        highlights.append(Highlight(span: token.span, role: role))
      }
      beginsStatement =
        switch token.kind {
        case .newline, .symbol(.semicolon), .symbol(.openBrace), .symbol(.assign),
          .symbol(.arrow):
          true
        default: false
        }
    }
    return highlights
  }

  private static func role(
    of token: Token, _ beginsStatement: Bool, _ commands: Set<String>
  ) -> Role? {
    switch token.kind {
    case .number, .superscript: .number
    case .string: .string
    case .keyword: .keyword
    case .name(let name): beginsStatement && commands.contains(name) ? .command : nil
    case .symbol, .newline, .end, .unknown: nil
    }
  }

  /// What stands between two words is space or a comment.
  private static func comment(in source: Source, from start: Int, to end: Int) -> [Highlight] {
    guard start < end else { return [] }
    let text: String = source.slice(Span(start, end))
    guard let sign = text.utf8.firstIndex(of: UInt8(ascii: "#")) else { return [] }
    let offset = text.utf8.distance(from: text.utf8.startIndex, to: sign)
    let length = text.utf8[sign...].prefix { $0 != UInt8(ascii: "\n") }.count
    let first = start + offset
    return [Highlight(span: Span(first, first + length), role: .comment)]
      + comment(in: source, from: first + length, to: end)
  }
}
