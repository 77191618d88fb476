/// A plane chart as SVG.
struct SVGPlane {
  let plane: Plane
  private let width: Double
  private let height: Double
  private let left: Double
  private let right = 16.0
  private let top: Double
  private let bottom: Double
  private let legend: SVGLegend

  init(chart: Chart, layers: [Layer], width: Double, height: Double) {
    plane = Plane(
      chart: chart, layers: layers,
      size: Plane.Size(columns: Int(width / 9.375), tickRows: max(Int(height / 72), 3)))
    self.width = width
    let widest = plane.y.ticks.map { SVGBody.width(of: $0.label) }.max() ?? 0
    left = min(max(widest + 16, 32), width / 3)
    legend = SVGLegend(
      entries: Self.names(plane), shades: Self.shades(plane), left: left, right: width - right,
      top: chart.title == nil ? 8 : 30)
    top = legend.bottom + (plane.yLabel == nil ? 4 : 20)
    bottom = 28 + (chart.x.label == nil ? 0 : 18) + (plane.leftOutCount == 0 ? 0 : 18)
    // Names in many rows must not squeeze the plot.
    self.height = max(height, top + bottom + 140)
  }

  func body() -> SVGBody {
    var body = SVGBody(height: height)
    if let title = plane.chart.title {
      // Over the plot if there is room, else over the whole drawing.
      let half = SVGBody.width(of: title) / 2
      let middle = max(min(left + innerWidth / 2, width - half), min(half, width / 2))
      body.write(title, x: middle, y: 18, anchor: .middle, isBold: true)
    }
    legend.draw(in: &body, color: color)
    drawLeftOut(in: &body)
    for layer in plane.layers where layer.isShading { draw(layer, series: 0, in: &body) }
    drawAxes(in: &body)
    drawReferences(in: &body)
    for (layer, start) in zip(plane.layers, plane.seriesStarts) where !layer.isShading {
      draw(layer, series: start, in: &body)
    }
    for note in plane.chart.annotations {
      guard let point = point(Double(note.x), Double(note.y)) else { continue }
      body.circle(x: point.x, y: point.y, radius: 3, color: "currentColor")
      write(note.text, beside: point.x, distance: 6, y: point.y + 4, in: &body)
    }
    if plane.isEmpty {
      body.write(
        "no data", x: left + innerWidth / 2, y: top + innerHeight / 2, anchor: .middle,
        color: SVGBody.faint)
    }
    return body
  }

  var isShaded: Bool { plane.layers.contains(where: \.isShading) }

  private var innerWidth: Double { width - left - right }
  private var innerHeight: Double { height - top - bottom }

  private func place(_ position: (x: Double, y: Double)) -> (x: Double, y: Double) {
    (left + position.x * innerWidth, top + (1 - position.y) * innerHeight)
  }

  /// Where a value stands on the page; nothing outside the plot.
  func point(_ x: Double, _ y: Double) -> (x: Double, y: Double)? {
    guard plane.x.contains(x), plane.y.contains(y),
      let px = plane.x.position(x), let py = plane.y.position(y)
    else { return nil }
    return place((px, py))
  }

  private static func names(_ plane: Plane) -> [(String, Int)] {
    zip(plane.layers, plane.seriesStarts).flatMap { layer, start -> [(String, Int)] in
      switch layer {
      case .line(let line): return line.name.map { [($0, start)] } ?? []
      case .histogram(let histogram): return histogram.name.map { [($0, start)] } ?? []
      case .points(let points):
        guard let classes = points.classes else { return points.name.map { [($0, start)] } ?? [] }
        return Set(classes.prefix(points.count)).sorted().map { index in
          let name = points.classNames.flatMap { $0.indices.contains(index) ? $0[index] : nil }
          return (name ?? String(index), start + max(index, 0))
        }
      case .field, .contour, .density, .vectors: return []
      }
    }
  }

  /// What the darkest and the lightest shade stand for; a density only compares places.
  private static func shades(_ plane: Plane) -> ClosedRange<Double>? {
    plane.layers.lazy.compactMap { layer in
      if case .field(let field) = layer { FieldSampling.range(field) } else { nil }
    }.first
  }

  func color(_ series: Int) -> String { Palette.series(series).hex }

  private func drawLeftOut(in body: inout SVGBody) {
    guard plane.leftOutCount > 0 else { return }
    let count = NumberFormat.grouped(plane.leftOutCount)
    body.write(
      "\(count) without a place", x: width - right, y: height - 8, anchor: .end,
      color: SVGBody.faint)
  }

  private func drawAxes(in body: inout SVGBody) {
    let base = top + innerHeight
    body.line(left, top, left, base)
    body.line(left, base, width - right, base)
    for tick in plane.x.ticks {
      guard let position = plane.x.position(tick.value) else { continue }
      let x = left + position * innerWidth
      body.line(x, base, x, base + 4)
      body.write(tick.label, x: x, y: base + 17, anchor: .middle, color: SVGBody.faint)
    }
    for tick in plane.y.ticks {
      guard let position = plane.y.position(tick.value) else { continue }
      let y = top + (1 - position) * innerHeight
      body.line(left - 4, y, left, y)
      body.write(tick.label, x: left - 8, y: y + 4, anchor: .end, color: SVGBody.faint)
    }
    if let label = plane.chart.x.label {
      body.write(
        label, x: left + innerWidth / 2, y: top + innerHeight + 38, anchor: .middle,
        color: SVGBody.faint)
    }
    if let label = plane.yLabel { body.write(label, x: 4, y: top - 8, color: SVGBody.faint) }
  }

  /// Writes to the right of a place, or to its left where there is no room.
  private func write(
    _ text: String, beside x: Double, distance: Double, y: Double, color: String? = nil,
    in body: inout SVGBody
  ) {
    let fits = x + distance + SVGBody.width(of: text) <= width
    body.write(
      text, x: fits ? x + distance : x - distance, y: y, anchor: fits ? .start : .end,
      color: color)
  }

  private func drawReferences(in body: inout SVGBody) {
    for line in plane.chart.references {
      let value = Double(line.value)
      if line.direction == .horizontal, plane.y.contains(value),
        let position = plane.y.position(value)
      {
        let y = top + (1 - position) * innerHeight
        body.line(left, y, width - right, y, dashes: true)
        body.write(
          line.label ?? "", x: width - right - 4, y: y - 4, anchor: .end, color: SVGBody.faint)
      } else if line.direction == .vertical, plane.x.contains(value),
        let position = plane.x.position(value)
      {
        let x = left + position * innerWidth
        body.line(x, top, x, top + innerHeight, dashes: true)
        write(
          line.label ?? "", beside: x, distance: 4, y: top + 12, color: SVGBody.faint, in: &body)
      }
    }
  }

  private func draw(_ layer: Layer, series: Int, in body: inout SVGBody) {
    switch layer {
    case .line(let line): draw(line, color: color(series), in: &body)
    case .points(let points): draw(points, series: series, in: &body)
    case .histogram(let histogram): draw(histogram, series: series, in: &body)
    case .field(let field): shade(field, in: &body)
    case .density(let points):
      shade(
        Density.field(points, x: plane.x, y: plane.y, columns: 80, rows: 50), in: &body)
    case .contour(let field, let levels): drawContour(field, levels, in: &body)
    case .vectors(let vectors): draw(vectors, in: &body)
    }
  }

  func segment(
    _ start: (x: Double, y: Double), _ end: (x: Double, y: Double)
  ) -> String {
    guard let x0 = plane.x.position(start.x), let y0 = plane.y.position(start.y),
      let x1 = plane.x.position(end.x), let y1 = plane.y.position(end.y),
      let clipped = Clipping.clip((x0, y0), (x1, y1))
    else { return "" }
    let (from, to) = (place(clipped.0), place(clipped.1))
    return "M\(SVGBody.number(from.x)) \(SVGBody.number(from.y))"
      + "L\(SVGBody.number(to.x)) \(SVGBody.number(to.y))"
  }

  private func draw(_ histogram: Histogram, series: Int, in body: inout SVGBody) {
    guard let bins = plane.bins else { return }
    for (index, height) in bins.heights(histogram).enumerated() where height > 0 {
      let start = bins.lower + Double(index) * bins.width
      guard let x0 = plane.x.position(start), let x1 = plane.x.position(start + bins.width),
        let y = plane.y.position(height)
      else { continue }
      let from = place((min(max(x0, 0), 1), min(y, 1)))
      let to = place((min(max(x1, 0), 1), 0))
      body.rectangle(
        x: from.x, y: from.y, width: max(to.x - from.x - 0.5, 0), height: to.y - from.y,
        color: color(series), opacity: 0.55)
    }
  }

  private func shade(_ field: Field, in body: inout SVGBody) {
    guard let range = FieldSampling.range(field) else { return }
    let (columns, rows) = (160, 100)
    var raster = Raster(width: columns, height: rows, channels: 3, filledWith: 255)
    for row in 0..<rows {
      for column in 0..<columns {
        let x = plane.x.value(at: (Double(column) + 0.5) / Double(columns))
        let y = plane.y.value(at: 1 - (Double(row) + 0.5) / Double(rows))
        guard let value = FieldSampling.value(field, x: x, y: y) else { continue }
        let share = (value - range.lowerBound) / (range.upperBound - range.lowerBound)
        let color = Palette.color(ofLevel: Shade.byte(share))
        for (channel, sample) in [color.red, color.green, color.blue].enumerated() {
          raster[column, row, channel] = sample
        }
      }
    }
    body.picture(raster, x: left, y: top, width: innerWidth, height: innerHeight)
  }

  private func drawContour(_ field: Field, _ levels: [Float]?, in body: inout SVGBody) {
    let levels = levels?.map(Double.init) ?? Contour.roundLevels(field)
    for (index, level) in levels.enumerated() {
      let share = levels.count > 1 ? Double(index) / Double(levels.count - 1) : 0.5
      let segments = Contour.segments(field, level: level)
      let isLight = isShaded && Shade.share(level, FieldSampling.range(field) ?? 0...1) < 0.6
      let line = isLight ? "#ffffff" : isShaded ? "#000000" : SVGBody.color(0.75 * share)
      body.path(
        segments.map { segment($0.start, $0.end) }.joined(), color: line,
        thickness: isShaded ? 1 : 1.5)
      label(NumberFormat.format(level, significant: 4), on: segments, color: line, in: &body)
    }
  }

  /// Writes a level on its line, at the highest place that has room.
  private func label(
    _ text: String, on segments: [Contour.Segment], color: String, in body: inout SVGBody
  ) {
    let places = segments.compactMap { point($0.start.x, $0.start.y) }.filter {
      $0.y > top + 14 && $0.x > left + 20 && $0.x < width - right - 20
    }
    guard let place = places.min(by: { ($0.y, $0.x) < ($1.y, $1.x) }) else { return }
    body.write(text, x: place.x, y: place.y - 3, anchor: .middle, color: color)
  }

  private func draw(_ vectors: Vectors, in body: inout SVGBody) {
    let lengths = (0..<vectors.count).map { index -> Double in
      let (u, v) = (Double(vectors.us[index]), Double(vectors.vs[index]))
      return (u * u + v * v).squareRoot()
    }
    guard let longest = lengths.filter(\.isFinite).max(), longest > 0 else { return }
    for index in 0..<vectors.count where lengths[index].isFinite && lengths[index] > 0 {
      guard let at = point(Double(vectors.xs[index]), Double(vectors.ys[index])) else { continue }
      let scale = 18 / longest
      let (dx, dy) = (Double(vectors.us[index]) * scale, -Double(vectors.vs[index]) * scale)
      let shade = SVGBody.color(0.8 * lengths[index] / longest)
      body.line(at.x, at.y, at.x + dx, at.y + dy, color: shade, thickness: 1.5)
      body.circle(x: at.x + dx, y: at.y + dy, radius: 2, color: shade)
    }
  }
}
