extension PlaneDrawing {
  mutating func draw(_ points: Points, firstSeries: Int) {
    if hasGlyphs(points) || hasDiscs(points) {
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

  /// Whether characters stand for points: where there are no finer ones, and where colours do not
  /// tell which point belongs where.
  private func hasGlyphs(_ points: Points) -> Bool {
    if context.usableCanvas == .ascii || isOverColor { return true }
    let isOneOfMany = points.classes != nil || pointLayerCount > 1
    return isOneOfMany && (!context.color || plane.seriesCount > Palette.seriesCount)
  }

  /// Whether points are coloured shapes: if so few are shown that each is seen from afar.
  private func hasDiscs(_ points: Points) -> Bool {
    // On shades, where all points are white, classes are known by their glyphs.
    if isOverColor, points.classes != nil { return false }
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
      let glyph = glyph(points, of: most.key, count: most.value, firstSeries: firstSeries)
      canvas.put(
        glyph, column: key % canvas.columns, row: key / canvas.columns,
        style: isOverColor
          ? Style(.rgb(255, 255, 255), isBold: true)
          : Style(.series(firstSeries + max(most.key, 0))))
    }
  }

  private func glyph(
    _ points: Points, of index: Int, count: Int, firstSeries: Int
  ) -> Character {
    if hasDiscs(points) { return Glyphs.shape(ofSeries: firstSeries + max(index, 0)) }
    if points.classes != nil { return Glyphs.ofClass(index) }
    return pointGlyph(count: count, of: points.count, series: firstSeries)
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
    let areDots = !hasGlyphs(points) && !hasDiscs(points)
    func entry(_ glyph: Character, _ series: Int, _ name: String) -> Legend.Entry {
      let style = isOverColor ? Style.plain : Style(.series(series))
      return Legend.Entry(key: [.init(glyph, style)], name: context.spelled(name))
    }
    guard let classes = points.classes else {
      guard let name = points.name else { return }
      let plain: Character = context.usableCanvas == .ascii ? "o" : "●"
      let isPlain = pointLayerCount == 1 || areDots
      let glyph =
        hasDiscs(points)
        ? Glyphs.shape(ofSeries: firstSeries) : isPlain ? plain : Glyphs.ofSeries(firstSeries)
      legend.append(entry(glyph, firstSeries, name))
      return
    }
    for index in Set(classes.prefix(points.count)).sorted() {
      let name = points.classNames.flatMap { $0.indices.contains(index) ? $0[index] : nil }
      let series = firstSeries + max(index, 0)
      let shape = hasDiscs(points) ? Glyphs.shape(ofSeries: series) : "●"
      let isDigit = !areDots && !hasDiscs(points)
      // A digit that stands for itself needs no explanation.
      if name == nil, isDigit, (0...9).contains(index) { continue }
      legend.append(
        entry(isDigit ? Glyphs.ofClass(index) : shape, series, name ?? String(index)))
    }
  }
}
