/// Shows the prose of a lesson on a terminal.
package struct ProseRenderer: Sendable {
  /// Number of columns; a long address may stand out.
  package let width: Int

  package init(width: Int) {
    self.width = max(width, 8)
  }

  /// The prose as lines whose parts know what they are.
  package func render(_ markdown: String) -> [StyledText] {
    lines(Markdown.parse(markdown), width: width).map(\.trimmingEnd)
  }

  /// The prose without colour.
  package func plain(_ markdown: String) -> String {
    render(markdown).map { $0.plain + "\n" }.joined()
  }

  /// One line of inline Markdown, such as a title or a summary, without colour.
  package static func inline(_ markdown: String) -> String {
    InlineParser.parse(markdown).plainText
  }

  private func lines(_ blocks: [Markdown], width: Int, isTight: Bool = false) -> [StyledText] {
    var lines: [StyledText] = []
    for (index, block) in blocks.enumerated() {
      if index > 0, !isTight { lines.append(StyledText()) }
      lines += self.lines(block, width: max(width, 8))
    }
    return lines
  }

  private func lines(_ block: Markdown, width: Int) -> [StyledText] {
    switch block {
    case .heading(let level, let text): return heading(level, text, width: width)
    case .paragraph(let text): return LineWrapper.wrap(text, width: width)
    case .code(_, let code):
      return code.map { StyledText("    ") + StyledText($0, .code) }
    case .quote(let blocks):
      return lines(blocks, width: width - 2).map { line in
        StyledText("│ ", .mark)
          + StyledText(line.runs.map { .init($0.text, $0.style.union(.quote)) })
      }
    case .list(let list): return items(list, width: width)
    case .table(let table): return TableLayout(table, width: width).lines
    case .formula(let latex):
      return MathUnicode.text(latex: latex).split(separator: "\n").flatMap { line in
        LineWrapper.wrap([.text(String(line))], width: width - 4, style: .formula)
          .map { StyledText("    ") + $0 }
      }
    case .rule: return [StyledText(String(repeating: "─", count: width), .mark)]
    }
  }

  private func heading(_ level: Int, _ text: [Markdown.Inline], width: Int) -> [StyledText] {
    let lines = LineWrapper.wrap(text, width: width, style: [.heading, .strong])
    guard level <= 2, let longest = lines.map(\.displayWidth).max() else { return lines }
    let underline = String(repeating: level == 1 ? "═" : "─", count: longest)
    return lines + [StyledText(underline, [.heading, .mark])]
  }

  private func items(_ list: Markdown.List, width: Int) -> [StyledText] {
    let numbers = list.items.indices.map { index in
      list.start.map { "\($0 + index)." } ?? "•"
    }
    let markerWidth = (numbers.map(\.count).max() ?? 1) + 1
    var result: [StyledText] = []
    for (index, item) in list.items.enumerated() {
      if index > 0, !list.isTight { result.append(StyledText()) }
      let inner = lines(item, width: width - markerWidth, isTight: list.isTight)
      let marker = numbers[index].leftPadded(to: markerWidth - 1) + " "
      let indentation = String(repeating: " ", count: markerWidth)
      if inner.isEmpty { result.append(StyledText(marker, .mark)) }
      for (row, line) in inner.enumerated() {
        result.append((row == 0 ? StyledText(marker, .mark) : StyledText(indentation)) + line)
      }
    }
    return result
  }
}

/// Columns side by side, each wrapped where the table is too wide.
private struct TableLayout {
  private let table: Markdown.Table
  private var widths: [Int]

  init(_ table: Markdown.Table, width: Int) {
    self.table = table
    let cells = [table.header] + table.rows
    widths = table.header.indices.map { column in
      cells.map { row in
        LineWrapper.wrap(row[column], width: .max).first?.displayWidth ?? 0
      }.max() ?? 0
    }
    let available = max(width - 2 * (widths.count - 1), widths.count)
    while widths.reduce(0, +) > available, let widest = widths.max(), widest > 1,
      let column = widths.firstIndex(of: widest)
    {
      widths[column] -= 1
    }
  }

  var lines: [StyledText] {
    let rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ")
    return row(table.header, style: .strong) + [StyledText(rule, .mark)]
      + table.rows.flatMap { row($0, style: []) }
  }

  private func row(_ cells: [[Markdown.Inline]], style: StyledText.Style) -> [StyledText] {
    let wrapped = zip(cells, widths).map { LineWrapper.wrap($0, width: $1, style: style) }
    let height = wrapped.map(\.count).max() ?? 0
    return (0..<height).map { line in
      var text = StyledText()
      for (column, lines) in wrapped.enumerated() {
        let cell = line < lines.count ? lines[line] : StyledText()
        if column > 0 { text.append("  ") }
        text = text + cell.padded(to: widths[column], table.alignments[column])
      }
      return text
    }
  }
}
