/// A plane chart as SVG.
struct SVGPlane {
  let plane: Plane
  let width: Double
  private let height: Double
  let left: Double
  let right = 16.0
  let top: Double
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
      entries: Self.entries(plane), shades: Self.shades(plane), left: left, right: width - right,
      top: chart.title == nil ? 8 : 30)
    top = legend.bottom + (plane.yLabel == nil ? 4 : 20)
    bottom = 28 + (chart.x.label == nil ? 0 : 18) + 18 * Double(plane.remarks.count)
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
    legend.draw(in: &body)
    drawRemarks(in: &body)
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

  func place(_ position: (x: Double, y: Double)) -> (x: Double, y: Double) {
    (left + position.x * innerWidth, top + (1 - position.y) * innerHeight)
  }

  /// Where a value stands on the page; nothing outside the plot.
  func point(_ x: Double, _ y: Double) -> (x: Double, y: Double)? {
    guard plane.x.contains(x), plane.y.contains(y),
      let px = plane.x.position(x), let py = plane.y.position(y)
    else { return nil }
    return place((px, py))
  }

  func color(_ series: Int) -> String { Palette.series(series).hex }

  private func drawRemarks(in body: inout SVGBody) {
    for (index, remark) in plane.remarks.reversed().enumerated() {
      let text = remark.what + " " + remark.reason
      let fits = SVGBody.width(of: text) <= width - right
      body.write(
        fits ? text : remark.what, x: width - right, y: height - 8 - 18 * Double(index),
        anchor: .end, color: SVGBody.faint)
    }
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
    var lowest = -Double.infinity
    // From above to below, so that names of lines close together stand below each other.
    for line in plane.chart.references.sorted(by: { $0.value > $1.value }) {
      let value = Double(line.value)
      if line.direction == .horizontal, plane.y.contains(value),
        let position = plane.y.position(value)
      {
        let y = top + (1 - position) * innerHeight
        body.line(left, y, width - right, y, dashes: true)
        guard let label = line.label else { continue }
        lowest = max(y - 4, lowest + 14)
        body.write(label, x: width - right - 4, y: lowest, anchor: .end, color: SVGBody.faint)
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
    case .line(let line): draw(line, series: series, in: &body)
    case .points(let points): draw(points, series: series, in: &body)
    case .histogram(let histogram): draw(histogram, series: series, in: &body)
    case .field(let field): shade(field, in: &body)
    case .density(let points):
      if let density = Self.density(of: points, plane) { shade(density.field, in: &body) }
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
      guard let x0 = plane.x.position(bins.edge(index)),
        let x1 = plane.x.position(bins.edge(index + 1)),
        let y = plane.y.position(height)
      else { continue }
      let from = place((min(max(x0, 0), 1), min(y, 1)))
      let to = place((min(max(x1, 0), 1), 0))
      body.rectangle(
        x: from.x, y: from.y, width: max(to.x - from.x - 0.5, 0), height: to.y - from.y,
        color: color(series), opacity: 0.55)
    }
  }
}
