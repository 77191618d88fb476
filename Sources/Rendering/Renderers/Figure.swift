import Typography

/// Every output that is a figure, laid out as styled text.
enum Figure {
  /// Room between figures side by side.
  private static let gap = 3
  /// Panels are no narrower, unless more columns were asked for.
  private static let narrowestPanel = 36
  private static let narrowestAskedPanel = 22

  static func grid(_ chart: Chart, _ context: RenderContext, width: Int) -> TextGrid {
    switch chart.content {
    case .plane(let layers):
      PlaneFigure(chart: chart, layers: layers, context: context, width: width).grid()
    case .bars(let bars):
      BarsFigure(chart: chart, bars: bars, context: context, width: width).grid()
    case .heatmap(let heatmap):
      HeatmapFigure(chart: chart, heatmap: heatmap, context: context, width: width).grid()
    case .confusion(let matrix):
      ConfusionFigure(chart: chart, matrix: matrix, context: context, width: width).grid()
    }
  }

  static func grid(_ output: Output, _ context: RenderContext, width: Int) -> TextGrid {
    switch output {
    case .text(let text): grid(text, context, width: width)
    case .table(let table): table.grid(context, width: width)
    case .chart(let chart): grid(chart, context, width: width)
    case .image(let image): ImagePreview(image, context: context, width: width).grid()
    case .panels(let panels): grid(panels, context, width: width)
    case .file(let report): grid(FileLine.text(report), context, width: width)
    case .failure(let failure): grid(failure.text, context, width: width)
    }
  }

  private static func grid(_ text: String, _ context: RenderContext, width: Int) -> TextGrid {
    var grid = TextGrid(width: width)
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      grid.put(context.spelled(String(line)), column: 0, row: grid.addRows())
    }
    return grid
  }

  private static func grid(_ panels: Panels, _ context: RenderContext, width: Int) -> TextGrid {
    var result = TextGrid(width: width)
    if let title = panels.title {
      let shown = DisplayWidth.truncate(
        context.spelled(title), to: width, unicode: context.unicode)
      result.putCentered(shown, column: 0, room: width, row: result.addRows(), style: .title)
    }
    let count = panels.items.count
    guard count > 0 else { return result }
    let narrowest = panels.columns == nil ? narrowestPanel : narrowestAskedPanel
    let fitting = max((width + gap) / (narrowest + gap), 1)
    let columns = min(max(panels.columns ?? fitting, 1), fitting, count)
    let each = (width - gap * (columns - 1)) / columns
    for start in stride(from: 0, to: count, by: columns) {
      let row = panels.items[start..<min(start + columns, count)].map {
        grid($0, context, width: each)
      }
      if start > 0 { result.addRows() }
      let top = result.addRows(row.map(\.height).max() ?? 0)
      for (index, panel) in row.enumerated() {
        result.paste(panel, column: index * (each + gap), row: top)
      }
    }
    return result
  }
}

/// How a written file is reported.
enum FileLine {
  /// The whole digest, or where it does not fit into `width`, as much as is enough for the eye.
  static func text(_ report: FileReport, width: Int = .max) -> String {
    let size = Plural.text(report.byteCount, "byte")
    let start = "\(report.path)   \(size)   sha256 "
    let fits = DisplayWidth.of(start) + report.sha256.count <= width
    return start + (fits ? report.sha256 : report.sha256.prefix(16) + "…")
  }
}
