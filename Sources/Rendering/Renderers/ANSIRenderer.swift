/// Outputs with the colours and pictures of a terminal.
package struct ANSIRenderer: Sendable {
  package var context: RenderContext

  package init(_ context: RenderContext) { self.context = context }

  /// All outputs, each ending in a newline.
  package func text(_ outputs: [Output]) -> String {
    outputs.map(text).joined()
  }

  package func text(_ output: Output) -> String {
    switch output {
    case .failure(let failure) where context.color:
      return FailureText.spelled(failure.text, context)
        .split(separator: "\n", omittingEmptySubsequences: false)
        .map { colored(failureLine: String($0)) }.joined(separator: "\n")
        + (failure.text.hasSuffix("\n") ? "" : "\n")
    case .image(let image) where context.graphics != .none:
      return TerminalImage.text(image, context) + described(output)
    case .table, .chart, .image, .panels:
      guard context.color else { return PlainRenderer(context).text(output) }
      let grid = Figure.grid(output, context, width: context.width)
      return (0..<grid.height).map { line(grid.row($0)) + "\n" }.joined() + described(output)
    case .file(let report):
      return context.spelled(FileLine.text(report, width: context.width)) + "\n"
    case .text, .failure:
      return PlainRenderer(context).text(output)
    }
  }

  private func described(_ output: Output) -> String {
    guard context.describesFigures else { return "" }
    return Description.lines(output, context).map { $0 + "\n" }.joined()
  }

  /// A line with an escape sequence wherever the style changes.
  func line(_ cells: [TextGrid.Cell]) -> String {
    var text = ""
    var current = Style.plain
    for cell in cells.prefix(TextGrid.usedWidth(cells)) where cell != .continuation {
      // A space shows no ink, so it need not change the style.
      let isSame =
        cell.style == current
        || (cell.character == " " && cell.style.background == current.background)
      if !isSame {
        if current != .plain { text += ANSI.reset }
        text += ANSI.start(cell.style, trueColor: context.trueColor)
        current = cell.style
      }
      text.append(cell.character)
    }
    return current == .plain ? text : text + ANSI.reset
  }

  /// Colours a line of an error by what it is: the name, marks below source, or help.
  private func colored(failureLine line: String) -> String {
    func painted(_ text: some StringProtocol, _ style: Style) -> String {
      text.isEmpty ? "" : ANSI.start(style, trueColor: context.trueColor) + text + ANSI.reset
    }
    if line.hasPrefix("error["), let colon = line.firstIndex(of: ":") {
      let name = line[..<line.index(after: colon)]
      return painted(name, Style(.wrong, isBold: true))
        + painted(line[name.endIndex...], Style(isBold: true))
    }
    let trimmed = line.drop { $0 == " " }
    if trimmed.hasPrefix("= help") {
      let indent = line.prefix(line.count - trimmed.count)
      return indent + painted(trimmed, Style(.right))
    }
    if trimmed.hasPrefix("|"), let bar = line.firstIndex(of: "|") {
      return painted(line[...bar], .faint) + painted(line[line.index(after: bar)...], Style(.wrong))
    }
    if let first = trimmed.first, first.isNumber, let bar = line.firstIndex(of: "|") {
      return painted(line[...bar], .faint) + line[line.index(after: bar)...]
    }
    return line.hasPrefix("  ") ? painted(line, .faint) : line
  }
}
