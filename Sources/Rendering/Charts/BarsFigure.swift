import Typography

/// Bars as text: a name, a length and a number on every line.
struct BarsFigure {
  let chart: Chart
  let bars: Bars
  let context: RenderContext
  let width: Int

  func grid() -> TextGrid {
    var grid = TextGrid(width: width)
    if let title = chart.title {
      let shown = DisplayWidth.truncate(
        context.spelled(title), to: width, unicode: context.unicode)
      grid.putCentered(shown, column: 0, room: width, row: grid.addRows(), style: .title)
    }
    let labels = bars.labels.map(context.spelled)
    guard !bars.values.isEmpty else {
      grid.put("no data", column: 0, row: grid.addRows(), style: .faint)
      return grid
    }
    let numbers = bars.numbers
    let labelWidth = min(labels.map(DisplayWidth.of).max() ?? 0, width / 3)
    let numberWidth = numbers.map(\.count).max() ?? 0
    let axisWidth = bars.values.contains { $0 < 0 } ? 2 : 0
    let room = max(width - labelWidth - numberWidth - 3 - axisWidth, 4)
    let scale = Scale(bars.values, limits: chart.x.limits, room: room)
    for (index, value) in bars.values.enumerated() {
      let row = grid.addRows()
      let label = labels.indices.contains(index) ? labels[index] : ""
      let shown = DisplayWidth.truncate(label, to: labelWidth, unicode: context.unicode)
      grid.put(shown, column: labelWidth - DisplayWidth.of(shown), row: row)
      grid.put(
        context.usableCanvas == .ascii ? "|" : "│", column: labelWidth + 1 + scale.origin,
        row: row, style: .faint)
      let end = put(value, scale, start: labelWidth + 2, row: row, in: &grid)
      grid.put(numbers[index], column: end + 1, row: row, style: .plain)
    }
    if let label = chart.x.label {
      grid.put(context.spelled(label), column: labelWidth + 2, row: grid.addRows(), style: .faint)
    }
    return grid
  }

  /// Draws the bar and gives the column after it.
  private func put(
    _ value: Float, _ scale: Scale, start: Int, row: Int, in grid: inout TextGrid
  ) -> Int {
    let origin = start + scale.origin
    guard value.isFinite else { return origin }
    let length = scale.length(Double(value))
    let style = Style(.series(value < 0 ? 1 : 0))
    let isASCII = context.usableCanvas == .ascii
    let whole = isASCII ? Int(length.rounded()) : Int(length)
    let full = String(repeating: isASCII ? "#" : "█", count: whole)
    let parts = value < 0 ? Self.rightParts : Self.leftParts
    let rest = length - Double(whole)
    // However short, a bar is seen.
    let count = max(Int((rest * Double(parts.count)).rounded()), length > 0 && whole == 0 ? 1 : 0)
    let part = isASCII || count == 0 ? nil : parts[count - 1]
    grid.put(
      full, column: value < 0 ? origin - 1 - whole : origin, row: row, style: style)
    guard let part else { return value < 0 ? origin : origin + whole }
    grid.put(
      part, column: value < 0 ? origin - 2 - whole : origin + whole, row: row, style: style)
    return value < 0 ? origin : origin + whole + 1
  }

  private static let leftParts: [Character] = Array("▏▎▍▌▋▊▉█")
  /// There are no finer ones.
  private static let rightParts: [Character] = Array("▕▐█")

  /// Columns for values; zero is always in sight.
  private struct Scale {
    let origin: Int
    let perUnit: Double

    init(_ values: [Float], limits: ClosedRange<Float>?, room: Int) {
      let finite = values.filter(\.isFinite).map(Double.init)
      let low = min(limits.map { Double($0.lowerBound) } ?? finite.min() ?? 0, 0)
      let high = max(limits.map { Double($0.upperBound) } ?? finite.max() ?? 0, 0)
      perUnit = high > low ? Double(room) / (high - low) : 0
      origin = low < 0 ? Int((-low * perUnit).rounded(.up)) + 1 : 0
      roomRight = high * perUnit
      roomLeft = -low * perUnit
    }

    private let roomRight: Double
    private let roomLeft: Double

    func length(_ value: Double) -> Double {
      min(value.magnitude * perUnit, value < 0 ? roomLeft : roomRight)
    }
  }
}

extension Bars {
  /// The values as they stand behind the bars, with the same number of decimals.
  var numbers: [String] {
    let decimals = values.map { NumberFormat.decimalsNeeded(Double($0), significant: 3) }
    let shared = min(decimals.max() ?? 0, 4)
    return values.map { value in
      let isTiny = value != 0 && value.magnitude < 1e-3
      return isTiny || value.magnitude >= 1e9
        ? NumberFormat.format(value, significant: 3) : NumberFormat.format(value, digits: shared)
    }
  }
}
