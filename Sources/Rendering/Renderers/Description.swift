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
    case .plane(let layers):
      // Shades and lines of one field say the same.
      let lined = layers.compactMap { if case .contour(let field, _) = $0 { field } else { nil } }
      let shown = layers.filter { layer in
        if case .field(let field) = layer { !lined.contains(field) } else { true }
      }
      body = shown.map(describe).joined(separator: "; ")
    case .bars(let bars): body = describe(bars)
    case .heatmap(let heatmap):
      body =
        "heatmap of \(heatmap.rows) rows and \(heatmap.columns) columns"
        + range(heatmap.values, prefix: ", ") + extremes(heatmap)
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

  private static func describe(_ layer: Layer) -> String {
    switch layer {
    case .line(let line): return describe(line)
    case .points(let points): return describe(points)
    case .density(let points):
      return "density of \(NumberFormat.grouped(points.count)) points" + center(points, nil)
    case .histogram(let histogram): return describe(histogram)
    case .field(let field):
      return "shading by value" + range(field.values, prefix: " ") + extremes(field)
    case .contour(let field, _):
      return "lines of equal value, values" + range(field.values, prefix: " ") + extremes(field)
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
      return "\(name)\(count) points" + groups(points) + trend(points)
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

  /// Where the clusters are, or the middle of all.
  private static func groups(_ points: Points) -> String {
    let clusters = ShapeWords.clusters(points)
    guard !clusters.isEmpty else { return center(points, nil) }
    let places = clusters.map { place($0.x, $0.y) }
    return " in \(clusters.count) clusters around " + places.joined(separator: ", ")
  }

  private static func trend(_ points: Points) -> String {
    guard let correlation = ShapeWords.correlation(points), correlation.magnitude >= 0.5 else {
      return ""
    }
    return ", y \(correlation < 0 ? "falls" : "rises") with x (correlation "
      + "\(NumberFormat.format(correlation, significant: 2)))"
  }

  /// Where a field is lowest and highest.
  private static func extremes(_ field: Field) -> String {
    let known = field.values.indices.filter { field.values[$0].isFinite }
    guard let lowest = known.min(by: { field.values[$0] < field.values[$1] }),
      let highest = known.max(by: { field.values[$0] < field.values[$1] }),
      field.values[lowest] < field.values[highest]
    else { return "" }
    func at(_ index: Int) -> String {
      func along(_ range: ClosedRange<Float>, _ step: Int, _ count: Int) -> Double {
        let share = Double(step) / Double(max(count - 1, 1))
        return Double(range.lowerBound) + share * Double(range.upperBound - range.lowerBound)
      }
      return place(
        along(field.xRange, index % field.columns, field.columns),
        along(field.yRange, index / field.columns, field.rows))
    }
    return ", lowest near \(at(lowest)), highest near \(at(highest))"
  }

  private static func place(_ x: Double, _ y: Double) -> String {
    "(\(NumberFormat.format(x, significant: 2)), \(NumberFormat.format(y, significant: 2)))"
  }

  /// Where the points of a class, or all, lie on average.
  private static func center(_ points: Points, _ wanted: Int?) -> String {
    var sum = (x: 0.0, y: 0.0, count: 0.0)
    for index in 0..<points.count where wanted == nil || points.classes?[index] == wanted {
      guard points.xs[index].isFinite, points.ys[index].isFinite else { continue }
      sum = (sum.x + Double(points.xs[index]), sum.y + Double(points.ys[index]), sum.count + 1)
    }
    guard sum.count > 0 else { return "" }
    return " around " + place(sum.x / sum.count, sum.y / sum.count)
  }

  private static func describe(_ histogram: Histogram) -> String {
    let name = histogram.name.map { "histogram of \($0)" } ?? "histogram"
    let finite = histogram.values.filter(\.isFinite).sorted()
    guard !finite.isEmpty else { return "\(name) without values" }
    let mean = Float(finite.reduce(0.0) { $0 + Double($1) } / Double(finite.count))
    return "\(name), \(NumberFormat.grouped(finite.count)) values"
      + range(finite, prefix: " ")
      + ", mean \(number(mean)), median \(number(finite[finite.count / 2]))" + peaks(finite)
  }

  private static func peaks(_ values: [Float]) -> String {
    let peaks = ShapeWords.peaks(values).map { NumberFormat.format($0, significant: 2) }
    if peaks.isEmpty || peaks.count > 5 { return "" }
    return (peaks.count == 1 ? ", peak near " : ", \(peaks.count) peaks near ")
      + peaks.joined(separator: ", ")
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
    if let film = figure.film, let first = film.frames.first {
      return opening(figure.title)
        + "film of \(film.frames.count) frames of \(first.width)×\(first.height) pixels."
    }
    let count = grid.pictureCount
    func list(_ labels: [String], _ word: String) -> String {
      labels.allSatisfy(\.isEmpty) ? "" : ", \(word): " + labels.joined(separator: ", ")
    }
    return opening(figure.title)
      + "\(count) \(count == 1 ? "image" : "images") of \(grid.tileSize) pixels"
      + list(grid.groupLabels, "grids") + list(grid.columnLabels, "columns")
      + list(grid.rowLabels, "rows") + list(grid.captions, "labels") + "."
  }

  package static func describe(_ table: Table) -> String {
    opening(table.title) + "table of \(table.rows.count) rows, columns: "
      + table.headings.filter { !$0.isEmpty }.joined(separator: ", ") + "."
  }
}
