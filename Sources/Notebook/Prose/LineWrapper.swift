import Typography

/// Breaks inline text into lines of a width.
struct LineWrapper {
  /// A word with the styles of its parts; words that touch have no space between them.
  private struct Word {
    var text: StyledText
    /// Number of spaces before it, unless it begins a line.
    var gap = 1
    var endsLine = false
  }

  private let width: Int
  private var words: [Word] = []
  /// Whether the next piece of text continues the last word.
  private var isOpen = false
  /// Number of spaces before the next word.
  private var gap = 1

  static func wrap(
    _ inlines: [Markdown.Inline], width: Int, style: StyledText.Style = []
  ) -> [StyledText] {
    var wrapper = LineWrapper(width: max(width, 1))
    wrapper.add(inlines, style)
    return wrapper.lines
  }

  private init(width: Int) {
    self.width = width
  }

  private mutating func add(_ inlines: [Markdown.Inline], _ style: StyledText.Style) {
    for inline in inlines {
      switch inline {
      case .text(let text): addWords(text, style)
      case .code(let code): addUnbroken(code, style.union(.code))
      case .formula(let latex):
        let text = MathUnicode.text(latex: latex)
        addUnbroken(text.split(separator: "\n").joined(separator: " "), style.union(.formula))
      case .emphasis(let inner): add(inner, style.union(.emphasis))
      case .strong(let inner): add(inner, style.union(.strong))
      case .strikethrough(let inner): add(inner, style.union(.strikethrough))
      case .link(let inner, let url): addLink(inner, url, style)
      case .image(let alternative, let url):
        addWords("[\(alternative.isEmpty ? "image" : alternative)]", style)
        addUrl(url, style)
      case .lineBreak:
        if words.isEmpty { words.append(Word(text: StyledText())) }
        words[words.count - 1].endsLine = true
        isOpen = false
      }
    }
  }

  private mutating func addLink(
    _ inner: [Markdown.Inline], _ url: String, _ style: StyledText.Style
  ) {
    add(inner, style.union(.link))
    if inner.plainText != url { addUrl(url, style) }
  }

  private mutating func addUrl(_ url: String, _ style: StyledText.Style) {
    isOpen = false
    append("(", style)
    append(url, style.union([.link, .mark]))
    append(")", style)
  }

  private mutating func addWords(_ text: String, _ style: StyledText.Style) {
    for (index, word) in text.split(separator: " ", omittingEmptySubsequences: false).enumerated() {
      // Spaces between words are one space; those of a formula keep its parts apart.
      if index > 0 { gap = !isOpen && style.contains(.formula) ? gap + 1 : 1 }
      if index > 0 { isOpen = false }
      append(String(word), style)
    }
  }

  /// Code and formulas stay on one line, unless they are too long for one.
  private mutating func addUnbroken(_ text: String, _ style: StyledText.Style) {
    if DisplayWidth.of(text) <= width { append(text, style) } else { addWords(text, style) }
  }

  private mutating func append(_ text: String, _ style: StyledText.Style) {
    if text.isEmpty { return }
    if !isOpen { words.append(Word(text: StyledText(), gap: gap)) }
    words[words.count - 1].text.append(text, style)
    isOpen = true
    gap = 1
  }

  private var lines: [StyledText] {
    var lines: [StyledText] = []
    var line = StyledText()
    var column = 0
    for word in words.flatMap(pieces) {
      let wordWidth = word.text.displayWidth
      if column > 0, column + word.gap + wordWidth > width {
        lines.append(line)
        line = StyledText()
        column = 0
      }
      if column > 0 {
        let before = line.runs.last?.style ?? []
        line.append(
          String(repeating: " ", count: word.gap),
          before.intersection(word.text.runs.first?.style ?? []))
        column += word.gap
      }
      line = line + word.text
      column += wordWidth
      if word.endsLine {
        lines.append(line)
        line = StyledText()
        column = 0
      }
    }
    if !line.runs.isEmpty { lines.append(line) }
    return lines
  }

  /// The word in pieces that fit on a line; an address stays whole, so that it can be opened.
  private func pieces(_ word: Word) -> [Word] {
    let isAddress = word.text.runs.contains { $0.style.contains(.link) }
    guard word.text.displayWidth > width, !isAddress else { return [word] }
    var pieces: [Word] = [Word(text: StyledText(), gap: word.gap)]
    var column = 0
    for run in word.text.runs {
      for character in run.text {
        if column > 0, column + DisplayWidth.of(character) > width {
          pieces.append(Word(text: StyledText()))
          column = 0
        }
        pieces[pieces.count - 1].text.append(String(character), run.style)
        column += DisplayWidth.of(character)
      }
    }
    pieces[pieces.count - 1].endsLine = word.endsLine
    return pieces
  }
}
