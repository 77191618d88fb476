/// The names of a chart's series with their colours, in as many rows as they need, and a scale of
/// shades behind them.
struct SVGLegend {
  private let places: [(name: String, series: Int, x: Double, y: Double)]
  private let scale: (range: ClosedRange<Double>, x: Double, y: Double)?
  /// Where the next thing below may begin.
  let bottom: Double

  private static let rowHeight = 20.0

  init(
    entries: [(name: String, series: Int)], shades: ClosedRange<Double>?, left: Double,
    right: Double, top: Double
  ) {
    var (x, y) = (left, top)
    func makeRoom(for width: Double) {
      guard x > left, x + width > right else { return }
      x = left
      y += Self.rowHeight
    }
    var places: [(name: String, series: Int, x: Double, y: Double)] = []
    for (name, series) in entries {
      let width = 30 + SVGBody.width(of: name)
      makeRoom(for: width - 14)
      places.append((name, series, x, y))
      x += width
    }
    self.places = places
    if let shades {
      makeRoom(for: SVGBody.scaleWidth(shades))
      scale = (shades, x, y)
    } else {
      scale = nil
    }
    bottom = entries.isEmpty && shades == nil ? top : y + Self.rowHeight
  }

  func draw(in body: inout SVGBody, color: (Int) -> String) {
    for place in places {
      body.rectangle(x: place.x, y: place.y, width: 12, height: 10, color: color(place.series))
      body.write(place.name, x: place.x + 16, y: place.y + 9)
    }
    if let scale { body.scale(scale.range, x: scale.x, y: scale.y - 1) }
  }
}
