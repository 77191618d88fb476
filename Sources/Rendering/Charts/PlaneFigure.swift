import Typography

/// A plane chart as text: title, legend, frame and ticks around a canvas.
struct PlaneFigure {
  let plane: Plane
  let context: RenderContext
  let width: Int
  let columns: Int
  let rows: Int
  /// Columns left of the axis.
  let gutter: Int

  init(chart: Chart, layers: [Layer], context: RenderContext, width: Int) {
    self.context = context
    self.width = width
    let wanted = max(chart.height ?? Self.defaultRows(layers, width: width), 4)
    let guess = max(width - 8, 10)
    let size = Plane.Size(columns: guess, tickRows: max((wanted + 1) / 4, 3))
    plane = Plane(chart: chart, layers: layers, size: size)
    gutter = (plane.y.ticks.map { DisplayWidth.of($0.label) }.max() ?? 0) + 1
    columns = max(width - gutter - 1, 8)
    rows = Self.rows(wanted: wanted, axis: plane.y)
  }

  private static func defaultRows(_ layers: [Layer], width: Int) -> Int {
    let isSquare = layers.contains { layer in
      switch layer {
      case .points, .field, .contour, .density, .vectors: true
      case .line, .histogram: false
      }
    }
    return (isSquare ? 20 : 16) + (width >= 120 ? 4 : 0)
  }

  /// As many rows as put every tick exactly on one.
  private static func rows(wanted: Int, axis: Axis) -> Int {
    let intervals = axis.ticks.count - 1
    guard !axis.isLogarithmic, intervals > 0, axis.ticks[0].value == axis.lower,
      axis.ticks[intervals].value == axis.upper
    else { return wanted }
    let each = max((Double(wanted - 1) / Double(intervals)).rounded(), 1)
    return intervals * Int(each) + 1
  }

  func grid() -> TextGrid {
    let drawing = PlaneDrawing(plane: plane, context: context, columns: columns, rows: rows)
    var grid = TextGrid(width: width)
    if let title = plane.chart.title { putCentered(context.spelled(title), in: &grid) }
    for line in Legend.lines(
      drawing.legend, width: width - gutter - 1, unicode: context.unicode)
    {
      grid.paste(line, column: gutter + 1, row: grid.addRows())
    }
    if let label = plane.yLabel {
      let text = DisplayWidth.truncate(
        context.spelled(label), to: width, unicode: context.unicode)
      let start = max(0, gutter - DisplayWidth.of(text))
      grid.put(text, column: start, row: grid.addRows(), style: .faint)
    }
    putPlot(drawing.canvas.grid, in: &grid)
    putHorizontalAxis(in: &grid)
    if let label = plane.chart.x.label {
      putCentered(context.spelled(label), in: &grid, style: .faint)
    }
    putRemarks(in: &grid)
    return grid
  }

  /// Says what is not shown, and why; on two lines where one is too short.
  private func putRemarks(in grid: inout TextGrid) {
    for remark in plane.remarks {
      let line = remark.what + " " + remark.reason
      let fits = line.count <= width - gutter - 1
      for line in fits ? [line] : [remark.what, remark.reason] {
        grid.put(line, column: gutter + 1, row: grid.addRows(), style: .faint)
      }
    }
  }

  private func putCentered(_ text: String, in grid: inout TextGrid, style: Style = .title) {
    let shown = DisplayWidth.truncate(text, to: width, unicode: context.unicode)
    let slack = columns - DisplayWidth.of(shown)
    // A title wider than the plot still stands over its middle.
    let start = max(gutter + 1 + min(slack, 0) / 2, 0)
    grid.putCentered(
      shown, column: start, room: columns + min(slack, 0) / 2, row: grid.addRows(), style: style)
  }

  private func putPlot(_ canvas: TextGrid, in grid: inout TextGrid) {
    let frame = Frame(context)
    let top = grid.addRows(rows)
    for row in 0..<rows {
      grid.put(frame.vertical, column: gutter, row: top + row, style: .faint)
    }
    var labelled = Set<Int>()
    for tick in plane.y.ticks {
      guard let row = row(of: tick.value), labelled.insert(row).inserted else { continue }
      let start = gutter - 1 - DisplayWidth.of(tick.label)
      grid.put(tick.label, column: start, row: top + row, style: .faint)
      grid.put(frame.leftTick, column: gutter, row: top + row, style: .faint)
    }
    grid.paste(canvas, column: gutter + 1, row: top)
    if plane.isEmpty {
      let text = "no data"
      grid.put(
        text, column: gutter + 1 + (columns - text.count) / 2, row: top + rows / 2, style: .faint)
    }
  }

  private func putHorizontalAxis(in grid: inout TextGrid) {
    let frame = Frame(context)
    let row = grid.addRows(2)
    grid.put(frame.corner, column: gutter, row: row, style: .faint)
    grid.put(
      String(repeating: frame.horizontal, count: columns), column: gutter + 1, row: row,
      style: .faint)
    let left = gutter + 1
    for label in plane.x.separateLabels(columns: columns, room: -left..<width - left) {
      grid.put(frame.bottomTick, column: left + label.tick, row: row, style: .faint)
      grid.put(label.text, column: left + label.start, row: row + 1, style: .faint)
    }
  }

  private func row(of value: Double) -> Int? {
    // Single precision puts 0.001 a little below a range that begins there.
    guard let position = plane.y.position(value), position > -1e-6, position < 1 + 1e-6 else {
      return nil
    }
    return rows - 1 - Int((position * Double(rows - 1)).rounded())
  }
}

/// The characters of axes.
struct Frame {
  let vertical: Character
  let leftTick: Character
  let corner: Character
  let horizontal: Character
  let bottomTick: Character

  init(_ context: RenderContext) {
    let isASCII = context.usableCanvas == .ascii
    vertical = isASCII ? "|" : "│"
    leftTick = isASCII ? "+" : "┤"
    corner = isASCII ? "+" : "└"
    horizontal = isASCII ? "-" : "─"
    bottomTick = isASCII ? "+" : "┬"
  }
}
