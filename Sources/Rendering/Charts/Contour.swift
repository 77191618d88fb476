/// Lines of equal value through a field, by marching squares.
enum Contour {
  typealias Point = (x: Double, y: Double)

  struct Segment {
    let start: Point
    let end: Point
  }

  /// All places of one value.
  struct Line {
    /// Counted among the levels that were asked for.
    let index: Int
    let level: Double
    /// From 0 for the first level to 1 for the last.
    let share: Double
    let segments: [Segment]

    var name: String { NumberFormat.format(level, significant: 4) }
  }

  /// Lines at `levels`, or at round values; a level that the field does not reach has none.
  static func lines(_ field: Field, at levels: [Float]?) -> [Line] {
    let levels = levels?.map(Double.init) ?? roundLevels(field)
    return levels.enumerated().compactMap { index, level in
      let segments = segments(field, level: level)
      let share = levels.count > 1 ? Double(index) / Double(levels.count - 1) : 0.5
      return segments.isEmpty
        ? nil : Line(index: index, level: level, share: share, segments: segments)
    }
  }

  /// Round values strictly inside the field's range.
  private static func roundLevels(_ field: Field) -> [Double] {
    guard let range = FieldSampling.range(field), range.lowerBound < range.upperBound else {
      return []
    }
    let step = Ticks.step(for: range, count: 7)
    return Ticks.linear(range, step: step).map(\.value)
      .filter { $0 > range.lowerBound && $0 < range.upperBound }
  }

  private static func segments(_ field: Field, level: Double) -> [Segment] {
    guard field.columns > 1, field.rows > 1 else { return [] }
    var segments: [Segment] = []
    for row in 0..<field.rows - 1 {
      for column in 0..<field.columns - 1 {
        segments += square(field, column: column, row: row, level: level)
      }
    }
    return segments
  }

  private static func square(
    _ field: Field, column: Int, row: Int, level: Double
  ) -> [Segment] {
    // Corners counted around the square, so that neighbours in the list share an edge.
    let corners = [(0, 0), (1, 0), (1, 1), (0, 1)].map { (column + $0.0, row + $0.1) }
    let values = corners.map { Double(field.values[$0.1 * field.columns + $0.0]) }
    guard values.allSatisfy(\.isFinite) else { return [] }
    var crossings: [Point] = []
    for edge in 0..<4 {
      let next = (edge + 1) % 4
      guard (values[edge] >= level) != (values[next] >= level) else { continue }
      let share = (level - values[edge]) / (values[next] - values[edge])
      let start = place(field, corners[edge])
      let end = place(field, corners[next])
      crossings.append(
        (start.x + share * (end.x - start.x), start.y + share * (end.y - start.y)))
    }
    if crossings.count == 2 { return [Segment(start: crossings[0], end: crossings[1])] }
    guard crossings.count == 4 else { return [] }
    // A saddle: the value in the middle decides which corners belong together.
    let joinsFirst = (values.reduce(0, +) / 4 >= level) == (values[0] >= level)
    let pairs = joinsFirst ? [(0, 1), (2, 3)] : [(3, 0), (1, 2)]
    return pairs.map { Segment(start: crossings[$0.0], end: crossings[$0.1]) }
  }

  private static func place(_ field: Field, _ corner: (Int, Int)) -> Point {
    func between(_ range: ClosedRange<Float>, _ index: Int, _ count: Int) -> Double {
      let low = Double(range.lowerBound)
      return low + (Double(range.upperBound) - low) * Double(index) / Double(count - 1)
    }
    return (
      between(field.xRange, corner.0, field.columns), between(field.yRange, corner.1, field.rows)
    )
  }
}
