import Typography

/// Rows of text and numbers under headings.
package struct Table: Sendable, Hashable {
  package enum Cell: Sendable, Hashable {
    case text(String)
    case number(Float)
    case count(Int)
    case empty

    var isNumeric: Bool {
      switch self {
      case .text: false
      case .number, .count, .empty: true
      }
    }
  }

  package var title: String?
  package var headings: [String]
  package var rows: [[Cell]]
  /// Said under the table, for example a total.
  package var note: String?

  package init(
    title: String? = nil, headings: [String], rows: [[Cell]], note: String? = nil
  ) {
    self.title = title
    self.headings = headings
    self.rows = rows
    self.note = note
  }
}

extension Table {
  /// Columns two spaces apart: text to the left, numbers to the right with their points aligned.
  func grid(_ context: RenderContext, width: Int) -> TextGrid {
    let columnCount = max(headings.count, rows.map(\.count).max() ?? 0)
    let columns = (0..<columnCount).map { column(at: $0, context) }
    var widths = columns.map { $0.texts.map(DisplayWidth.of).max() ?? 0 }
    Self.shrink(&widths, to: width - 2 * max(columnCount - 1, 0))
    var grid = TextGrid(width: width)
    if let title { grid.put(context.spelled(title), column: 0, row: grid.addRows(), style: .title) }
    for line in 0...rows.count {
      if line == 0, headings.allSatisfy(\.isEmpty) { continue }
      let row = grid.addRows(line == 0 ? 2 : 1)
      var start = 0
      for (column, columnWidth) in zip(columns, widths) {
        let text = DisplayWidth.truncate(
          column.texts[line], to: columnWidth, unicode: context.unicode)
        let indent = column.isNumeric ? columnWidth - DisplayWidth.of(text) : 0
        grid.put(text, column: start + indent, row: row, style: line == 0 ? .title : .plain)
        if line == 0 {
          let rule = context.unicode && context.canvas != .ascii ? "─" : "-"
          grid.put(
            String(repeating: rule, count: columnWidth), column: start, row: row + 1,
            style: .faint)
        }
        start += columnWidth + 2
      }
    }
    if let note { grid.put(context.spelled(note), column: 0, row: grid.addRows(), style: .faint) }
    return grid
  }

  private struct Column {
    /// The heading, then a text for every row.
    var texts: [String]
    var isNumeric: Bool
  }

  private func column(at index: Int, _ context: RenderContext) -> Column {
    let cells = rows.map { $0.indices.contains(index) ? $0[index] : .empty }
    let heading = headings.indices.contains(index) ? headings[index] : ""
    let isNumeric = !cells.isEmpty && cells.allSatisfy(\.isNumeric)
    let decimals = cells.reduce(0) { most, cell in
      guard case .number(let value) = cell else { return most }
      let needed = NumberFormat.decimalsNeeded(Double(value), significant: 4)
      return max(most, value.magnitude >= 1e-4 ? needed : 0)
    }
    let texts = cells.map { cell in
      switch cell {
      case .text(let text): context.spelled(text)
      case .count(let count): NumberFormat.grouped(count)
      case .empty: ""
      case .number(let value):
        value == 0 || value.magnitude >= 1e-4 && value.magnitude < 1e9
          ? NumberFormat.format(value, digits: min(decimals, 6)) : NumberFormat.format(value)
      }
    }
    return Column(texts: [context.spelled(heading)] + texts, isNumeric: isNumeric)
  }

  /// Takes columns from the widest until all fit.
  private static func shrink(_ widths: inout [Int], to available: Int) {
    while widths.reduce(0, +) > available, let widest = widths.max(), widest > 3,
      let index = widths.lastIndex(of: widest)
    {
      widths[index] -= 1
    }
  }
}
