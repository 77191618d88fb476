import Typography

/// Writes a diagnostic the way a learner reads it: what, where, the line with marks, a way on.
package enum DiagnosticPrinter {
  package static func print(_ diagnostic: Diagnostic) -> String {
    let lines = SourceLines(diagnostic.source)
    let line = lines.index(at: diagnostic.span.start)
    let number = diagnostic.source.firstLine + line
    let margin = String(repeating: " ", count: "\(number)".count)
    let name = shortened(diagnostic.source.name)
    var text = ["error[\(diagnostic.id)]: \(shortened(diagnostic.message))", "  \(name):\(number)"]
    let window = Window(lines, line: line, around: diagnostic.span)
    text.append("\(number) | \(window.text)")
    let label = diagnostic.label.map { "  \($0)" } ?? ""
    text.append("\(margin) | \(window.marks(diagnostic.span, related: diagnostic.related))\(label)")
    text += calls(diagnostic).map { "\(margin) \($0)" }
    if let help = diagnostic.help { text.append("\(margin) = help: \(shortened(help))") }
    return text.joined(separator: "\n")
  }

  /// Names and texts of users stand in sentences, and may be of any length and hold anything.
  private static func shortened(_ sentence: String) -> String {
    let start = String(sentence.unicodeScalars.prefix(longestSentence))
    return start.withoutControls + (start.utf8.count < sentence.utf8.count ? "…" : "")
  }

  private static let longestSentence = 1_000

  /// The chain of calls, innermost first; a function that calls itself is named once.
  private static func calls(_ diagnostic: Diagnostic) -> [String] {
    let calls = diagnostic.callers.map { frame in
      let place = frame.source.firstLine + SourceLines(frame.source).index(at: frame.span.start)
      return "called as \(frame.function) from \(frame.source.name):\(place)"
    }
    var shown: [(text: String, count: Int)] = []
    for call in calls {
      if shown.last?.text == call {
        shown[shown.count - 1].count += 1
      } else {
        shown.append((call, 1))
      }
    }
    return shown.map { $0.count == 1 ? $0.text : "\($0.text), again and again" }
  }

  /// The part of a line that is shown, and how wide what stands before a place is.
  private struct Window {
    let text: String
    private let columns: [Int]
    private let lineStart: Int
    private static let width = 100

    /// Tabs become spaces; long lines are clipped around the marks.
    init(_ lines: SourceLines, line: Int, around span: Span) {
      lineStart = lines.starts[line]
      var shown = ""
      var columns: [Int] = []
      var column = 0
      for scalar in lines.text(line).unicodeScalars {
        let shape = scalar.withoutControl
        let width = scalar == "\t" ? 2 : DisplayWidth.of(shape)
        for _ in 0..<UTF8.width(scalar) { columns.append(column) }
        if scalar == "\t" { shown += "  " } else { shown.unicodeScalars.append(shape) }
        column += width
      }
      columns.append(column)
      let place = min(max(span.start - lineStart, 0), columns.count - 1)
      guard column > Window.width, shown.unicodeScalars.count == shown.count, column == shown.count
      else {
        text = shown
        self.columns = columns
        return
      }
      let from = max(0, min(columns[place] - 30, column - Window.width))
      let clipped = shown.dropFirst(from).prefix(Window.width)
      let lead = from > 0 ? "…" : ""
      text = lead + clipped + (from + Window.width < column ? "…" : "")
      self.columns = columns.map { max(0, $0 - from) + lead.count }
    }

    private func column(_ offset: Int) -> Int {
      columns[min(max(offset - lineStart, 0), columns.count - 1)]
    }

    func marks(_ span: Span, related: [Span]) -> String {
      let limit = Window.width + 2
      var marks: [Character] = []
      func draw(_ span: Span, _ mark: Character) {
        let start = min(column(span.start), limit)
        let end = min(max(column(span.end), start + 1), limit + 1)
        while marks.count < end { marks.append(" ") }
        for place in start..<end { marks[place] = mark }
      }
      for other in related where other.start >= lineStart && other.start - lineStart < columns.count
      {
        draw(other, "~")
      }
      draw(span, "^")
      return String(marks)
    }
  }
}

/// A text cut into lines.
package struct SourceLines {
  /// UTF-8 offset at which each line begins.
  package let starts: [Int]
  private let bytes: [UInt8]

  package init(_ source: Source) {
    let bytes = Array(source.text.utf8)
    self.bytes = bytes
    starts = [0] + bytes.indices.filter { bytes[$0] == UInt8(ascii: "\n") }.map { $0 + 1 }
  }

  /// Number, from 0, of the line that holds an offset.
  package func index(at offset: Int) -> Int {
    var low = 0
    var high = starts.count - 1
    while low < high {
      let middle = (low + high + 1) / 2
      if starts[middle] <= offset { low = middle } else { high = middle - 1 }
    }
    return low
  }

  func text(_ line: Int) -> String {
    let end = line + 1 < starts.count ? starts[line + 1] - 1 : bytes.count
    return String(decoding: bytes[starts[line]..<max(end, starts[line])], as: UTF8.self)
  }
}
