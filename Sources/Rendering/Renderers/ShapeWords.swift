/// What the eye sees at once in points and histograms, found by counting.
enum ShapeWords {
  // MARK: Clusters

  /// Cells across and down in which points are counted: finer for more points.
  private static let fewestCells = 5
  private static let mostCells = 12
  /// Among fewer points, clusters mean nothing.
  private static let fewestPoints = 30
  /// Share of the points that a cluster holds at least, and all clusters together.
  private static let smallestShare = 0.05
  private static let allShare = 0.9

  /// The middles of clusters with space between them; nothing if there are not two or more.
  static func clusters(_ points: Points) -> [(x: Double, y: Double)] {
    let known = (0..<points.count).filter {
      points.xs[$0].isFinite && points.ys[$0].isFinite
    }.map { (x: Double(points.xs[$0]), y: Double(points.ys[$0])) }
    guard known.count >= fewestPoints, let x = range(known.map(\.x)), let y = range(known.map(\.y))
    else { return [] }
    let side = min(
      max(Int((Double(known.count) / 4).squareRoot()), fewestCells), mostCells)
    func cell(_ value: Double, _ range: ClosedRange<Double>) -> Int {
      let share = (value - range.lowerBound) / (range.upperBound - range.lowerBound)
      return min(Int(share * Double(side)), side - 1)
    }
    let cells = known.map { cell($0.y, y) * side + cell($0.x, x) }
    let labels = connected(occupied: Set(cells), side: side)
    var sums: [Int: (x: Double, y: Double, count: Double)] = [:]
    for (point, cell) in zip(known, cells) {
      guard let label = labels[cell] else { continue }
      let sum = sums[label, default: (0, 0, 0)]
      sums[label] = (sum.x + point.x, sum.y + point.y, sum.count + 1)
    }
    let all = Double(known.count)
    let large = sums.values.filter { $0.count >= smallestShare * all }
    let held = large.reduce(0) { $0 + $1.count }
    guard (2...9).contains(large.count), held >= allShare * all else { return [] }
    return large.map { ($0.x / $0.count, $0.y / $0.count) }.sorted { ($0.x, $0.y) < ($1.x, $1.y) }
  }

  private static func range(_ values: [Double]) -> ClosedRange<Double>? {
    guard let low = values.min(), let high = values.max(), low < high else { return nil }
    return low...high
  }

  /// The number of its group for each occupied cell; neighbours, also diagonal ones, share it.
  private static func connected(occupied: Set<Int>, side: Int) -> [Int: Int] {
    var labels: [Int: Int] = [:]
    for start in occupied.sorted() where labels[start] == nil {
      var open = [start]
      while let cell = open.popLast() {
        guard labels[cell] == nil, occupied.contains(cell) else { continue }
        labels[cell] = start
        for dy in -1...1 {
          for dx in -1...1 where (0..<side).contains(cell % side + dx) {
            open.append(cell + dy * side + dx)
          }
        }
      }
    }
    return labels
  }

  /// Where most points are near.
  static func peak(_ points: Points) -> (x: Double, y: Double)? {
    guard let x = range(points.xs.filter(\.isFinite).map(Double.init)),
      let y = range(points.ys.filter(\.isFinite).map(Double.init))
    else { return nil }
    let side = 40
    let axes = [x, y].map { Axis(data: $0, options: AxisOptions(), fit: .tight, tickCount: 2) }
    let density = Density(points, x: axes[0], y: axes[1], columns: side, rows: side)
    guard let counts = density?.field.values,
      let highest = counts.indices.max(by: { counts[$0] < counts[$1] })
    else { return nil }
    let (row, column) = highest.quotientAndRemainder(dividingBy: side)
    return (
      axes[0].value(at: Double(column) / Double(side - 1)),
      axes[1].value(at: Double(row) / Double(side - 1))
    )
  }

  // MARK: Directions

  /// The least agreement of directions that has a name: the mean of cosines.
  private static let leastAgreement = 0.5
  private static let compass = [
    "right", "up and right", "up", "up and left", "left", "down and left", "down",
    "down and right",
  ]

  /// Where arrows mostly point: one of eight directions, to their middle or away from it.
  static func direction(_ vectors: Vectors) -> String? {
    let known = (0..<vectors.count).compactMap { index -> (at: Pair, to: Pair)? in
      let to = Pair(vectors.us[index], vectors.vs[index])
      let at = Pair(vectors.xs[index], vectors.ys[index])
      guard to.length.isFinite, to.length > 0, at.length.isFinite else { return nil }
      return (at, to.scaled(by: 1 / to.length))
    }
    guard !known.isEmpty else { return nil }
    let share = 1 / Double(known.count)
    let mean = known.reduce(Pair(0, 0)) { $0.adding($1.to) }.scaled(by: share)
    if mean.length >= leastAgreement {
      let cosines = (0..<8).map { mean.dot(directions[$0]) }
      return compass.indices.max { cosines[$0] < cosines[$1] }.map { "mostly " + compass[$0] }
    }
    let middle = known.reduce(Pair(0, 0)) { $0.adding($1.at) }.scaled(by: share)
    let outwards = known.reduce(0.0) { sum, arrow in
      let away = arrow.at.adding(middle.scaled(by: -1))
      return sum + (away.length > 0 ? arrow.to.dot(away) / away.length : 0)
    }
    if (outwards * share).magnitude < leastAgreement { return "in various directions" }
    return outwards > 0 ? "outwards" : "inwards"
  }

  private static let directions: [Pair] = {
    let half = 0.5.squareRoot()
    return [(1, 0), (half, half), (0, 1), (-half, half), (-1, 0), (-half, -half), (0, -1)]
      .map { Pair($0.0, $0.1) } + [Pair(half, -half)]
  }()

  private struct Pair {
    var x: Double
    var y: Double

    init(_ x: some BinaryFloatingPoint, _ y: some BinaryFloatingPoint) {
      (self.x, self.y) = (Double(x), Double(y))
    }

    var length: Double { (x * x + y * y).squareRoot() }
    func dot(_ other: Pair) -> Double { x * other.x + y * other.y }
    func adding(_ other: Pair) -> Pair { Pair(x + other.x, y + other.y) }
    func scaled(by factor: Double) -> Pair { Pair(x * factor, y * factor) }
  }

  // MARK: Trends

  /// The correlation of the coordinates; nothing where one of them does not vary.
  static func correlation(_ points: Points) -> Double? {
    var (n, x, y, xx, yy, xy) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    for index in 0..<points.count where points.xs[index].isFinite && points.ys[index].isFinite {
      let (px, py) = (Double(points.xs[index]), Double(points.ys[index]))
      n += 1
      x += px
      y += py
      xx += px * px
      yy += py * py
      xy += px * py
    }
    guard n > 2 else { return nil }
    let spread = (xx - x * x / n) * (yy - y * y / n)
    guard spread.isFinite, spread > 0 else { return nil }
    return (xy - x * y / n) / spread.squareRoot()
  }

  // MARK: Peaks

  /// A peak has this share of the highest at least, and a valley this share of the lower peak.
  private static let lowestPeak = 0.3
  private static let highestValley = 0.75

  /// Where the bins of a histogram are highest, with valleys between.
  static func peaks(_ values: [Float], isLogarithmic: Bool) -> [Double] {
    let histogram = Histogram(values: values)
    let bins = HistogramBins(
      [.histogram(histogram)], range: nil, isLogarithmic: isLogarithmic, largestCount: 40)
    guard let bins, bins.count > 2 else { return [] }
    let counts = bins.heights(histogram)
    let smooth = counts.indices.map { index in
      let left = index > 0 ? counts[index - 1] : 0
      let right = index + 1 < counts.count ? counts[index + 1] : 0
      return (left + 2 * counts[index] + right) / 4
    }
    let highest = smooth.max() ?? 0
    var peaks: [Int] = []
    var valley = Double.infinity
    for (index, height) in smooth.enumerated() {
      valley = min(valley, height)
      guard height >= lowestPeak * highest else { continue }
      if let last = peaks.last, valley > highestValley * min(height, smooth[last]) {
        if height > smooth[last] { peaks[peaks.count - 1] = index }
      } else {
        peaks.append(index)
      }
      if peaks.last == index { valley = height }
    }
    return peaks.map { (bins.edge($0) + bins.edge($0 + 1)) / 2 }
  }
}
