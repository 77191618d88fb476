/// A piece of Markdown as a terminal shows it.
package indirect enum Markdown: Sendable, Hashable {
  case heading(level: Int, [Inline])
  case paragraph([Inline])
  case code(language: String, lines: [String])
  case quote([Markdown])
  case list(List)
  case table(Table)
  case formula(latex: String)
  case rule

  package struct List: Sendable, Hashable {
    /// The number of the first item, nil for a list with bullets.
    package var start: Int?
    /// Whether no blank lines stand between the items.
    package var isTight: Bool
    package var items: [[Markdown]]
  }

  package struct Table: Sendable, Hashable {
    package var alignments: [Alignment]
    package var header: [[Inline]]
    package var rows: [[[Inline]]]

    package enum Alignment: Sendable, Hashable {
      case leading, centre, trailing
    }
  }

  package indirect enum Inline: Sendable, Hashable {
    case text(String)
    case code(String)
    case emphasis([Inline])
    case strong([Inline])
    case strikethrough([Inline])
    case link([Inline], url: String)
    case image(alternative: String, url: String)
    case formula(latex: String)
    case lineBreak
  }

  /// Reads the Markdown that lessons use. No text is refused.
  package static func parse(_ text: String) -> [Markdown] {
    MarkdownParser.parse(text.textLines.map { $0.content.expandingTabs.withoutControls })
  }

  /// All headings with their levels, top to bottom.
  package static func headings(in text: String) -> [(level: Int, text: [Inline])] {
    parse(text).compactMap { block in
      if case .heading(let level, let text) = block { (level, text) } else { nil }
    }
  }
}

extension [Markdown.Inline] {
  /// The words without their styles.
  package var plainText: String {
    map { inline in
      switch inline {
      case .text(let text), .code(let text): text
      case .emphasis(let inner), .strong(let inner), .strikethrough(let inner),
        .link(let inner, _):
        inner.plainText
      case .image(let alternative, _): alternative
      case .formula(let latex): MathUnicode.text(latex: latex)
      case .lineBreak: " "
      }
    }.joined()
  }

  /// The addresses of all links and images.
  package var urls: [String] {
    flatMap { inline -> [String] in
      switch inline {
      case .link(let inner, let url): [url] + inner.urls
      case .image(_, let url): [url]
      case .emphasis(let inner), .strong(let inner), .strikethrough(let inner): inner.urls
      case .text, .code, .formula, .lineBreak: []
      }
    }
  }

  /// All formulas in order.
  package var formulas: [String] {
    flatMap { inline -> [String] in
      switch inline {
      case .formula(let latex): [latex]
      case .emphasis(let inner), .strong(let inner), .strikethrough(let inner),
        .link(let inner, _):
        inner.formulas
      case .text, .code, .image, .lineBreak: []
      }
    }
  }
}

extension [Markdown] {
  /// Every run of inline text, at any depth.
  package var inlines: [[Markdown.Inline]] {
    flatMap { block -> [[Markdown.Inline]] in
      switch block {
      case .heading(_, let inlines), .paragraph(let inlines): [inlines]
      case .quote(let blocks): blocks.inlines
      case .list(let list): list.items.flatMap(\.inlines)
      case .table(let table): table.header + table.rows.joined()
      case .code, .formula, .rule: []
      }
    }
  }
}

extension String {
  /// The line without control characters, so that no lesson can command the terminal.
  fileprivate var withoutControls: String {
    let isControl = { (scalar: UnicodeScalar) in
      scalar.value < 0x20 && scalar != "\t" || scalar.value >= 0x7F && scalar.value < 0xA0
    }
    guard unicodeScalars.contains(where: isControl) else { return self }
    var scalars = unicodeScalars
    scalars.removeAll(where: isControl)
    return String(scalars)
  }
}

extension Substring {
  /// The line with tabs at its beginning as spaces up to the next column of four.
  fileprivate var expandingTabs: String {
    var column = 0
    var rest = utf8[...]
    while let first = rest.first, first == .space || first == .tab {
      column += first == .tab ? 4 - column % 4 : 1
      rest = rest.dropFirst()
    }
    return String(repeating: " ", count: column) + Substring(rest)
  }
}
