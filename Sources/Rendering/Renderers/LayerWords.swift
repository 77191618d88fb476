/// The layers over two axes in words: what of them is drawn there.
struct LayerWords {
  let x: AxisOptions
  let y: AxisOptions

  /// Of more lines, only what they have in common is said.
  private static let mostLines = 4
  private static let ordinals = ["first ", "second ", "third ", "fourth "]

  func describe(_ layers: [Layer]) -> String {
    // Shades and lines of one field say the same.
    let lined = layers.compactMap { if case .contour(let field, _) = $0 { field } else { nil } }
    let shown = layers.filter { layer in
      if case .field(let field) = layer { !lined.contains(field) } else { true }
    }
    let lines = shown.compactMap { if case .line(let line) = $0 { line } else { nil } }
    var parts: [String] = []
    var lineCount = 0
    for layer in shown {
      guard case .line(let line) = layer else {
        parts.append(describe(layer))
        continue
      }
      if lines.count <= Self.mostLines {
        let ordinal = lines.count > 1 ? Self.ordinals[lineCount] : ""
        parts.append(describe(line, name: line.name.map { "line \($0)" } ?? ordinal + "line"))
      } else if lineCount == 0 {
        parts.append(summary(lines))
      }
      lineCount += 1
    }
    return parts.joined(separator: "; ")
  }

  private func describe(_ layer: Layer) -> String {
    switch layer {
    case .line(let line): describe(line, name: "line")
    case .points(let points): describe(points)
    case .density(let points):
      "density of \(Plural.text(points.count, "point"))" + (groups(points) ?? peak(points))
    case .histogram(let histogram): describe(histogram)
    case .field(let field):
      "shading by value" + Description.range(field.values, prefix: " ") + extremes(field)
    case .contour(let field, _):
      "lines of equal value, values" + Description.range(field.values, prefix: " ")
        + extremes(field)
    case .vectors(let vectors):
      Plural.text(vectors.count, "arrow") + ", lengths"
        + Description.range(vectors.lengths.map { Float($0) }, prefix: " ")
        + (ShapeWords.direction(vectors).map { ", pointing \($0)" } ?? "")
    }
  }

  private func number(_ value: Float) -> String { Description.number(value) }

  private func hasPlace(_ px: Double, _ py: Double) -> Bool {
    px.isFinite && py.isFinite && (!x.isLogarithmic || px > 0) && (!y.isLogarithmic || py > 0)
  }

  // MARK: Lines

  /// The points of a line that are drawn.
  private func known(_ line: Line) -> [Int] {
    (0..<line.count).filter { hasPlace(line.x($0), Double(line.ys[$0])) }
  }

  private func describe(_ line: Line, name: String) -> String {
    let known = known(line)
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

  private func summary(_ lines: [Line]) -> String {
    let names = lines.enumerated().map { $1.name ?? "number \($0 + 1)" }
    let ends = lines.map { line in
      let values = known(line).map { line.ys[$0] }
      return (low: values.min() ?? .infinity, high: values.max() ?? -.infinity)
    }
    let text =
      "\(lines.count) lines, " + names.prefix(2).joined(separator: ", ")
      + ", … \(names[names.count - 1])"
    guard let lowest = ends.indices.min(by: { ends[$0].low < ends[$1].low }),
      let highest = ends.indices.max(by: { ends[$0].high < ends[$1].high }),
      ends[lowest].low <= ends[highest].high
    else { return text + ", without values" }
    return text + ", lowest \(number(ends[lowest].low)) in \(names[lowest]), "
      + "highest \(number(ends[highest].high)) in \(names[highest])"
  }

  // MARK: Points

  private func describe(_ points: Points) -> String {
    let name = points.name.map { "\($0), " } ?? ""
    let count = name + Plural.text(points.count, "point")
    guard points.count > 0 else { return name + "no points" }
    guard let classes = points.classes else {
      let place = groups(points) ?? center(points, nil) + trend(points)
      return count + place
        + ", x" + Description.range(Array(points.xs.prefix(points.count)), prefix: " ")
        + ", y" + Description.range(Array(points.ys.prefix(points.count)), prefix: " ")
    }
    let present = Set(classes.prefix(points.count)).sorted()
    let groups = present.prefix(10).map { index in
      let label = points.classNames.flatMap { $0.indices.contains(index) ? $0[index] : nil }
      return "\(label ?? String(index))" + center(points, index)
    }
    return "\(count) in \(Plural.text(present.count, "class", "classes")): "
      + groups.joined(separator: ", ") + (present.count > groups.count ? ", …" : "")
  }

  /// Where the clusters are; nothing if there are none.
  private func groups(_ points: Points) -> String? {
    let clusters = ShapeWords.clusters(points)
    guard !clusters.isEmpty else { return nil }
    let places = clusters.map { place($0.x, $0.y) }
    return " in \(clusters.count) clusters around " + places.joined(separator: ", ")
  }

  private func trend(_ points: Points) -> String {
    guard let correlation = ShapeWords.correlation(points), correlation.magnitude >= 0.5 else {
      return ""
    }
    return ", y \(correlation < 0 ? "falls" : "rises") with x (correlation "
      + "\(NumberFormat.format(correlation, significant: 2)))"
  }

  /// Where most points are near.
  private func peak(_ points: Points) -> String {
    ShapeWords.peak(points).map { ", densest near " + place($0.x, $0.y) } ?? ""
  }

  /// Where the points of a class, or all, lie on average.
  private func center(_ points: Points, _ wanted: Int?) -> String {
    var sum = (x: 0.0, y: 0.0, count: 0.0)
    for index in 0..<points.count where wanted == nil || points.classes?[index] == wanted {
      guard points.xs[index].isFinite, points.ys[index].isFinite else { continue }
      sum = (sum.x + Double(points.xs[index]), sum.y + Double(points.ys[index]), sum.count + 1)
    }
    guard sum.count > 0 else { return "" }
    return " around " + place(sum.x / sum.count, sum.y / sum.count)
  }

  private func place(_ x: Double, _ y: Double) -> String {
    "(\(NumberFormat.format(x, significant: 2)), \(NumberFormat.format(y, significant: 2)))"
  }

  // MARK: Fields and histograms

  /// Where a field is lowest and highest.
  private func extremes(_ field: Field) -> String {
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

  private func describe(_ histogram: Histogram) -> String {
    let name = histogram.name.map { "histogram of \($0)" } ?? "histogram"
    let known = histogram.values.filter { hasPlace(Double($0), 1) }.sorted()
    guard !known.isEmpty else { return "\(name) without values" }
    let mean = Float(known.reduce(0.0) { $0 + Double($1) } / Double(known.count))
    return "\(name), \(Plural.text(known.count, "value"))"
      + Description.range(known, prefix: " ")
      + ", mean \(number(mean)), median \(number(known[known.count / 2]))" + peaks(known)
  }

  private func peaks(_ values: [Float]) -> String {
    let peaks = ShapeWords.peaks(values, isLogarithmic: x.isLogarithmic)
      .map { NumberFormat.format($0, significant: 2) }
    if peaks.isEmpty || peaks.count > 5 { return "" }
    return (peaks.count == 1 ? ", peak near " : ", \(peaks.count) peaks near ")
      + peaks.joined(separator: ", ")
  }
}
