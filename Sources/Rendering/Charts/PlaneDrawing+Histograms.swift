extension PlaneDrawing {
  private var histograms: [(histogram: Histogram, series: Int)] {
    zip(plane.layers, plane.seriesStarts).compactMap { layer, start in
      if case .histogram(let histogram) = layer { (histogram, start) } else { nil }
    }
  }

  mutating func drawHistograms() {
    guard let bins = plane.bins else { return }
    let all = histograms
    if all.count == 1 {
      fill(bins.heights(all[0].histogram), bins, series: all[0].series)
    } else if all.count == 2, needsGlyphs {
      hatch(all.map { bins.heights($0.histogram) }, bins, series: all.map(\.series))
    } else {
      for (histogram, series) in all {
        outline(bins.heights(histogram), bins, series: series)
      }
    }
    addLegend(all)
  }

  /// Whether neither colour nor fine lines tell histograms apart.
  private var needsGlyphs: Bool { context.usableCanvas == .ascii || !context.color }

  mutating func addLegend(_ all: [(histogram: Histogram, series: Int)]) {
    for (index, entry) in all.enumerated() {
      guard let name = entry.histogram.name else { continue }
      let key: Character =
        !needsGlyphs || (all.count == 1 && context.usableCanvas != .ascii)
        ? "■"
        : all.count == 1
          ? fillGlyph
          : all.count == 2
            ? Self.hatches[index]
            : Glyphs.ofSeries(entry.series)
      legend.append(
        .init(key: [.init(key, Style(.series(entry.series)))], name: context.spelled(name)))
    }
    if needsGlyphs, all.count == 2, all.contains(where: { $0.histogram.name != nil }) {
      legend.append(.init(key: [.init("X")], name: "both"))
    }
  }

  private static let hatches: [Character] = ["/", "\\"]
  private static let eighths: [Character] = Array("▁▂▃▄▅▆▇█")

  /// Bars under a curve are lighter, so that the curve shows.
  private var fillGlyph: Character {
    plane.layers.contains { if case .line = $0 { true } else { false } } ? ":" : "#"
  }

  /// The height of a value in rows, from the bottom edge of the plot.
  private func rowHeight(_ value: Double) -> Double {
    guard value > 0, let position = plane.y.position(value) else { return 0 }
    return min(max(position * Double(canvas.rows - 1) + 0.5, 0), Double(canvas.rows))
  }

  private func height(_ heights: [Double], _ bins: HistogramBins, column: Int) -> Double {
    let share = Double(column) / Double(max(canvas.columns - 1, 1))
    return bins.index(of: plane.x.value(at: share)).map { heights[$0] } ?? 0
  }

  mutating func fill(_ heights: [Double], _ bins: HistogramBins, series: Int) {
    let style = Style(.series(series))
    for column in 0..<canvas.columns {
      let height = rowHeight(height(heights, bins, column: column))
      for row in 0..<canvas.rows {
        let filled = height - Double(canvas.rows - 1 - row)
        guard let glyph = fillGlyph(share: filled) else { continue }
        canvas.put(glyph, column: column, row: row, style: style)
      }
    }
  }

  private func fillGlyph(share: Double) -> Character? {
    if context.usableCanvas == .ascii {
      return share >= 0.83 ? fillGlyph : share >= 0.5 ? ":" : share >= 0.17 ? "." : nil
    }
    let eighth = Int((min(share, 1) * 8).rounded())
    return eighth > 0 ? Self.eighths[eighth - 1] : nil
  }

  /// Two histograms in one: `/` and `\`, and `X` where both are.
  mutating func hatch(_ heights: [[Double]], _ bins: HistogramBins, series: [Int]) {
    for column in 0..<canvas.columns {
      let tops = heights.map { rowHeight(height($0, bins, column: column)) }
      for row in 0..<canvas.rows {
        let middle = Double(canvas.rows - 1 - row) + 0.5
        let isFirst = tops[0] >= middle
        let isSecond = tops[1] >= middle
        guard isFirst || isSecond else { continue }
        let glyph: Character = isFirst && isSecond ? "X" : Self.hatches[isFirst ? 0 : 1]
        let style = isFirst && isSecond ? Style.plain : Style(.series(series[isFirst ? 0 : 1]))
        canvas.put(glyph, column: column, row: row, style: style)
      }
    }
  }

  mutating func outline(
    _ heights: [Double], _ bins: HistogramBins, series: Int
  ) {
    let pen = Pen(
      glyph: needsGlyphs ? Glyphs.ofSeries(series) : nil, style: Style(.series(series)))
    // A log axis has no zero.
    let foot = max(plane.y.lower, 0)
    var previous = foot
    for (index, height) in (heights + [0]).map({ max($0, foot) }).enumerated() {
      let x = bins.edge(index)
      stroke((x, previous), (x, height), pen: pen)
      if index < heights.count { stroke((x, height), (bins.edge(index + 1), height), pen: pen) }
      previous = height
    }
  }
}
