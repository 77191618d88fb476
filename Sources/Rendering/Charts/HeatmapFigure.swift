/// A matrix as shaded cells, with a scale below.
struct HeatmapFigure {
  let chart: Chart
  let heatmap: Heatmap
  let context: RenderContext
  let width: Int

  func grid() -> TextGrid {
    var grid = TextGrid(width: width)
    let labels = rowLabels
    let gutter = labels.map { DisplayWidth.of($0) + 1 }.max() ?? 0
    if let title = chart.title {
      grid.put(context.spelled(title), column: gutter, row: grid.addRows(), style: .title)
    }
    let range =
      heatmap.range.map { Double($0.lowerBound)...Double($0.upperBound) }
      ?? FieldSampling.range(heatmap.values)
    guard heatmap.columns > 0, heatmap.rows > 0, let range else {
      grid.put("no data", column: gutter, row: grid.addRows(), style: .faint)
      return grid
    }
    let room = width - gutter
    let cellWidth = max(1, min(room / heatmap.columns, heatmap.columns <= 16 ? 5 : 2))
    let columns = min(heatmap.columns, room / cellWidth)
    let rows = min(heatmap.rows, max(columns * heatmap.rows / heatmap.columns, 1))
    putColumnLabels(gutter: gutter, cellWidth: cellWidth, columns: columns, in: &grid)
    for row in 0..<rows {
      let line = grid.addRows()
      let label = rows == heatmap.rows && labels.indices.contains(row) ? labels[row] : ""
      grid.put(label, column: gutter - 1 - DisplayWidth.of(label), row: line, style: .faint)
      for column in 0..<columns {
        let value = average(column: column, row: row, columns: columns, rows: rows)
        let cell = shade(value, range)
        for offset in 0..<cellWidth {
          let place = gutter + column * cellWidth + offset
          grid.put(cell.character, column: place, row: line, style: cell.style)
        }
      }
    }
    if let label = chart.x.label {
      grid.put(context.spelled(label), column: gutter, row: grid.addRows(), style: .faint)
    }
    let key = Legend.lines([Shade.legend(range, context)], width: max(room, 1))
    for line in key { grid.paste(line, column: gutter, row: grid.addRows()) }
    return grid
  }

  private var rowLabels: [String] {
    (heatmap.rowLabels ?? []).map {
      DisplayWidth.truncate(context.spelled($0), to: width / 3, unicode: context.unicode)
    }
  }

  private func putColumnLabels(gutter: Int, cellWidth: Int, columns: Int, in grid: inout TextGrid) {
    guard let labels = heatmap.columnLabels, columns == heatmap.columns, cellWidth > 1 else {
      return
    }
    let row = grid.addRows()
    for (index, label) in labels.prefix(columns).enumerated() {
      let shown = String(context.spelled(label).prefix(cellWidth - 1))
      let indent = (cellWidth - DisplayWidth.of(shown)) / 2
      grid.put(shown, column: gutter + index * cellWidth + indent, row: row, style: .faint)
    }
  }

  /// The mean of the entries that one shown cell stands for.
  private func average(column: Int, row: Int, columns: Int, rows: Int) -> Double? {
    var sum = 0.0
    var count = 0.0
    let top = row * heatmap.rows / rows
    let left = column * heatmap.columns / columns
    for y in top..<max((row + 1) * heatmap.rows / rows, top + 1) {
      for x in left..<max((column + 1) * heatmap.columns / columns, left + 1) {
        let value = Double(heatmap.values[y * heatmap.columns + x])
        guard value.isFinite else { continue }
        sum += value
        count += 1
      }
    }
    return count > 0 ? sum / count : nil
  }

  /// What is not a number is `?`, so that it is never taken for a low value.
  private func shade(_ value: Double?, _ range: ClosedRange<Double>) -> TextGrid.Cell {
    guard let value else { return TextGrid.Cell("?", .faint) }
    let span = range.upperBound - range.lowerBound
    let share = span > 0 ? (value - range.lowerBound) / span : 0.5
    return Shade.cell(top: share, bottom: share, context)
  }
}
