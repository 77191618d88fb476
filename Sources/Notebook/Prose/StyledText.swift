import Typography

/// A line of text with what each part of it is; a terminal turns that into colour.
package struct StyledText: Sendable, Hashable {
  package var runs: [Run]

  package struct Run: Sendable, Hashable {
    package var text: String
    package var style: Style

    package init(_ text: String, _ style: Style = []) {
      self.text = text
      self.style = style
    }
  }

  package struct Style: OptionSet, Sendable, Hashable {
    package let rawValue: Int
    package init(rawValue: Int) { self.rawValue = rawValue }

    package static let heading = Style(rawValue: 1)
    package static let emphasis = Style(rawValue: 2)
    package static let strong = Style(rawValue: 4)
    package static let code = Style(rawValue: 8)
    package static let link = Style(rawValue: 16)
    package static let quote = Style(rawValue: 32)
    package static let formula = Style(rawValue: 64)
    /// Bullets, rules and other marks that only guide the eye.
    package static let mark = Style(rawValue: 128)
    package static let strikethrough = Style(rawValue: 256)
  }

  package init(_ runs: [Run] = []) {
    self.runs = runs
  }

  package init(_ text: String, _ style: Style = []) {
    runs = text.isEmpty ? [] : [Run(text, style)]
  }

  /// The text without its styles.
  package var plain: String { runs.map(\.text).joined() }

  package var displayWidth: Int { runs.reduce(0) { $0 + DisplayWidth.of($1.text) } }

  /// Appends text, joining it with a run of the same style before it.
  mutating func append(_ text: String, _ style: Style = []) {
    if text.isEmpty { return }
    if let last = runs.last, last.style == style {
      runs[runs.count - 1].text += text
    } else {
      runs.append(Run(text, style))
    }
  }

  static func + (left: StyledText, right: StyledText) -> StyledText {
    var sum = left
    for run in right.runs { sum.append(run.text, run.style) }
    return sum
  }

  func padded(to width: Int, _ alignment: Markdown.Table.Alignment) -> StyledText {
    let space = max(0, width - displayWidth)
    let left =
      switch alignment {
      case .leading: 0
      case .centre: space / 2
      case .trailing: space
      }
    return StyledText(String(repeating: " ", count: left)) + self
      + StyledText(String(repeating: " ", count: space - left))
  }

  /// Takes spaces off the end.
  var trimmingEnd: StyledText {
    var text = self
    while let last = text.runs.last {
      let kept = String(
        Substring(last.text.utf8.dropLast(last.text.utf8.reversed().prefix { $0 == .space }.count)))
      if !kept.isEmpty {
        text.runs[text.runs.count - 1].text = kept
        break
      }
      text.runs.removeLast()
    }
    return text
  }
}
