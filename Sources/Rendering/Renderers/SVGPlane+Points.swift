/// Lines and points of a plane chart as SVG.
extension SVGPlane {
  /// A value with a gap on either side is a dot; where colours come again, lines are dashed.
  func draw(_ line: Line, series: Int, in body: inout SVGBody) {
    let color = color(series)
    var commands = ""
    var isJoined = false
    for index in 0..<line.count {
      let start = (x: line.x(index), y: Double(line.ys[index]))
      let next = index + 1
      guard next < line.count, has(line, next), has(line, index) else {
        if !isJoined, let at = point(start.x, start.y) {
          body.circle(x: at.x, y: at.y, radius: 2, color: color)
        }
        isJoined = false
        continue
      }
      commands += segment(start, (line.x(next), Double(line.ys[next])))
      isJoined = true
    }
    body.path(commands, color: color, dashes: series >= Palette.seriesCount)
  }

  private func has(_ line: Line, _ index: Int) -> Bool {
    plane.x.position(line.x(index)) != nil && plane.y.position(Double(line.ys[index])) != nil
  }

  /// Among more points, those that fall on the same spot are drawn once.
  private static let mostSeparatePoints = 5_000
  private static let spot = 2.0

  func draw(_ points: Points, series: Int, in body: inout SVGBody) {
    struct Spot: Hashable { let column, row, series: Int }
    var drawn = Set<Spot>()
    let radius = points.count > 500 ? 1.8 : 3
    for index in 0..<points.count {
      guard let at = point(Double(points.xs[index]), Double(points.ys[index])) else { continue }
      let own = series + max(points.classes?[index] ?? 0, 0)
      if points.count > Self.mostSeparatePoints {
        let spot = Spot(column: Int(at.x / Self.spot), row: Int(at.y / Self.spot), series: own)
        guard drawn.insert(spot).inserted else { continue }
      }
      // Shades drown the colours of series.
      body.circle(x: at.x, y: at.y, radius: radius, color: isShaded ? "#ffffff" : color(own))
    }
  }
}
