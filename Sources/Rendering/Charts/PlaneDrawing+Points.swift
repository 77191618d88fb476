extension PlaneDrawing {
  mutating func draw(_ points: Points, firstSeries: Int) {
    let isASCII = context.usableCanvas == .ascii
    let needsGlyphs = !context.color && (points.classes != nil || pointLayerCount > 1)
    if isASCII || isOverColor || needsGlyphs || hasDiscs {
      drawGlyphs(points, firstSeries: firstSeries)
    } else {
      for index in 0..<points.count {
        guard let dot = dot(Double(points.xs[index]), Double(points.ys[index])) else { continue }
        let series = firstSeries + max(points.classes?[index] ?? 0, 0)
        canvas.dot(x: dot.x, y: dot.y, pen: Pen(style: Style(.series(series))))
      }
    }
    addLegend(points, firstSeries: firstSeries)
  }

  /// Whether points stand on a coloured field, where series colours would drown.
  var isOverColor: Bool {
    context.color && plane.layers.contains(where: \.isShading)
  }

  /// Whether few enough points are shown for each to be seen from afar.
  private var hasDiscs: Bool {
    let count = plane.layers.reduce(0) { count, layer in
      if case .points(let points) = layer { count + points.count } else { count }
    }
    return context.color && context.usableCanvas != .ascii && count <= Self.mostDiscs
  }

  private static var mostDiscs: Int { 400 }

  /// Each cell shows the class that most of its points have.
  mutating func drawGlyphs(_ points: Points, firstSeries: Int) {
    var tallies: [Int: [Int: Int]] = [:]
    for index in 0..<points.count {
      guard let cell = cell(Double(points.xs[index]), Double(points.ys[index])) else { continue }
      let key = cell.row * canvas.columns + cell.column
      tallies[key, default: [:]][points.classes?[index] ?? 0, default: 0] += 1
    }
    for (key, tally) in tallies {
      guard let most = tally.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }) else { continue }
      let glyph =
        hasDiscs
        ? "●"
        : points.classes == nil
          ? pointGlyph(count: most.value, of: points.count, series: firstSeries)
          : Glyphs.ofClass(most.key)
      canvas.put(
        glyph, column: key % canvas.columns, row: key / canvas.columns,
        style: isOverColor
          ? Style(.rgb(255, 255, 255), isBold: true)
          : Style(.series(firstSeries + max(most.key, 0))))
    }
  }

  /// Among many points, the glyph grows with how many share a cell.
  private func pointGlyph(count: Int, of total: Int, series: Int) -> Character {
    if isOverColor, context.unicode { return "●" }
    if pointLayerCount > 1 { return Glyphs.ofSeries(series) }
    if total <= 150 { return "o" }
    return count == 1 ? "." : count <= 3 ? "o" : "@"
  }

  private var pointLayerCount: Int {
    plane.layers.count { if case .points = $0 { true } else { false } }
  }

  mutating func addLegend(_ points: Points, firstSeries: Int) {
    let isGlyph = context.usableCanvas == .ascii || !context.color
    guard let classes = points.classes else {
      guard let name = points.name else { return }
      let plain: Character = pointLayerCount > 1 ? Glyphs.ofSeries(firstSeries) : "o"
      let hasGlyph = isGlyph && (context.usableCanvas == .ascii || pointLayerCount > 1)
      let key = hasGlyph ? plain : "●"
      legend.append(
        .init(key: [.init(key, Style(.series(firstSeries)))], name: context.spelled(name)))
      return
    }
    for index in Set(classes.prefix(points.count)).sorted() {
      let name = points.classNames.flatMap { $0.indices.contains(index) ? $0[index] : nil }
      let glyph = isGlyph ? Glyphs.ofClass(index) : "●"
      // A digit that stands for itself needs no explanation.
      if name == nil, isGlyph, (0...9).contains(index) { continue }
      legend.append(
        .init(
          key: [.init(glyph, Style(.series(firstSeries + max(index, 0))))],
          name: context.spelled(name ?? String(index))))
    }
  }
}
