/// One number axis after its limits and ticks are settled.
struct Axis: Sendable, Hashable {
  struct Tick: Sendable, Hashable {
    let value: Double
    let label: String
  }

  let lower: Double
  let upper: Double
  let isLogarithmic: Bool
  let ticks: [Tick]

  /// Where a value stands between the ends: 0 at `lower`, 1 at `upper`; nothing if it has no place.
  func position(_ value: Double) -> Double? {
    guard value.isFinite else { return nil }
    if !isLogarithmic { return (value - lower) / (upper - lower) }
    guard value > 0 else { return nil }
    return (Logarithm.base10(value) - Logarithm.base10(lower)) / length
  }

  /// The value at a position.
  func value(at position: Double) -> Double {
    if !isLogarithmic { return lower + position * (upper - lower) }
    let low = Logarithm.base10(lower)
    return Logarithm.power10(low + position * (Logarithm.base10(upper) - low))
  }

  /// From end to end, in decades on a log axis.
  var length: Double {
    isLogarithmic ? Logarithm.base10(upper) - Logarithm.base10(lower) : upper - lower
  }

  func contains(_ value: Double) -> Bool {
    position(value).map { $0 >= -1e-9 && $0 <= 1 + 1e-9 } ?? false
  }
}

extension Axis {
  /// How an axis may choose its ends.
  enum Fit { case tight, padded, ticks }

  /// Settles an axis for `data`, with about `tickCount` ticks.
  init(
    data: ClosedRange<Double>?, options: AxisOptions, fit: Fit, tickCount: Int,
    wholeNumbers: Bool = false
  ) {
    if options.isLogarithmic {
      self.init(logarithmic: data, limits: options.limits, tickCount: tickCount)
      return
    }
    if let limits = options.limits, limits.lowerBound < limits.upperBound {
      let range = Double(limits.lowerBound)...Double(limits.upperBound)
      self.init(linear: range, step: Ticks.step(inside: range, count: tickCount))
      return
    }
    var range = Self.widened(data ?? 0...1)
    var step = Ticks.step(for: range, count: tickCount)
    if wholeNumbers { step = max(step, 1) }
    switch fit {
    case .tight: break
    case .padded:
      let margin = (range.upperBound - range.lowerBound) * 0.04
      range = (range.lowerBound - margin)...(range.upperBound + margin)
    case .ticks:
      step = Ticks.enclosingStep(for: range, count: tickCount)
      let low = (range.lowerBound / step + 1e-9).rounded(.down) * step
      let high = (range.upperBound / step - 1e-9).rounded(.up) * step
      range = low...high
    }
    self.init(linear: range, step: step)
  }

  /// The axis with as many ticks as have room for their labels side by side.
  static func fitting(columns: Int, _ axis: (_ tickCount: Int) -> Axis) -> Axis {
    // More than ten make no axis easier to read.
    var count = min(max(columns / 8, 3), 10)
    var fitted = axis(count)
    while count > 2, !fitted.labelsFit(columns) {
      count -= 1
      fitted = axis(count)
    }
    return fitted
  }

  /// Whether labels in the middle under their ticks leave two columns between them.
  private func labelsFit(_ columns: Int) -> Bool {
    let all = labels(columns: columns, room: Int.min / 2..<columns)
    return zip(all, all.dropFirst()).enumerated().allSatisfy { index, pair in
      // The last may have been moved towards the one before it.
      pair.0.end + (index + 2 == all.count ? 1 : 2) <= pair.1.start
    }
  }

  /// The label of a tick, and the columns that it and the tick take.
  struct PlacedLabel: Sendable, Hashable {
    let text: String
    let tick: Int
    let start: Int

    var end: Int { start + text.count }
  }

  /// Labels in the middle under their ticks on a plot of `columns`, moved to stay inside `room`.
  func labels(columns: Int, room: Range<Int>) -> [PlacedLabel] {
    ticks.compactMap { tick in
      position(tick.value).map { position in
        let column = Int((position * Double(columns - 1)).rounded())
        let start = min(column - (tick.label.count - 1) / 2, room.upperBound - tick.label.count)
        return PlacedLabel(text: tick.label, tick: column, start: max(start, room.lowerBound))
      }
    }
  }

  /// Labels of which none touches another: the first, the last, and what has room between.
  func separateLabels(columns: Int, room: Range<Int>) -> [PlacedLabel] {
    let all = labels(columns: columns, room: room)
    guard let first = all.first, let last = all.last, all.count > 1, first.end < last.start else {
      return Array(all.prefix(1))
    }
    var kept = [first]
    for label in all.dropFirst().dropLast()
    where kept[kept.count - 1].end + 2 <= label.start && label.end + 1 <= last.start {
      kept.append(label)
    }
    return kept + [last]
  }

  private init(linear range: ClosedRange<Double>, step: Double) {
    lower = range.lowerBound
    upper = range.upperBound
    isLogarithmic = false
    ticks = Ticks.linear(range, step: Ticks.tellable(step, in: range))
  }

  private init(logarithmic data: ClosedRange<Double>?, limits: ClosedRange<Float>?, tickCount: Int)
  {
    var range = data.flatMap { $0.upperBound > 0 ? $0 : nil } ?? 1...10
    if let limits, limits.lowerBound > 0, limits.lowerBound < limits.upperBound {
      range = Double(limits.lowerBound)...Double(limits.upperBound)
    }
    if range.lowerBound <= 0 { range = min(range.upperBound / 10, 1e-6)...range.upperBound }
    if range.lowerBound == range.upperBound {
      range = (range.lowerBound / 2)...(range.upperBound * 2)
    }
    lower = range.lowerBound
    upper = range.upperBound
    isLogarithmic = true
    ticks = Ticks.logarithmic(range, count: tickCount)
  }

  /// Room around data that is all one value.
  private static func widened(_ range: ClosedRange<Double>) -> ClosedRange<Double> {
    let low = range.lowerBound
    let high = range.upperBound
    let scale = max(low.magnitude, high.magnitude)
    if high - low > scale * 1e-7, high > low { return range }
    let margin = scale == 0 ? 1 : scale * 0.1
    return (low - margin)...(high + margin)
  }
}

/// Round numbers on an axis.
enum Ticks {
  private static let roundSteps = [1.0, 2, 2.5, 5, 10]

  /// The round step that gives about `count` intervals.
  static func step(for range: ClosedRange<Double>, count: Int) -> Double {
    let rough = (range.upperBound - range.lowerBound) / Double(max(count, 1))
    let power = NumberFormat.exponent(of: rough)
    return roundSteps.map { scaled($0, power) }.first { $0 >= rough * 0.999 } ?? rough
  }

  /// A step that data can make: near 1e8 the next value in single precision is 8 away.
  static func tellable(_ step: Double, in range: ClosedRange<Double>) -> Double {
    let largest = max(range.lowerBound.magnitude, range.upperBound.magnitude)
    let least = Double(Float(largest).ulp)
    return step < least ? self.step(for: 0...least, count: 1) : step
  }

  /// The round step whose multiples inside `range` reach furthest in about `count` intervals.
  static func step(inside range: ClosedRange<Double>, count: Int) -> Double {
    let span = range.upperBound - range.lowerBound
    func cost(_ step: Double) -> Double {
      let low = (range.lowerBound / step - 1e-9).rounded(.up)
      let high = (range.upperBound / step + 1e-9).rounded(.down)
      let intervals = max(high - low, 0)
      return 1 - intervals * step / span + 0.12 * (intervals - Double(count)).magnitude
    }
    return candidates(span: span, count: count).min { cost($0) < cost($1) } ?? span
  }

  private static func candidates(span: Double, count: Int) -> [Double] {
    let power = NumberFormat.exponent(of: span / Double(max(count, 1)))
    return [power - 1, power, power + 1].flatMap { exponent in
      [1.0, 2, 2.5, 5].map { scaled($0, exponent) }
    }
  }

  /// The round step whose multiples enclose `range` closely in about `count` intervals.
  static func enclosingStep(for range: ClosedRange<Double>, count: Int) -> Double {
    let span = range.upperBound - range.lowerBound
    func cost(_ step: Double) -> Double {
      let low = (range.lowerBound / step + 1e-9).rounded(.down)
      let high = (range.upperBound / step - 1e-9).rounded(.up)
      let intervals = high - low
      let waste = intervals * step / span - 1
      return waste + 0.12 * (intervals - Double(count)).magnitude
    }
    return candidates(span: span, count: count).min { cost($0) < cost($1) } ?? span
  }

  static func linear(_ range: ClosedRange<Double>, step: Double) -> [Axis.Tick] {
    let first = (range.lowerBound / step - 1e-6).rounded(.up)
    let last = (range.upperBound / step + 1e-6).rounded(.down)
    guard last >= first, last - first < 1000 else { return [] }
    let values = stride(from: first, through: last, by: 1).map { $0 == 0 ? 0 : $0 * step }
    return zip(values, labels(values, step: step)).map { Axis.Tick(value: $0, label: $1) }
  }

  /// Labels of one axis agree in their decimals, and have as many digits as the step needs.
  private static func labels(_ values: [Double], step: Double) -> [String] {
    let largest = values.map(\.magnitude).max() ?? 0
    if largest >= 1e6 || largest < 1e-3 {
      // 2.5 has a digit more than its place in the number.
      let digits = NumberFormat.exponent(of: largest) - NumberFormat.exponent(of: step) + 2
      if largest < 1e-3 || largest >= 1e9 || digits <= 4 {
        return values.map { NumberFormat.scientificTick($0, significant: max(digits, 3)) }
      }
    }
    let decimals = NumberFormat.decimalsNeeded(step, significant: 3)
    return values.map { NumberFormat.format($0, digits: decimals) }
  }

  static func logarithmic(_ range: ClosedRange<Double>, count: Int) -> [Axis.Tick] {
    let first = NumberFormat.exponent(of: range.lowerBound)
    let last = NumberFormat.exponent(of: range.upperBound)
    let decades = max(last - first, 1)
    let choices: [[Double]] = [[1, 2, 3, 5, 7], [1, 2, 5], [1]]
    let fitting = choices.firstIndex { decades * $0.count <= count * 3 / 2 } ?? 2
    let skip = max(1, decades / max(count, 1))
    let powers = Array(stride(from: first, through: last, by: skip))
    // One tick alone gives no scale: rather more of them, and between two of those round steps.
    for choice in choices[...fitting].reversed() {
      let ticks = powers.flatMap { power in choice.map { scaled($0, power) } }.filter {
        $0 >= range.lowerBound * 0.999_999 && $0 <= range.upperBound * 1.000_001
      }
      if ticks.count > 1 { return ticks.map { Axis.Tick(value: $0, label: label(decadic: $0)) } }
    }
    return linear(range, step: step(inside: range, count: max(count, 2)))
  }

  private static func label(decadic value: Double) -> String {
    value >= 1e4
      ? NumberFormat.scientific(value, significant: 3) : NumberFormat.scientificTick(value)
  }

  private static func scaled(_ mantissa: Double, _ power: Int) -> Double {
    power >= 0
      ? mantissa * NumberFormat.powerOfTen(power) : mantissa / NumberFormat.powerOfTen(-power)
  }
}

extension NumberFormat {
  /// Plain where that is short, `1e6` and `2e-5` where it is not.
  static func scientificTick(_ value: Double, significant: Int = 3) -> String {
    let magnitude = value.magnitude
    if magnitude == 0 || (magnitude >= 1e-3 && magnitude < 1e5) {
      return format(value, significant: 4)
    }
    return scientific(value, significant: significant)
  }
}

/// Logarithms from plain arithmetic, so that a picture has the same bytes on every machine.
enum Logarithm {
  private static let log10Of2 = 0.301_029_995_663_981_195
  private static let log10OfE = 0.434_294_481_903_251_828
  private static let ln10 = 2.302_585_092_994_045_684

  /// Precision: about 1e-15 relative, far below a dot of any canvas.
  static func base10(_ value: Double) -> Double {
    let ratio = (value.significand - 1) / (value.significand + 1)
    let square = ratio * ratio
    var term = ratio
    var sum = 0.0
    for order in stride(from: 1.0, through: 31, by: 2) {
      sum += term / order
      term *= square
    }
    return Double(value.exponent) * log10Of2 + 2 * sum * log10OfE
  }

  /// Precision: about 1e-14 relative.
  static func power10(_ exponent: Double) -> Double {
    let whole = exponent.rounded(.down)
    let rest = (exponent - whole) * ln10
    var term = 1.0
    var sum = 1.0
    for order in 1...30 {
      term *= rest / Double(order)
      sum += term
    }
    let scale = NumberFormat.powerOfTen(Int(abs(whole)))
    return whole < 0 ? sum / scale : sum * scale
  }
}
