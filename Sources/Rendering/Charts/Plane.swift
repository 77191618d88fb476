/// A chart over two number axes with everything settled but the surface it is drawn on.
struct Plane: Sendable {
  /// How much room there is, in the units in which ticks and bins should be counted.
  struct Size {
    /// Characters across the plot.
    var columns: Int
    /// Ticks up the plot.
    var tickRows: Int
  }

  let chart: Chart
  let layers: [Layer]
  let x: Axis
  let y: Axis
  let bins: HistogramBins?
  /// Values that have no place on the axes.
  let leftOutCount: Int
  let isEmpty: Bool

  init(chart: Chart, layers: [Layer], size: Size) {
    self.chart = chart
    self.layers = layers
    let extent = Extent(layers, x: chart.x, y: chart.y)
    bins = HistogramBins(
      layers, range: chart.x.limits.map { Double($0.lowerBound)...Double($0.upperBound) },
      largestCount: size.columns)
    var xRange = extent.x
    var yRange = extent.y
    if let bins {
      xRange = Extent.union(xRange, bins.lower...bins.upper)
      yRange = Extent.union(yRange, 0...max(bins.highest(layers), 1e-9))
    }
    isEmpty = xRange == nil || yRange == nil
    for line in chart.references where line.value.isFinite {
      let value = Double(line.value)
      if line.direction == .vertical {
        xRange = Extent.union(xRange, value...value)
      } else {
        yRange = Extent.union(yRange, value...value)
      }
    }
    let isWhole = bins?.isWhole ?? layers.allSatisfy(\.countsSteps)
    let fit: Axis.Fit = layers.contains(where: \.needsMargin) ? .padded : .tight
    x = Axis.fitting(columns: size.columns) { count in
      Axis(data: xRange, options: chart.x, fit: fit, tickCount: count, wholeNumbers: isWhole)
    }
    let yOfTicks = Axis(data: yRange, options: chart.y, fit: .ticks, tickCount: size.tickRows)
    // Beyond its rectangle a field would leave a white band.
    let hasRoomToSpare = yRange.map { yOfTicks.lower...yOfTicks.upper != $0 } ?? false
    y =
      hasRoomToSpare && layers.contains(where: \.hasRectangle)
      ? Axis(data: yRange, options: chart.y, fit: .tight, tickCount: size.tickRows) : yOfTicks
    leftOutCount = extent.leftOutCount
  }

  /// Names with the number of the series each layer starts at.
  var seriesStarts: [Int] {
    var next = 0
    return layers.map { layer in
      let start = next
      next += layer.seriesCount
      return start
    }
  }

  var seriesCount: Int { layers.reduce(0) { $0 + $1.seriesCount } }

  /// What the y axis measures when nobody said.
  var yLabel: String? {
    if let label = chart.y.label { return label }
    guard bins != nil else { return nil }
    return layers.contains { if case .histogram(let h) = $0 { h.scale == .density } else { false } }
      ? "density" : "count"
  }
}

extension Layer {
  /// Whether the layer is known inside a rectangle only.
  var hasRectangle: Bool {
    switch self {
    case .field, .contour: true
    case .line, .points, .histogram, .density, .vectors: false
    }
  }

  /// Points on the frame would be hard to see.
  var needsMargin: Bool {
    switch self {
    case .points, .vectors: true
    case .line, .histogram, .field, .contour, .density: false
    }
  }

  /// Whether x only counts steps, so that ticks should be whole.
  var countsSteps: Bool {
    if case .line(let line) = self { return line.xs == nil }
    return false
  }

  /// Colours that the layer takes.
  var seriesCount: Int {
    switch self {
    case .line, .histogram: 1
    case .points(let points): points.classes.map { max(($0.max() ?? 0) + 1, 1) } ?? 1
    case .field, .contour, .density, .vectors: 0
    }
  }
}

/// The smallest rectangle around the data.
struct Extent {
  private(set) var x: ClosedRange<Double>?
  private(set) var y: ClosedRange<Double>?
  private(set) var leftOutCount = 0
  private let xIsLogarithmic: Bool
  private let yIsLogarithmic: Bool
  private let xLimits: ClosedRange<Double>?

  init(_ layers: [Layer], x: AxisOptions, y: AxisOptions) {
    xIsLogarithmic = x.isLogarithmic
    yIsLogarithmic = y.isLogarithmic
    xLimits = x.limits.map { Double($0.lowerBound)...Double($0.upperBound) }
    for layer in layers { include(layer) }
  }

  static func union(
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
        include(Double(vectors.xs[index]), Double(vectors.ys[index]))
      }
    case .field(let field), .contour(let field, _):
      include(Double(field.xRange.lowerBound), Double(field.yRange.lowerBound))
      include(Double(field.xRange.upperBound), Double(field.yRange.upperBound))
      leftOutCount += field.values.count { !$0.isFinite }
    case .histogram(let histogram):
      leftOutCount += histogram.values.count { !$0.isFinite }
    }
  }

  private mutating func include(_ px: Double, _ py: Double) {
    guard px.isFinite, py.isFinite, !xIsLogarithmic || px > 0, !yIsLogarithmic || py > 0 else {
      leftOutCount += 1
      return
    }
    x = Self.union(x, px...px)
    // What lies outside the limits of x does not stretch y.
    if let xLimits, !xLimits.contains(px) { return }
    y = Self.union(y, py...py)
  }
}

/// Equal intervals that all histograms of a chart share.
struct HistogramBins: Sendable {
  let lower: Double
  let width: Double
  let count: Int
  /// Whether each interval stands for one whole number.
  let isWhole: Bool

  var upper: Double { lower + width * Double(count) }

  init?(_ layers: [Layer], range: ClosedRange<Double>?, largestCount: Int) {
    let histograms = layers.compactMap { layer in
      if case .histogram(let histogram) = layer { histogram } else { nil }
    }
    guard !histograms.isEmpty else { return nil }
    let values = histograms.flatMap(\.values).filter(\.isFinite).map(Double.init)
      .filter { range?.contains($0) ?? true }
    let low = range?.lowerBound ?? values.min() ?? 0
    let high = range?.upperBound ?? values.max() ?? 1
    let asked = histograms.compactMap(\.binCount).first
    let areWhole = !values.isEmpty && values.allSatisfy { $0 == $0.rounded() }
    isWhole = asked == nil && areWhole && high - low < Double(largestCount)
    if isWhole {
      lower = low.rounded() - 0.5
      width = 1
      count = Int(high.rounded() - low.rounded()) + 1
      return
    }
    let each = values.count / histograms.count
    count = min(max(asked ?? Self.suitableCount(each), 1), max(largestCount, 1))
    let span = high - low
    lower = span > 0 ? low : low - 0.5
    width = (span > 0 ? span : 1) / Double(count)
  }

  /// Rice's rule, 2 n^⅓.
  private static func suitableCount(_ valueCount: Int) -> Int {
    var root = 1
    while (root + 1) * (root + 1) * (root + 1) <= valueCount { root += 1 }
    return min(max(2 * root, 5), 50)
  }

  func index(of value: Double) -> Int? {
    guard value.isFinite, value >= lower, value <= upper else { return nil }
    return min(Int((value - lower) / width), count - 1)
  }

  func heights(_ histogram: Histogram) -> [Double] {
    var heights = [Double](repeating: 0, count: count)
    for value in histogram.values {
      if let index = index(of: Double(value)) { heights[index] += 1 }
    }
    let total = heights.reduce(0, +)
    guard histogram.scale == .density, total > 0 else { return heights }
    return heights.map { $0 / (total * width) }
  }

  func highest(_ layers: [Layer]) -> Double {
    layers.reduce(0) { highest, layer in
      guard case .histogram(let histogram) = layer else { return highest }
      return max(highest, heights(histogram).max() ?? 0)
    }
  }
}
