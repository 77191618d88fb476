/// Reads emphasis, code, links and formulas inside a paragraph.
struct InlineParser {
  private typealias Inline = Markdown.Inline

  /// A piece of the paragraph: finished, or a run of `*` or `_` or a bracket that may pair up.
  private enum Node {
    case inline(Markdown.Inline)
    case delimiter(Delimiter)
    case bracket(isImage: Bool)
  }

  private struct Delimiter {
    let character: Character
    var count: Int
    let canOpen: Bool
    let canClose: Bool
  }

  private let characters: [Character]
  private var position = 0
  private var nodes: [Node] = []
  private var pending = ""
  /// Number of delimiters and brackets so far.
  private var markCount = 0

  /// Marks beyond these are text, so that no paragraph can nest deeper than the stack allows.
  private static let mostMarks = 400

  static func parse(_ text: String) -> [Markdown.Inline] {
    var parser = InlineParser(characters: Array(text))
    parser.scan()
    return finished(parser.nodes)
  }

  private init(characters: [Character]) {
    self.characters = characters
  }

  // MARK: Scanning

  private mutating func scan() {
    while position < characters.count {
      let next = characters[position]
      switch next {
      case "\\": scanEscape()
      case "`": scanCode()
      case "$": scanFormula()
      case "*", "_", "~": scanDelimiter(next)
      case "[": pushBracket(isImage: false)
      case "!" where character(at: position + 1) == "[":
        position += 1
        pushBracket(isImage: true)
      case "]": scanLinkEnd()
      case "<": scanAngle()
      case "&": scanEntity()
      case "\n": scanLineEnd()
      default:
        pending.append(next)
        position += 1
      }
    }
    flush()
  }

  private func character(at index: Int) -> Character? {
    characters.indices.contains(index) ? characters[index] : nil
  }

  private mutating func flush() {
    guard !pending.isEmpty else { return }
    nodes.append(.inline(.text(pending)))
    pending = ""
  }

  private mutating func push(_ inline: Markdown.Inline) {
    flush()
    nodes.append(.inline(inline))
  }

  private mutating func scanEscape() {
    position += 1
    guard let next = character(at: position) else { return pending.append("\\") }
    position += 1
    if next == "\n" { return push(.lineBreak) }
    let isMark = next.isASCII && (next.isPunctuation || next.isSymbol)
    pending += isMark ? String(next) : "\\\(next)"
  }

  private mutating func scanCode() {
    let length = runLength(of: "`", at: position)
    var end = position + length
    while end < characters.count {
      let run = runLength(of: "`", at: end)
      if run == length { break }
      end += max(run, 1)
    }
    guard end < characters.count else {
      pending += String(repeating: "`", count: length)
      position += length
      return
    }
    var code = String(characters[(position + length)..<end].map { $0 == "\n" ? " " : $0 })
    if code.hasPrefix(" "), code.hasSuffix(" "), code.contains(where: { $0 != " " }) {
      code = String(code.dropFirst().dropLast())
    }
    push(.code(code))
    position = end + length
  }

  private func runLength(of character: Character, at start: Int) -> Int {
    var end = start
    while end < characters.count, characters[end] == character { end += 1 }
    return end - start
  }

  private mutating func scanFormula() {
    var scanner = FormulaScanner(characters, at: position)
    if case .formula(let latex, _)? = scanner.scanFormula() {
      push(.formula(latex: latex))
      position = scanner.end
    } else {
      let length = min(2, runLength(of: "$", at: position))
      pending += String(repeating: "$", count: length)
      position += length
    }
  }

  private mutating func scanDelimiter(_ mark: Character) {
    let count = runLength(of: mark, at: position)
    let before = character(at: position - 1)
    let after = character(at: position + count)
    position += count
    markCount += 1
    guard mark != "~" || count == 2, markCount < Self.mostMarks else {
      pending += String(repeating: mark, count: count)
      return
    }
    let leftFlanking = Self.flanks(after, from: before)
    let rightFlanking = Self.flanks(before, from: after)
    let isWordBefore = leftFlanking && rightFlanking && mark == "_"
    flush()
    nodes.append(
      .delimiter(
        Delimiter(
          character: mark, count: count,
          canOpen: leftFlanking && (!isWordBefore || before?.isMark == true),
          canClose: rightFlanking && (!isWordBefore || after?.isMark == true))))
  }

  /// Whether a run of delimiters belongs to `inside` rather than to what stands on its other side.
  private static func flanks(_ inside: Character?, from outside: Character?) -> Bool {
    guard let inside, !inside.isWhitespace else { return false }
    return !inside.isMark || (outside.map { $0.isWhitespace || $0.isMark } ?? true)
  }

  private mutating func scanAngle() {
    if let end = characters[position...].firstIndex(of: ">") {
      let inside = String(characters[(position + 1)..<end])
      if inside.hasPrefix("http://") || inside.hasPrefix("https://"), !inside.contains(" ") {
        push(.link([.text(inside)], url: inside))
        position = end + 1
        return
      }
      let name = inside.drop { $0 == "/" }.prefix { $0.isLetter || $0.isNumber }
      if let first = name.first, first.isASCII, first.isLetter {
        // HTML has no place on a terminal, but for its line breaks.
        if name.lowercased() == "br" { push(.lineBreak) }
        position = end + 1
        return
      }
    }
    pending.append("<")
    position += 1
  }

  private mutating func scanEntity() {
    let entities = ["&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": "\"", "&nbsp;": "\u{A0}"]
    let ahead = String(characters[position..<min(position + 6, characters.count)])
    for (name, text) in entities where ahead.hasPrefix(name) {
      pending += text
      position += name.count
      return
    }
    pending.append("&")
    position += 1
  }

  private mutating func scanLineEnd() {
    position += 1
    let isHard = pending.hasSuffix("  ")
    while pending.hasSuffix(" ") { pending.removeLast() }
    if isHard { push(.lineBreak) } else { pending.append(" ") }
  }

  // MARK: Links

  private mutating func pushBracket(isImage: Bool) {
    position += 1
    markCount += 1
    guard markCount < Self.mostMarks else {
      pending += isImage ? "![" : "["
      return
    }
    flush()
    nodes.append(.bracket(isImage: isImage))
  }

  private mutating func scanLinkEnd() {
    position += 1
    flush()
    let opening = nodes.lastIndex { if case .bracket = $0 { true } else { false } }
    guard let opening, case .bracket(let isImage) = nodes[opening] else {
      return pending.append("]")
    }
    guard let url = scanDestination() else {
      nodes[opening] = .inline(.text(isImage ? "![" : "["))
      return pending.append("]")
    }
    let inner = Self.finished(Array(nodes[(opening + 1)...]))
    nodes.removeSubrange(opening...)
    nodes.append(
      .inline(
        isImage ? .image(alternative: inner.plainText, url: url) : .link(inner, url: url)))
  }

  /// Reads `(address "title")`, or leaves the position where it is.
  private mutating func scanDestination() -> String? {
    guard character(at: position) == "(" else { return nil }
    var open = 0
    var end = position
    while end < characters.count {
      open += characters[end] == "(" ? 1 : characters[end] == ")" ? -1 : 0
      if open == 0 { break }
      end += 1
    }
    guard end < characters.count else { return nil }
    let inside = String(characters[(position + 1)..<end]).trimmed
    position = end + 1
    if inside.hasPrefix("<"), let close = inside.firstIndex(of: ">") {
      return String(inside[inside.index(after: inside.startIndex)..<close])
    }
    return inside.split(separator: " ", maxSplits: 1).first.map(String.init) ?? ""
  }

  // MARK: Emphasis

  /// Pairs delimiters from left to right, each closing with the nearest that can open.
  private static func finished(_ nodes: [Node]) -> [Markdown.Inline] {
    var stack: [Node] = []
    for node in nodes {
      guard case .delimiter(var closer) = node, closer.canClose else {
        stack.append(node)
        continue
      }
      while closer.count > 0, let opener = lastOpener(for: closer, in: stack),
        case .delimiter(var opening) = stack[opener]
      {
        let used = min(2, min(opening.count, closer.count))
        let inner = literal(Array(stack[(opener + 1)...]))
        stack.removeSubrange(opener...)
        opening.count -= used
        closer.count -= used
        if opening.count > 0 { stack.append(.delimiter(opening)) }
        stack.append(
          .inline(
            closer.character == "~"
              ? .strikethrough(inner) : used == 2 ? .strong(inner) : .emphasis(inner)))
      }
      if closer.count > 0 { stack.append(.delimiter(closer)) }
    }
    return literal(stack)
  }

  private static func lastOpener(for closer: Delimiter, in stack: [Node]) -> Int? {
    stack.lastIndex { node in
      guard case .delimiter(let opener) = node, opener.canOpen,
        opener.character == closer.character
      else { return false }
      // The rule of three: `*a**b*` is not an emphasis within an emphasis.
      let isAmbiguous = opener.canClose || closer.canOpen
      return !isAmbiguous || (opener.count + closer.count) % 3 != 0
        || opener.count % 3 == 0 && closer.count % 3 == 0
    }
  }

  /// What did not pair up is text; texts that touch become one.
  private static func literal(_ nodes: [Node]) -> [Markdown.Inline] {
    var inlines: [Markdown.Inline] = []
    for node in nodes {
      let inline: Markdown.Inline =
        switch node {
        case .inline(let inline): inline
        case .delimiter(let run): .text(String(repeating: run.character, count: run.count))
        case .bracket(let isImage): .text(isImage ? "![" : "[")
        }
      if case .text(let text) = inline, case .text(let before)? = inlines.last {
        inlines[inlines.count - 1] = .text(before + text)
      } else {
        inlines.append(inline)
      }
    }
    return inlines
  }
}

extension Character {
  fileprivate var isMark: Bool { isPunctuation || isSymbol }
}
