import Typography

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
    let range =
      heatmap.range.map { Double($0.lowerBound)...Double($0.upperBound) }
      ?? FieldSampling.range(heatmap.values)
    guard heatmap.columns > 0, heatmap.rows > 0, let range else {
      putTitle(column: gutter, room: width - gutter, in: &grid)
      grid.put("no data", column: gutter, row: grid.addRows(), style: .faint)
      return grid
    }
    let cells = Cells(heatmap, room: max(width - gutter, 1))
    putTitle(column: gutter, room: cells.columns * cells.width, in: &grid)
    putColumnLabels(gutter: gutter, cells, in: &grid)
    for row in 0..<cells.rows {
      let top = grid.addRows(cells.height)
      let isOne = cells.rows == heatmap.rows
      let label = isOne && labels.indices.contains(row) ? labels[row] : ""
      grid.put(
        label, column: gutter - 1 - DisplayWidth.of(label), row: top + (cells.height - 1) / 2,
        style: .faint)
      for column in 0..<cells.columns {
        put(
          average(column: column, row: row, cells), range, cells,
          column: gutter + column * cells.width, row: top, in: &grid)
      }
    }
    if let label = chart.x.label {
      grid.put(context.spelled(label), column: gutter, row: grid.addRows(), style: .faint)
    }
    var entries = [Shade.legend(range, context)]
    if !heatmap.values.allSatisfy(\.isFinite) {
      entries.append(.init(key: [Self.unknown], name: "nan or infinite"))
    }
    let key = Legend.lines(
      entries, width: max(width - gutter, 1), unicode: context.unicode)
    for line in key { grid.paste(line, column: gutter, row: grid.addRows()) }
    return grid
  }

  /// How many cells are shown, and the characters of each.
  private struct Cells {
    let columns: Int
    let rows: Int
    let width: Int
    let height: Int
    /// Whether each cell has its number written into it.
    let hasNumbers: Bool
    let numbers: MatrixNumbers

    /// About as high as a screen.
    private static let mostRows = 24

    init(_ heatmap: Heatmap, room: Int) {
      let isSmall = heatmap.columns <= 16 && heatmap.rows <= Cells.mostRows
      numbers = MatrixNumbers(isSmall ? heatmap.values : [])
      let needed = numbers.widest + 2
      width = max(1, min(room / heatmap.columns, isSmall ? max(needed, 7) : 2))
      hasNumbers = isSmall && width >= needed
      columns = min(heatmap.columns, room / width)
      // A character is twice as high as wide.
      let shape = max(columns * heatmap.rows / heatmap.columns / (width == 1 ? 2 : 1), 1)
      rows = min(heatmap.rows, shape)
      height = width >= 5 && rows * 3 <= Cells.mostRows ? 3 : 1
    }

  }

  private func putTitle(column: Int, room: Int, in grid: inout TextGrid) {
    guard let title = chart.title else { return }
    let shown = DisplayWidth.truncate(context.spelled(title), to: width, unicode: context.unicode)
    grid.putCentered(shown, column: column, room: room, row: grid.addRows(), style: .title)
  }

  /// Fills a cell with its shade, and writes its number into the middle.
  private func put(
    _ value: Double?, _ range: ClosedRange<Double>, _ cells: Cells, column: Int, row: Int,
    in grid: inout TextGrid
  ) {
    let cell = shade(value, range)
    for down in 0..<cells.height {
      for across in 0..<cells.width {
        grid.put(cell.character, column: column + across, row: row + down, style: cell.style)
      }
    }
    guard cells.hasNumbers, let value else { return }
    let text = " " + cells.numbers.text(Float(value)) + " "
    var style = Style.plain
    if context.color {
      let share = Shade.share(value, range)
      // The light half of the colour map needs dark letters.
      style = Style(
        share > 0.55 ? .rgb(0, 0, 0) : .rgb(255, 255, 255),
        background: .level(Shade.byte(share)))
    }
    grid.put(
      text, column: column + (cells.width - text.count) / 2, row: row + (cells.height - 1) / 2,
      style: style)
  }

  private var rowLabels: [String] {
    (heatmap.rowLabels ?? []).map {
      DisplayWidth.truncate(context.spelled($0), to: width / 3, unicode: context.unicode)
    }
  }

  private func putColumnLabels(gutter: Int, _ cells: Cells, in grid: inout TextGrid) {
    guard let labels = heatmap.columnLabels, cells.columns == heatmap.columns, cells.width > 1
    else { return }
    let row = grid.addRows()
    for (index, label) in labels.prefix(cells.columns).enumerated() {
      let shown = DisplayWidth.truncate(
        context.spelled(label), to: cells.width - 1, unicode: context.unicode)
      grid.putCentered(
        shown, column: gutter + index * cells.width, room: cells.width, row: row, style: .faint)
    }
  }

  /// The mean of the entries that one shown cell stands for.
  private func average(column: Int, row: Int, _ cells: Cells) -> Double? {
    var sum = 0.0
    var count = 0.0
    let top = row * heatmap.rows / cells.rows
    let left = column * heatmap.columns / cells.columns
    for y in top..<max((row + 1) * heatmap.rows / cells.rows, top + 1) {
      for x in left..<max((column + 1) * heatmap.columns / cells.columns, left + 1) {
        let value = Double(heatmap.values[y * heatmap.columns + x])
        guard value.isFinite else { continue }
        sum += value
        count += 1
      }
    }
    return count > 0 ? sum / count : nil
  }

  /// What is not a number is `?`, so that it is never taken for a low value.
  private static let unknown = TextGrid.Cell("?", .faint)

  private func shade(_ value: Double?, _ range: ClosedRange<Double>) -> TextGrid.Cell {
    guard let value else { return Self.unknown }
    let share = Shade.share(value, range)
    return Shade.cell(top: share, bottom: share, context)
  }
}

/// The entries of a small matrix as they are written into its cells, with the same digits.
struct MatrixNumbers {
  /// Digits after the point that all numbers share; nothing where they differ too much.
  private let decimals: Int?
  private(set) var widest = 0

  init(_ values: [Float]) {
    decimals = Self.decimals(values)
    for value in values { widest = max(widest, text(value).count) }
  }

  func text(_ value: Float) -> String {
    decimals.map { NumberFormat.format(value, digits: $0) }
      ?? NumberFormat.format(value, significant: 2)
  }

  /// Enough to tell a hundredth of the largest.
  private static func decimals(_ values: [Float]) -> Int? {
    let finite = values.filter(\.isFinite)
    if finite.allSatisfy({ $0 == $0.rounded() && $0.magnitude < 1e6 }) { return 0 }
    let largest = Double(finite.map(\.magnitude).max() ?? 0)
    let power = NumberFormat.exponent(of: largest)
    let decimals = max(2 - (power == -1 ? 0 : power), 0)
    return decimals <= 4 && largest < 1e6 ? decimals : nil
  }
}
