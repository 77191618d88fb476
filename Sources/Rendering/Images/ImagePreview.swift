/// A grid of images as text: glyphs chosen by shape, or half blocks in colour.
struct ImagePreview {
  let figure: ImageFigure
  let context: RenderContext
  let width: Int
  private let gutter: Int
  private let columns: Int
  private let gap: Int
  private let tileColumns: Int
  private let tileRows: Int

  /// Columns at which a small image is still recognised.
  private static let readableColumns = 14
  private static let widestTile = 64

  init(_ figure: ImageFigure, context: RenderContext, width: Int) {
    self.figure = figure
    self.context = context
    self.width = width
    let grid = figure.grid
    let labelWidth = grid.rowLabels.map { DisplayWidth.of(context.spelled($0)) }.max() ?? 0
    gutter = labelWidth == 0 ? 0 : min(labelWidth, width / 4) + 2
    let room = width - gutter
    let natural = min(max(2 * grid.tileWidth, 1), Self.widestTile)
    let readable = min(Self.readableColumns, natural)
    let fitting = max((room + 1) / (readable + 1), 1)
    let count = max(grid.tiles.count, 1)
    columns = max(min(grid.columns ?? fitting, count, room), 1)
    // Tiny tiles have no columns to lose to gaps.
    gap = (room - (columns - 1)) / columns >= 8 ? 1 : 0
    tileColumns = max(min((room - gap * (columns - 1)) / columns, natural), 1)
    let shape = Double(grid.tileHeight) / Double(max(grid.tileWidth, 1))
    tileRows = max(Int((Double(tileColumns) * shape / 2).rounded()), 1)
  }

  func grid() -> TextGrid {
    var result = TextGrid(width: width)
    if let title = figure.title {
      result.put(context.spelled(title), column: gutter, row: result.addRows(), style: .title)
    }
    guard !figure.grid.tiles.isEmpty, figure.grid.tileWidth > 0, figure.grid.tileHeight > 0 else {
      result.put("no images", column: gutter, row: result.addRows(), style: .faint)
      return result
    }
    putColumnLabels(in: &result)
    let cells = ImageCells(context: context, columns: tileColumns, rows: tileRows)
    let samples = figure.grid.tiles.map(cells.samples)
    // The brightest spot has full ink, however much averaging has dimmed it.
    let brightest = samples.reduce(0.0) { max($0, $1.brightest) }
    let tileCount = figure.grid.tiles.count
    for start in stride(from: 0, to: tileCount, by: columns) {
      let top = result.addRows(tileRows)
      putRowLabel(start / columns, top: top, in: &result)
      for index in start..<min(start + columns, tileCount) {
        let tile = cells.grid(samples[index], brightest: brightest)
        result.paste(tile, column: gutter + (index - start) * (tileColumns + gap), row: top)
      }
    }
    return result
  }

  private func putColumnLabels(in grid: inout TextGrid) {
    guard !figure.grid.columnLabels.isEmpty else { return }
    let row = grid.addRows()
    for (index, label) in figure.grid.columnLabels.prefix(columns).enumerated() {
      let shown = DisplayWidth.truncate(
        context.spelled(label), to: tileColumns, unicode: context.unicode)
      let indent = (tileColumns - DisplayWidth.of(shown)) / 2
      let start = gutter + index * (tileColumns + gap) + indent
      grid.put(shown, column: start, row: row, style: .faint)
    }
  }

  /// Labels hold for rows of the grid as it was asked for, not for rows wrapped to fit.
  private func putRowLabel(_ index: Int, top: Int, in grid: inout TextGrid) {
    let labels = figure.grid.rowLabels
    guard labels.indices.contains(index), gutter > 0 else { return }
    let shown = DisplayWidth.truncate(
      context.spelled(labels[index]), to: gutter - 2, unicode: context.unicode)
    let start = gutter - 2 - DisplayWidth.of(shown)
    grid.put(shown, column: start, row: top + tileRows / 2, style: .faint)
  }
}
