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
    let gutter = max(names.map(DisplayWidth.of).max() ?? 0, Self.rowTitle.count) + 2
    let wanted = max(
      matrix.counts.map { String($0).count }.max() ?? 1, names.map(DisplayWidth.of).max() ?? 1)
    let room = width - gutter - Self.foundWidth
    // Names may be cut, but not so far that nothing is left of them.
    let cell = max(min(wanted, 4) + 1, min(wanted + 2, room / names.count))
    let perBand = max(room / cell, 1)
    putTitle(room: gutter + min(names.count, perBand) * cell + 7, in: &grid)
    for start in stride(from: 0, to: names.count, by: perBand) {
      let columns = start..<min(start + perBand, names.count)
      putBand(columns, names, gutter: gutter, cell: cell, in: &grid)
    }
    if let sum = matrix.sum {
      grid.put(sum, column: gutter + 1, row: grid.addRows(), style: .faint)
    }
    return grid
  }

  private static let rowTitle = "true"
  private static let foundWidth = 8

  /// The columns of some of the predicted classes, below each other where not all have room; the
  /// last have what was found beside them.
  private func putBand(
    _ columns: Range<Int>, _ names: [String], gutter: Int, cell: Int, in grid: inout TextGrid
  ) {
    let isLast = columns.upperBound == names.count
    grid.put("predicted", column: gutter + 1, row: grid.addRows(), style: .faint)
    let header = grid.addRows()
    grid.put(Self.rowTitle, column: 0, row: header, style: .faint)
    for (index, name) in names[columns].enumerated() {
      let shown = DisplayWidth.truncate(name, to: cell - 1, unicode: context.unicode)
      let start = gutter + (index + 1) * cell - DisplayWidth.of(shown)
      grid.put(shown, column: start, row: header, style: .title)
    }
    let end = gutter + columns.count * cell + 2
    if isLast { grid.put("found", column: end, row: header, style: .faint) }
    for (row, name) in names.enumerated() {
      let line = grid.addRows()
      grid.put(name, column: gutter - 2 - DisplayWidth.of(name), row: line, style: .title)
      putCounts(of: row, columns, line: line, gutter: gutter, cell: cell, in: &grid)
      guard isLast else { continue }
      let found = matrix.found(row).map(ConfusionMatrix.percent) ?? "-"
      grid.put(DisplayWidth.padLeft(found, to: 5), column: end, row: line, style: .faint)
    }
  }

  private func putTitle(room: Int, in grid: inout TextGrid) {
    guard let title = chart.title else { return }
    let shown = DisplayWidth.truncate(context.spelled(title), to: width, unicode: context.unicode)
    grid.putCentered(shown, column: 0, room: room, row: grid.addRows(), style: .title)
  }

  private func putCounts(
    of row: Int, _ columns: Range<Int>, line: Int, gutter: Int, cell: Int, in grid: inout TextGrid
  ) {
    let entries = matrix.counts(row)
    let total = entries.reduce(0, +)
    for (place, column) in columns.enumerated() {
      let entry = entries[column]
      let text = entry == 0 ? "." : String(entry)
      let shown = text.count < cell ? text : String(text.prefix(max(cell - 2, 0))) + "+"
      grid.put(
        shown, column: gutter + (place + 1) * cell - shown.count, row: line,
        style: style(entry, total: total, isRight: row == column))
    }
  }

  private func style(_ entry: Int, total: Int, isRight: Bool) -> Style {
    if isRight { return Style(.right, isBold: true) }
    if entry == 0 { return .faint }
    return entry * 20 >= total ? Style(.wrong) : .plain
  }
}

extension ConfusionMatrix {
  func counts(_ row: Int) -> [Int] {
    Array(counts[row * classNames.count..<(row + 1) * classNames.count])
  }

  /// The share of a true class that was taken for what it is; nothing of a class that never was.
  func found(_ row: Int) -> Double? {
    let total = counts(row).reduce(0, +)
    return total > 0 ? Double(counts(row)[row]) / Double(total) : nil
  }

  /// `265 of 300 right, 88.3%`.
  var sum: String? {
    guard total > 0 else { return nil }
    return "\(NumberFormat.grouped(correct)) of \(NumberFormat.grouped(total)) right, "
      + Self.percent(Double(correct) / Double(total))
  }

  static func percent(_ share: Double) -> String {
    NumberFormat.format(share * 100, digits: share == 1 ? 0 : 1) + "%"
  }
}
