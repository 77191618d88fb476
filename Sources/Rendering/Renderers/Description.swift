/// Figures in words, for screen readers and for whoever cannot see the picture.
package enum Description {
  /// One line for each figure of an output.
  package static func lines(_ output: Output, _ context: RenderContext = .headless) -> [String] {
    switch output {
    case .chart(let chart): [context.spelled(describe(chart))]
    case .image(let figure): [context.spelled(describe(figure))]
    case .table(let table): [context.spelled(describe(table))]
    case .panels(let panels): panels.items.flatMap { lines($0, context) }
    case .text, .file, .failure: []
    }
  }

  package static func describe(_ chart: Chart) -> String {
    let body =
      switch chart.content {
      case .plane(let layers): LayerWords(x: chart.x, y: chart.y).describe(layers)
      case .bars(let bars): describe(bars)
      case .heatmap(let heatmap): describe(heatmap)
      case .confusion(let matrix): describe(matrix)
      }
    return opening(chart.title) + body + "."
  }

  private static func opening(_ title: String?) -> String { title.map { "\($0): " } ?? "" }

  static func number(_ value: Float) -> String { NumberFormat.format(value, significant: 3) }

  /// From the lowest to the highest of the finite values, and how many are not.
  static func range(_ values: [Float], prefix: String) -> String {
    let finite = values.filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max() else { return prefix + "no values" }
    let missing = values.count - finite.count
    let rest = missing == 0 ? "" : " but for \(NumberFormat.grouped(missing)) nan or infinite"
    if low < high { return prefix + "from \(number(low)) to \(number(high))" + rest }
    return prefix + "all \(number(low))" + rest
  }

  private static func describe(_ heatmap: Heatmap) -> String {
    "heatmap of " + Plural.text(heatmap.rows, "row") + " and "
      + Plural.text(heatmap.columns, "column") + range(heatmap.values, prefix: ", ")
      + extremes(heatmap)
  }

  /// The entries that are lowest and highest.
  private static func extremes(_ heatmap: Heatmap) -> String {
    let known = heatmap.values.indices.filter { heatmap.values[$0].isFinite }
    guard let lowest = known.min(by: { heatmap.values[$0] < heatmap.values[$1] }),
      let highest = known.max(by: { heatmap.values[$0] < heatmap.values[$1] }),
      heatmap.values[lowest] < heatmap.values[highest]
    else { return "" }
    func name(_ labels: [String]?, _ index: Int) -> String {
      labels.flatMap { index < $0.count ? $0[index] : nil } ?? String(index)
    }
    func at(_ index: Int) -> String {
      "row \(name(heatmap.rowLabels, index / heatmap.columns)), "
        + "column \(name(heatmap.columnLabels, index % heatmap.columns))"
    }
    return ", lowest at \(at(lowest)), highest at \(at(highest))"
  }

  private static func describe(_ bars: Bars) -> String {
    let known = bars.values.indices.filter { bars.values[$0].isFinite }
    guard let highest = known.max(by: { bars.values[$0] < bars.values[$1] }),
      let lowest = known.min(by: { bars.values[$0] < bars.values[$1] })
    else { return "no bars" }
    func entry(_ index: Int) -> String {
      let label = bars.labels.indices.contains(index) ? bars.labels[index] : String(index)
      return "\(label) \(number(bars.values[index]))"
    }
    let count = Plural.text(bars.values.count, "bar")
    if bars.values.count == 1 { return "\(count), \(entry(highest))" }
    return "\(count), highest \(entry(highest)), lowest \(entry(lowest))"
  }

  private static func describe(_ matrix: ConfusionMatrix) -> String {
    let count = matrix.classNames.count
    guard matrix.total > 0 else { return "confusion matrix without counts" }
    let share = Double(matrix.correct) / Double(matrix.total) * 100
    let wrong = matrix.counts.indices.filter { $0 / count != $0 % count }
    let text =
      "confusion matrix of \(Plural.text(count, "class", "classes")), "
      + "\(NumberFormat.format(share, digits: 1))% right"
    guard let worst = wrong.max(by: { matrix.counts[$0] < matrix.counts[$1] }),
      matrix.counts[worst] > 0
    else { return text }
    return text + ", most often \(matrix.classNames[worst / count]) taken for "
      + "\(matrix.classNames[worst % count]), \(Plural.text(matrix.counts[worst], "time"))"
  }

  package static func describe(_ figure: ImageFigure) -> String {
    let grid = figure.grid
    if let film = figure.film, let first = film.frames.first {
      return opening(figure.title)
        + "film of \(Plural.text(film.frames.count, "frame")) of "
        + "\(first.width)×\(first.height) pixels."
    }
    func list(_ labels: [String], _ word: String) -> String {
      labels.allSatisfy(\.isEmpty) ? "" : ", \(word): " + labels.joined(separator: ", ")
    }
    return opening(figure.title)
      + "\(Plural.text(grid.pictureCount, "image")) of \(grid.tileSize) pixels"
      + list(grid.groupLabels, "grids") + list(grid.columnLabels, "columns")
      + list(grid.rowLabels, "rows") + list(grid.captions, "labels") + "."
  }

  package static func describe(_ table: Table) -> String {
    opening(table.title) + "table of \(Plural.text(table.rows.count, "row")), columns: "
      + table.headings.filter { !$0.isEmpty }.joined(separator: ", ") + "."
  }
}
