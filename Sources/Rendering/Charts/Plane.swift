/// A chart over two number axes with everything settled but the surface it is drawn on.
struct Plane: Sendable {
  /// How much room there is, in the units in which ticks and bins should be counted.
  struct Size {
    /// Characters across the plot.
    var columns: Int
    /// Ticks up the plot.
    var tickRows: Int
  }

  /// A few words below a chart.
  struct Remark {
    let what: String
    let reason: String
  }

  let chart: Chart
  let layers: [Layer]
  let x: Axis
  let y: Axis
  let bins: HistogramBins?
  /// Values that have no place on the axes.
  let leftOutCount: Int
  /// Notes at places that the axes do not reach.
  let hiddenNoteCount: Int
  let isEmpty: Bool

  init(chart: Chart, layers: [Layer], size: Size) {
    self.chart = chart
    self.layers = layers
    var extent = Extent(layers, x: chart.x, y: chart.y)
    bins = HistogramBins(
      layers, range: chart.x.limits.map { Double($0.lowerBound)...Double($0.upperBound) },
      isLogarithmic: chart.x.isLogarithmic, largestCount: size.columns)
    if let bins {
      extent.include(
        x: bins.lower...bins.upper,
        y: bins.heightRange(layers, isLogarithmic: chart.y.isLogarithmic))
    }
    isEmpty = !extent.isInSight
    extent.include(marksOf: chart)
    let (xRange, yRange) = (extent.x, extent.y)
    hiddenNoteCount = extent.hiddenNoteCount
    let isWhole = bins?.isWhole ?? layers.allSatisfy(\.countsSteps)
    // Beyond its rectangle a field would leave a white band.
    let hasRectangle = layers.contains(where: \.hasRectangle)
    let isPadded = layers.contains(where: \.needsMargin) && !hasRectangle
    let fit: Axis.Fit = isPadded ? .padded : .tight
    x = Axis.fitting(columns: size.columns) { count in
      Axis(data: xRange, options: chart.x, fit: fit, tickCount: count, wholeNumbers: isWhole)
    }
    let yOfTicks = Axis(data: yRange, options: chart.y, fit: .ticks, tickCount: size.tickRows)
    let hasRoomToSpare = yRange.map { yOfTicks.lower...yOfTicks.upper != $0 } ?? false
    y =
      hasRoomToSpare && hasRectangle
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

  /// What of the data and the notes is not shown.
  var remarks: [Remark] {
    func remark(_ count: Int, _ thing: String, _ reason: String) -> Remark? {
      guard count > 0 else { return nil }
      return Remark(what: Plural.text(count, thing) + " not drawn", reason: "(\(reason))")
    }
    let reason =
      x.isLogarithmic || y.isLogarithmic ? "nan, infinite or not above 0" : "nan or infinite"
    return [
      remark(leftOutCount, "value", reason), remark(hiddenNoteCount, "note", "outside of the axes"),
    ].compactMap(\.self)
  }

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
