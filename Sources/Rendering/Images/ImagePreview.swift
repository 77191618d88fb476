import Typography

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
  /// Between grids side by side, beside the gap that every tile has.
  private static let groupGap = 2

  init(_ figure: ImageFigure, context: RenderContext, width: Int) {
    self.figure = figure
    self.context = context
    self.width = width
    let grid = figure.grid
    let labelWidth = grid.rowLabels.map { DisplayWidth.of(context.spelled($0)) }.max() ?? 0
    gutter = labelWidth == 0 ? 0 : min(labelWidth, width / 4) + 2
    let groups = grid.group(ofColumn: max(grid.columnCount - 1, 0))
    let room = max(width - gutter - groups * Self.groupGap, 1)
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
    let tiles = figure.grid.tiles
    guard !tiles.isEmpty, figure.grid.tileWidth > 0, figure.grid.tileHeight > 0 else {
      result.put("no images", column: gutter, row: result.addRows(), style: .faint)
      return result
    }
    putGroupLabels(in: &result)
    if !figure.grid.columnLabels.isEmpty {
      put(figure.grid.columnLabels.prefix(columns), row: result.addRows(), in: &result)
    }
    let cells = ImageCells(context: context, columns: tileColumns, rows: tileRows)
    let samples = tiles.map { $0.width > 0 ? cells.samples($0) : nil }
    // The brightest spot has full ink, however much averaging has dimmed it.
    let brightest = samples.reduce(0.0) { max($0, $1?.brightest ?? 0) }
    for start in stride(from: 0, to: tiles.count, by: columns) {
      // On black, tiles need a line between them as they have a column.
      if start > 0, gap > 0, context.color, figure.grid.captions.isEmpty { result.addRows() }
      let top = result.addRows(tileRows)
      putRowLabel(start / columns, top: top, in: &result)
      for index in start..<min(start + columns, tiles.count) {
        guard let sample = samples[index] else { continue }
        result.paste(
          cells.grid(sample, brightest: brightest), column: self.start(ofColumn: index - start),
          row: top)
      }
      let captions = figure.grid.captions.dropFirst(start).prefix(columns)
      if !captions.isEmpty { put(captions, row: result.addRows(), in: &result) }
    }
    return result
  }

  /// The first character of a column of tiles.
  private func start(ofColumn column: Int) -> Int {
    gutter + column * (tileColumns + gap) + figure.grid.group(ofColumn: column) * Self.groupGap
  }

  private func putGroupLabels(in grid: inout TextGrid) {
    let labels = figure.grid.groupLabels
    guard let each = figure.grid.groupColumns, !labels.allSatisfy(\.isEmpty) else { return }
    let row = grid.addRows()
    let room = each * (tileColumns + gap) - gap
    for (index, label) in labels.enumerated() {
      put(label, start: start(ofColumn: index * each), room: room, row: row, in: &grid)
    }
  }

  /// A name for each tile of a row.
  private func put(_ labels: ArraySlice<String>, row: Int, in grid: inout TextGrid) {
    for (column, label) in labels.enumerated() {
      put(label, start: start(ofColumn: column), room: tileColumns, row: row, in: &grid)
    }
  }

  private func put(_ label: String, start: Int, room: Int, row: Int, in grid: inout TextGrid) {
    let shown = DisplayWidth.truncate(
      context.spelled(label), to: room, unicode: context.unicode)
    let indent = (room - DisplayWidth.of(shown)) / 2
    grid.put(shown, column: start + indent, row: row, style: .faint)
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
