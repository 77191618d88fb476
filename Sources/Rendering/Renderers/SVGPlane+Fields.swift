/// Shades, lines of equal value and arrows of a plane chart as SVG.
extension SVGPlane {
  /// Pixels over the rectangle of the field, as far as it is inside the plot.
  func shade(_ field: Field, in body: inout SVGBody) {
    guard let range = FieldSampling.range(field), let x = Self.inside(field.xRange, of: plane.x),
      let y = Self.inside(field.yRange, of: plane.y)
    else { return }
    let (columns, rows) = (160, 100)
    var raster = Raster(width: columns, height: rows, channels: 3, filledWith: 0x88)
    func along(_ part: ClosedRange<Double>, _ index: Int, _ count: Int) -> Double {
      part.lowerBound
        + (part.upperBound - part.lowerBound) * (Double(index) + 0.5) / Double(count)
    }
    for row in 0..<rows {
      for column in 0..<columns {
        let px = plane.x.value(at: along(x, column, columns))
        let py = plane.y.value(at: along(y, rows - 1 - row, rows))
        guard let value = FieldSampling.value(field, x: px, y: py) else { continue }
        let color = Palette.color(ofLevel: Shade.byte(Shade.share(value, range)))
        for (channel, sample) in [color.red, color.green, color.blue].enumerated() {
          raster[column, row, channel] = sample
        }
      }
    }
    let start = place((x.lowerBound, y.upperBound))
    let end = place((x.upperBound, y.lowerBound))
    body.picture(raster, x: start.x, y: start.y, width: end.x - start.x, height: end.y - start.y)
  }

  /// From where to where a range goes on an axis, from 0 to 1.
  private static func inside(
    _ range: ClosedRange<Float>, of axis: Axis
  ) -> ClosedRange<Double>? {
    let low = axis.position(Double(range.lowerBound)) ?? 0
    guard let high = axis.position(Double(range.upperBound)), high > 0, low < 1 else { return nil }
    // One row or column of values stands for the whole axis.
    return low < high ? max(low, 0)...min(high, 1) : 0...1
  }

  func drawContour(_ field: Field, _ levels: [Float]?, in body: inout SVGBody) {
    let range = FieldSampling.range(field) ?? 0...1
    for line in Contour.lines(field, at: levels) {
      let isLight = isShaded && Shade.share(line.level, range) < 0.6
      let color =
        isLight ? "#ffffff" : isShaded ? "#000000" : SVGBody.strokeColor(line.share)
      body.path(
        line.segments.map { segment($0.start, $0.end) }.joined(), color: color,
        thickness: isShaded ? 1 : 1.5)
      label(line.name, on: line.segments, color: color, in: &body)
    }
  }

  /// Writes a level on its line, at the highest place that has room.
  private func label(
    _ text: String, on segments: [Contour.Segment], color: String, in body: inout SVGBody
  ) {
    let places = segments.compactMap { point($0.start.x, $0.start.y) }.filter {
      $0.y > top + 14 && $0.x > left + 20 && $0.x < width - right - 20
    }
    guard let place = places.min(by: { ($0.y, $0.x) < ($1.y, $1.x) }) else { return }
    body.write(text, x: place.x, y: place.y - 3, anchor: .middle, color: color)
  }

  private static let longestArrow = 22.0
  /// Shorter ones would be nothing but a head.
  private static let shortestArrow = 5.0

  /// Arrows from their points on: as long and as warm as the vector.
  func draw(_ vectors: Vectors, in body: inout SVGBody) {
    let lengths = vectors.lengths
    guard let longest = lengths.filter(\.isFinite).max(), longest > 0 else { return }
    for index in 0..<vectors.count where lengths[index].isFinite && lengths[index] > 0 {
      guard let at = point(Double(vectors.xs[index]), Double(vectors.ys[index])) else { continue }
      let share = lengths[index] / longest
      let length = max(share * Self.longestArrow, Self.shortestArrow)
      let u = Double(vectors.us[index]) / lengths[index]
      let v = -Double(vectors.vs[index]) / lengths[index]
      let end = (x: at.x + u * length, y: at.y + v * length)
      let color = SVGBody.strokeColor(share)
      body.line(at.x, at.y, end.x - 2 * u, end.y - 2 * v, color: color, thickness: 1.5)
      let barb = min(length, 6)
      body.triangle(
        end, (end.x - barb * u - barb / 2 * v, end.y - barb * v + barb / 2 * u),
        (end.x - barb * u + barb / 2 * v, end.y - barb * v - barb / 2 * u), color: color)
    }
  }
}
