import Typography

/// A confusion matrix as text: counts, with the share found of each true class.
struct ConfusionFigure {
  let chart: Chart
  let matrix: ConfusionMatrix
  let context: RenderContext
  let width: Int

  func grid() -> TextGrid {
    var grid = TextGrid(width: width)
    guard !matrix.classNames.isEmpty else {
      putTitle(room: width, in: &grid)
      grid.put("no data", column: 0, row: grid.addRows(), style: .faint)
      return grid
    }
    let names = matrix.classNames.map {
      DisplayWidth.truncate(context.spelled($0), to: 12, unicode: context.unicode)
    }
    let count = names.count
    let rowTitle = "true"
    let gutter = max(names.map(DisplayWidth.of).max() ?? 0, rowTitle.count) + 2
    let wanted = max(
      matrix.counts.map { String($0).count }.max() ?? 1, names.map(DisplayWidth.of).max() ?? 1)
    let cell = max(2, min(wanted + 2, (width - gutter - 8) / count))
    putTitle(room: gutter + count * cell + 7, in: &grid)
    grid.put("predicted", column: gutter + 1, row: grid.addRows(), style: .faint)
    let header = grid.addRows()
    grid.put(rowTitle, column: 0, row: header, style: .faint)
    for (index, name) in names.enumerated() {
      let shown = DisplayWidth.truncate(name, to: cell - 1, unicode: context.unicode)
      let start = gutter + (index + 1) * cell - DisplayWidth.of(shown)
      grid.put(shown, column: start, row: header, style: .title)
    }
    grid.put("found", column: gutter + count * cell + 2, row: header, style: .faint)
    for row in 0..<count { putRow(row, names[row], gutter: gutter, cell: cell, in: &grid) }
    if matrix.total > 0 {
      let share = Double(matrix.correct) / Double(matrix.total)
      let text =
        "\(NumberFormat.grouped(matrix.correct)) of "
        + "\(NumberFormat.grouped(matrix.total)) right, \(percent(share))"
      grid.put(text, column: gutter + 1, row: grid.addRows(), style: .faint)
    }
    return grid
  }

  private func putTitle(room: Int, in grid: inout TextGrid) {
    guard let title = chart.title else { return }
    let shown = DisplayWidth.truncate(context.spelled(title), to: width, unicode: context.unicode)
    grid.putCentered(shown, column: 0, room: room, row: grid.addRows(), style: .title)
  }

  private func putRow(
    _ row: Int, _ name: String, gutter: Int, cell: Int, in grid: inout TextGrid
  ) {
    let count = matrix.classNames.count
    let line = grid.addRows()
    grid.put(name, column: gutter - 2 - DisplayWidth.of(name), row: line, style: .title)
    let entries = Array(matrix.counts[row * count..<(row + 1) * count])
    let total = entries.reduce(0, +)
    for (column, entry) in entries.enumerated() {
      let text = entry == 0 ? "." : String(entry)
      let shown = text.count < cell ? text : String(text.prefix(max(cell - 2, 0))) + "+"
      grid.put(
        shown, column: gutter + (column + 1) * cell - shown.count, row: line,
        style: style(entry, total: total, isRight: row == column))
    }
    let found = total > 0 ? percent(Double(entries[row]) / Double(total)) : "-"
    let start = gutter + count * cell + 2
    grid.put(DisplayWidth.padLeft(found, to: 5), column: start, row: line, style: .faint)
  }

  private func style(_ entry: Int, total: Int, isRight: Bool) -> Style {
    if isRight { return Style(.right, isBold: true) }
    if entry == 0 { return .faint }
    return entry * 20 >= total ? Style(.wrong) : .plain
  }

  private func percent(_ share: Double) -> String {
    NumberFormat.format(share * 100, digits: share == 1 ? 0 : 1) + "%"
  }
}
