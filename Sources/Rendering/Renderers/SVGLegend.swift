/// The names of a chart's series with their colours, in as many rows as they need, and behind them
/// a scale of shades or the length of the longest arrow.
struct SVGLegend {
  struct Entry {
    let name: String
    let color: String
    var isDashed = false
  }

  private let places: [(entry: Entry, x: Double, y: Double)]
  private let scale: (range: ClosedRange<Double>, x: Double, y: Double)?
  /// Where the next thing below may begin.
  let bottom: Double

  private static let rowHeight = 20.0

  init(
    entries: [Entry], shades: ClosedRange<Double>?, left: Double, right: Double, top: Double
  ) {
    var (x, y) = (left, top)
    func makeRoom(for width: Double) {
      guard x > left, x + width > right else { return }
      x = left
      y += Self.rowHeight
    }
    var places: [(entry: Entry, x: Double, y: Double)] = []
    for entry in entries {
      let width = 30 + SVGBody.width(of: entry.name)
      makeRoom(for: width - 14)
      places.append((entry, x, y))
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

  func draw(in body: inout SVGBody) {
    for (entry, x, y) in places {
      body.rectangle(
        x: x, y: y, width: entry.isDashed ? 5 : 12, height: 10, color: entry.color)
      if entry.isDashed {
        body.rectangle(x: x + 8, y: y, width: 4, height: 10, color: entry.color)
      }
      body.write(entry.name, x: x + 16, y: y + 9)
    }
    if let scale { body.scale(scale.range, x: scale.x, y: scale.y - 1) }
  }
}
