/// Intervals that all histograms of a chart share, equal on the axis that they stand on.
struct HistogramBins: Sendable {
  let count: Int
  /// Whether each interval stands for one whole number.
  let isWhole: Bool
  /// Where the intervals begin and how long each is: values, or their logarithms.
  private let start: Double
  private let step: Double
  private let isLogarithmic: Bool

  var lower: Double { edge(0) }
  var upper: Double { edge(count) }

  /// Nothing without a value to count.
  init?(
    _ layers: [Layer], range: ClosedRange<Double>?, isLogarithmic: Bool = false, largestCount: Int
  ) {
    let histograms = layers.compactMap(\.histogram)
    let values = histograms.flatMap(\.values).map(Double.init).filter {
      $0.isFinite && (!isLogarithmic || $0 > 0) && (range?.contains($0) ?? true)
    }
    guard let lowest = values.min(), let highest = values.max() else { return nil }
    let limits = range.flatMap { !isLogarithmic || $0.lowerBound > 0 ? $0 : nil }
    let low = limits?.lowerBound ?? lowest
    let high = limits?.upperBound ?? highest
    let asked = histograms.compactMap(\.binCount).first
    let areWhole = !isLogarithmic && values.allSatisfy { $0 == $0.rounded() }
    self.isLogarithmic = isLogarithmic
    isWhole = asked == nil && areWhole && high - low < Double(largestCount)
    if isWhole {
      start = low.rounded() - 0.5
      step = 1
      count = Int(high.rounded() - low.rounded()) + 1
      return
    }
    let each = values.count / histograms.count
    count = min(max(asked ?? Self.suitableCount(each), 1), max(largestCount, 1))
    let first = isLogarithmic ? Logarithm.base10(low) : low
    let span = (isLogarithmic ? Logarithm.base10(high) : high) - first
    start = span > 0 ? first : first - 0.5
    step = (span > 0 ? span : 1) / Double(count)
  }

  /// Rice's rule, 2 n^⅓.
  private static func suitableCount(_ valueCount: Int) -> Int {
    var root = 1
    while (root + 1) * (root + 1) * (root + 1) <= valueCount { root += 1 }
    return min(max(2 * root, 5), 50)
  }

  /// Where an interval begins; at `count`, where the last ends.
  func edge(_ index: Int) -> Double {
    let place = start + Double(index) * step
    return isLogarithmic ? Logarithm.power10(place) : place
  }

  private func width(_ index: Int) -> Double {
    isLogarithmic ? edge(index + 1) - edge(index) : step
  }

  func index(of value: Double) -> Int? {
    guard value.isFinite, !isLogarithmic || value > 0 else { return nil }
    let place = ((isLogarithmic ? Logarithm.base10(value) : value) - start) / step
    // The values at the ends may miss them by rounding.
    guard place >= -1e-9, place <= Double(count) + 1e-9 else { return nil }
    return min(max(Int(place), 0), count - 1)
  }

  func heights(_ histogram: Histogram) -> [Double] {
    var heights = [Double](repeating: 0, count: count)
    for value in histogram.values {
      if let index = index(of: Double(value)) { heights[index] += 1 }
    }
    let total = heights.reduce(0, +)
    guard histogram.scale == .density, total > 0 else { return heights }
    return heights.enumerated().map { $1 / (total * width($0)) }
  }

  /// From the foot of the bars to the top of the highest; on a log axis, which has no zero, bars
  /// stand at half the height of the lowest.
  func heightRange(_ layers: [Layer], isLogarithmic: Bool) -> ClosedRange<Double> {
    let all = layers.compactMap(\.histogram).flatMap(heights).filter { $0 > 0 }
    let highest = max(all.max() ?? 0, 1e-9)
    return (isLogarithmic ? min((all.min() ?? 1) / 2, highest) : 0)...highest
  }
}

extension Layer {
  var histogram: Histogram? { if case .histogram(let histogram) = self { histogram } else { nil } }
}
