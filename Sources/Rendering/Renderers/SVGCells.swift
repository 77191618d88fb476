/// Bars, heatmaps and confusion matrices as SVG.
struct SVGCells {
  let chart: Chart
  let width: Double
  private var top: Double { chart.title == nil ? 8 : 30 }

  /// An empty drawing with the title over the middle of what is drawn from `left` to `right`.
  private func start(height: Double, left: Double = 0, right: Double? = nil) -> SVGBody {
    var body = SVGBody(height: height)
    guard let title = chart.title else { return body }
    let half = SVGBody.width(of: title) / 2
    let middle = max((left + (right ?? width)) / 2, half)
    body.write(title, x: min(middle, width / 2), y: 18, anchor: .middle, isBold: true)
    return body
  }

  private func gutter(_ labels: [String]) -> Double {
    min(16 + (labels.map(SVGBody.width).max() ?? 0), width * 0.45)
  }

  func bars(_ bars: Bars) -> SVGBody {
    let step = 24.0
    var body = start(
      height: top + step * Double(bars.values.count) + (chart.x.label == nil ? 8 : 24))
    let left = gutter(bars.labels)
    let numbers = bars.numbers
    let finite = bars.values.filter(\.isFinite).map(Double.init)
    let low = min(finite.min() ?? 0, 0)
    let high = max(finite.max() ?? 0, 0)
    let unit =
      high > low
      ? (width - left - 8 - numbers.reduce(5) { max($0, SVGBody.width(of: $1)) }) / (high - low) : 0
    let origin = left - low * unit
    for (index, value) in bars.values.enumerated() {
      let y = top + Double(index) * step
      let label = bars.labels.indices.contains(index) ? bars.labels[index] : ""
      body.write(label, x: left - 8, y: y + 15, anchor: .end)
      let end = value.isFinite ? origin + Double(value) * unit : origin
      body.rectangle(
        x: min(origin, end), y: y + 3, width: abs(end - origin), height: step - 6,
        color: Palette.series(value < 0 ? 1 : 0).hex)
      body.write(numbers[index], x: max(origin, end) + 5, y: y + 15)
    }
    body.line(origin, top, origin, top + step * Double(bars.values.count))
    if let label = chart.x.label {
      body.write(label, x: left, y: body.height - 6, color: SVGBody.faint)
    }
    return body
  }

  func heatmap(_ heatmap: Heatmap) -> SVGBody {
    let left = gutter(heatmap.rowLabels ?? [])
    let side = min((width - left - 16) / Double(max(heatmap.columns, 1)), 44)
    let inner = top + (heatmap.columnLabels == nil ? 0 : 20)
    var body = start(
      height: inner + side * Double(heatmap.rows) + 34, left: left,
      right: left + side * Double(heatmap.columns))
    let range =
      heatmap.range.map { Double($0.lowerBound)...Double($0.upperBound) }
      ?? FieldSampling.range(heatmap.values) ?? 0...1
    for (row, label) in (heatmap.rowLabels ?? []).prefix(heatmap.rows).enumerated() {
      body.write(label, x: left - 6, y: inner + (Double(row) + 0.5) * side + 4, anchor: .end)
    }
    for (column, label) in (heatmap.columnLabels ?? []).prefix(heatmap.columns).enumerated() {
      body.write(label, x: left + (Double(column) + 0.5) * side, y: inner - 6, anchor: .middle)
    }
    shade(heatmap, range, side: side, left: left, top: inner, in: &body)
    body.scale(range, x: left, y: body.height - 20)
    if !heatmap.values.allSatisfy(\.isFinite) {
      let x = left + SVGBody.scaleWidth(range) + 24
      body.rectangle(x: x, y: body.height - 20, width: 12, height: 12, color: SVGBody.unknown)
      body.write("nan or infinite", x: x + 18, y: body.height - 10)
    }
    return body
  }

  /// Squares of one shade each, with their numbers if there is room; small ones are pixels.
  private func shade(
    _ heatmap: Heatmap, _ range: ClosedRange<Double>, side: Double, left: Double, top: Double,
    in body: inout SVGBody
  ) {
    var raster = Raster(
      width: heatmap.columns, height: heatmap.rows, channels: 3, filledWith: 0x88)
    for row in 0..<heatmap.rows {
      for column in 0..<heatmap.columns {
        let value = Double(heatmap.values[row * heatmap.columns + column])
        guard value.isFinite else { continue }
        let color = Palette.color(ofLevel: Shade.byte(Shade.share(value, range)))
        for (channel, sample) in [color.red, color.green, color.blue].enumerated() {
          raster[column, row, channel] = sample
        }
      }
    }
    body.picture(
      raster, x: left, y: top, width: side * Double(heatmap.columns),
      height: side * Double(heatmap.rows), hasSharpPixels: true)
    guard side >= 36 else { return }
    let numbers = MatrixNumbers(heatmap.values)
    for (index, value) in heatmap.values.enumerated() where value.isFinite {
      let (row, column) = index.quotientAndRemainder(dividingBy: heatmap.columns)
      body.write(
        numbers.text(value), x: left + (Double(column) + 0.5) * side,
        y: top + (Double(row) + 0.5) * side + 4, anchor: .middle,
        color: Shade.share(Double(value), range) > 0.55 ? "#000000" : "#ffffff")
    }
  }

  func confusion(_ matrix: ConfusionMatrix) -> SVGBody {
    let count = matrix.classNames.count
    let left = gutter(matrix.classNames + ["true"])
    let found = 56.0
    let side = min((width - left - 16 - found) / Double(max(count, 1)), 44)
    let end = left + side * Double(count)
    var body = start(
      height: top + 36 + side * Double(count) + (matrix.sum == nil ? 12 : 30), left: left,
      right: end)
    body.write("predicted", x: left, y: top + 12, color: SVGBody.faint)
    body.write("true", x: left - 8, y: top + 30, anchor: .end, color: SVGBody.faint)
    body.write("found", x: end + found, y: top + 30, anchor: .end, color: SVGBody.faint)
    if let sum = matrix.sum {
      body.write(sum, x: left, y: body.height - 8, color: SVGBody.faint)
    }
    for row in 0..<count {
      let y = top + 36 + Double(row) * side
      let entries = matrix.counts(row)
      let total = max(entries.reduce(0, +), 1)
      body.write(matrix.classNames[row], x: left - 8, y: y + side / 2 + 4, anchor: .end)
      body.write(
        matrix.classNames[row], x: left + (Double(row) + 0.5) * side, y: top + 30, anchor: .middle)
      for (column, entry) in entries.enumerated() {
        let x = left + Double(column) * side
        body.rectangle(
          x: x, y: y, width: side - 1, height: side - 1,
          color: Palette.series(row == column ? 2 : 1).hex,
          opacity: 0.06 + 0.84 * Double(entry) / Double(total))
        body.write(String(entry), x: x + side / 2, y: y + side / 2 + 4, anchor: .middle)
      }
      body.write(
        matrix.found(row).map(ConfusionMatrix.percent) ?? "-", x: end + found,
        y: y + side / 2 + 4, anchor: .end, color: SVGBody.faint)
    }
    return body
  }
}
