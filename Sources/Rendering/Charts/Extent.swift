/// The smallest rectangle around what a chart shows.
struct Extent {
  private(set) var x: ClosedRange<Double>?
  private(set) var y: ClosedRange<Double>?
  private(set) var leftOutCount = 0
  private(set) var hiddenNoteCount = 0
  private let xIsLogarithmic: Bool
  private let yIsLogarithmic: Bool
  private let xLimits: ClosedRange<Double>?
  private let yLimits: ClosedRange<Double>?

  init(_ layers: [Layer], x: AxisOptions, y: AxisOptions) {
    xIsLogarithmic = x.isLogarithmic
    yIsLogarithmic = y.isLogarithmic
    xLimits = x.limits.map { Double($0.lowerBound)...Double($0.upperBound) }
    yLimits = y.limits.map { Double($0.lowerBound)...Double($0.upperBound) }
    for layer in layers { include(layer) }
  }

  /// Whether some of the data may be inside the limits.
  var isInSight: Bool {
    guard let x, let y else { return false }
    return (xLimits?.overlaps(x) ?? true) && (yLimits?.overlaps(y) ?? true)
  }

  mutating func include(x: ClosedRange<Double>?, y: ClosedRange<Double>?) {
    if let x { self.x = Self.union(self.x, x) }
    if let y { self.y = Self.union(self.y, y) }
  }

  /// Lines across and notes, which axes without limits reach.
  mutating func include(marksOf chart: Chart) {
    for line in chart.references where line.value.isFinite {
      let value = Double(line.value)
      let isVertical = line.direction == .vertical
      guard value > 0 || !(isVertical ? xIsLogarithmic : yIsLogarithmic) else { continue }
      include(x: isVertical ? value...value : nil, y: isVertical ? nil : value...value)
    }
    for note in chart.annotations {
      let (x, y) = (Double(note.x), Double(note.y))
      guard hasPlace(x, y), xLimits?.contains(x) ?? true, yLimits?.contains(y) ?? true else {
        hiddenNoteCount += 1
        continue
      }
      include(x: x...x, y: y...y)
    }
  }

  private static func union(
    _ first: ClosedRange<Double>?, _ second: ClosedRange<Double>
  ) -> ClosedRange<Double> {
    guard let first else { return second }
    return min(first.lowerBound, second.lowerBound)...max(first.upperBound, second.upperBound)
  }

  private mutating func include(_ layer: Layer) {
    switch layer {
    case .line(let line):
      for index in 0..<line.count { include(line.x(index), Double(line.ys[index])) }
    case .points(let points), .density(let points):
      for index in 0..<points.count {
        include(Double(points.xs[index]), Double(points.ys[index]))
      }
    case .vectors(let vectors):
      for index in 0..<vectors.count {
        let hasDirection = vectors.us[index].isFinite && vectors.vs[index].isFinite
        let x = hasDirection ? Double(vectors.xs[index]) : .nan
        include(x, Double(vectors.ys[index]))
      }
    case .field(let field), .contour(let field, _):
      include(Double(field.xRange.lowerBound), Double(field.yRange.lowerBound))
      include(Double(field.xRange.upperBound), Double(field.yRange.upperBound))
      leftOutCount += field.values.count { !$0.isFinite }
    case .histogram(let histogram):
      leftOutCount += histogram.values.count { !$0.isFinite || xIsLogarithmic && $0 <= 0 }
    }
  }

  private func hasPlace(_ px: Double, _ py: Double) -> Bool {
    px.isFinite && py.isFinite && (!xIsLogarithmic || px > 0) && (!yIsLogarithmic || py > 0)
  }

  private mutating func include(_ px: Double, _ py: Double) {
    guard hasPlace(px, py) else {
      leftOutCount += 1
      return
    }
    include(x: px...px, y: nil)
    // What lies outside the limits of x does not stretch y.
    if let xLimits, !xLimits.contains(px) { return }
    include(x: nil, y: py...py)
  }
}
