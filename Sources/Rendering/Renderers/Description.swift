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
    let body: String
    switch chart.content {
    case .plane(let layers): body = layers.map(describe).joined(separator: "; ")
    case .bars(let bars): body = describe(bars)
    case .heatmap(let heatmap):
      body =
        "heatmap of \(heatmap.rows) rows and \(heatmap.columns) columns"
        + range(heatmap.values, prefix: ", ")
    case .confusion(let matrix): body = describe(matrix)
    }
    return opening(chart.title) + body + "."
  }

  private static func opening(_ title: String?) -> String { title.map { "\($0): " } ?? "" }

  private static func number(_ value: Float) -> String {
    NumberFormat.format(value, significant: 3)
  }

  private static func range(_ values: [Float], prefix: String) -> String {
    let finite = values.filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max() else { return prefix + "no values" }
    if low == high { return prefix + "all \(number(low))" }
    return prefix + "from \(number(low)) to \(number(high))"
  }

  private static func describe(_ layer: Layer) -> String {
    switch layer {
    case .line(let line): return describe(line)
    case .points(let points): return describe(points)
    case .density(let points):
      return "density of \(NumberFormat.grouped(points.count)) points" + center(points, nil)
    case .histogram(let histogram): return describe(histogram)
    case .field(let field): return "shading by value" + range(field.values, prefix: " ")
    case .contour(let field, _):
      return "lines of equal value, values" + range(field.values, prefix: " ")
    case .vectors(let vectors):
      let lengths = (0..<vectors.count).map { index in
        (vectors.us[index] * vectors.us[index] + vectors.vs[index] * vectors.vs[index])
          .squareRoot()
      }
      return "\(vectors.count) arrows, lengths" + range(lengths, prefix: " ")
    }
  }

  private static func describe(_ line: Line) -> String {
    let name = line.name.map { "line \($0)" } ?? "line"
    let known = (0..<line.count).filter { line.ys[$0].isFinite && line.x($0).isFinite }
    guard let first = known.first, let last = known.last else { return "\(name) without values" }
    let lowest = known.min { line.ys[$0] < line.ys[$1] } ?? first
    let highest = known.max { line.ys[$0] < line.ys[$1] } ?? first
    let low = line.ys[lowest]
    let high = line.ys[highest]
    if low == high { return "\(name) constant at \(number(low))" }
    func place(_ index: Int) -> String {
      "\(number(line.ys[index])) at \(NumberFormat.format(line.x(index), significant: 3))"
    }
    let change = line.ys[last] - line.ys[first]
    // A curve that ends far inside its own range went up and down on the way.
    let trend = abs(change) < (high - low) * 0.6 ? "varies" : change < 0 ? "falls" : "rises"
    return "\(name) \(trend), from \(place(first)) to \(place(last)), "
      + "lowest \(place(lowest)), highest \(place(highest))"
  }

  private static func describe(_ points: Points) -> String {
    let name = points.name.map { "\($0), " } ?? ""
    let count = NumberFormat.grouped(points.count)
    guard let classes = points.classes else {
      return "\(name)\(count) points" + center(points, nil)
        + ", x" + range(Array(points.xs.prefix(points.count)), prefix: " ")
        + ", y" + range(Array(points.ys.prefix(points.count)), prefix: " ")
    }
    let present = Set(classes.prefix(points.count)).sorted()
    let groups = present.prefix(10).map { index in
      let label = points.classNames.flatMap { $0.indices.contains(index) ? $0[index] : nil }
      return "\(label ?? String(index))" + center(points, index)
    }
    return "\(name)\(count) points in \(present.count) classes: "
      + groups.joined(separator: ", ")
  }

  /// Where the points of a class, or all, lie on average.
  private static func center(_ points: Points, _ wanted: Int?) -> String {
    var sum = (x: 0.0, y: 0.0, count: 0.0)
    for index in 0..<points.count where wanted == nil || points.classes?[index] == wanted {
      guard points.xs[index].isFinite, points.ys[index].isFinite else { continue }
      sum = (sum.x + Double(points.xs[index]), sum.y + Double(points.ys[index]), sum.count + 1)
    }
    guard sum.count > 0 else { return "" }
    let x = NumberFormat.format(sum.x / sum.count, significant: 2)
    let y = NumberFormat.format(sum.y / sum.count, significant: 2)
    return " around (\(x), \(y))"
  }

  private static func describe(_ histogram: Histogram) -> String {
    let name = histogram.name.map { "histogram of \($0)" } ?? "histogram"
    let finite = histogram.values.filter(\.isFinite).sorted()
    guard !finite.isEmpty else { return "\(name) without values" }
    let mean = Float(finite.reduce(0.0) { $0 + Double($1) } / Double(finite.count))
    return "\(name), \(NumberFormat.grouped(finite.count)) values"
      + range(finite, prefix: " ")
      + ", mean \(number(mean)), median \(number(finite[finite.count / 2]))"
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
    return "\(bars.values.count) bars, highest \(entry(highest)), lowest \(entry(lowest))"
  }

  private static func describe(_ matrix: ConfusionMatrix) -> String {
    let count = matrix.classNames.count
    guard matrix.total > 0 else { return "confusion matrix without counts" }
    let share = Double(matrix.correct) / Double(matrix.total) * 100
    let wrong = matrix.counts.indices.filter { $0 / count != $0 % count }
    let text =
      "confusion matrix of \(count) classes, "
      + "\(NumberFormat.format(share, digits: 1))% right"
    guard let worst = wrong.max(by: { matrix.counts[$0] < matrix.counts[$1] }),
      matrix.counts[worst] > 0
    else { return text }
    return text + ", most often \(matrix.classNames[worst / count]) taken for "
      + "\(matrix.classNames[worst % count]), \(matrix.counts[worst]) times"
  }

  package static func describe(_ figure: ImageFigure) -> String {
    let grid = figure.grid
    let size = "\(grid.tileWidth)×\(grid.tileHeight)"
    let count = grid.tiles.count
    let rows = grid.rowLabels.isEmpty ? "" : ", rows: " + grid.rowLabels.joined(separator: ", ")
    return opening(figure.title)
      + "\(count) \(count == 1 ? "image" : "images") of \(size) pixels" + rows + "."
  }

  package static func describe(_ table: Table) -> String {
    opening(table.title) + "table of \(table.rows.count) rows, columns: "
      + table.headings.filter { !$0.isEmpty }.joined(separator: ", ") + "."
  }
}
