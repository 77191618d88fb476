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
  static func peaks(_ values: [Float]) -> [Double] {
    let layer = Layer.histogram(Histogram(values: values))
    guard let bins = HistogramBins([layer], range: nil, largestCount: 40), bins.count > 2,
      case .histogram(let histogram) = layer
    else { return [] }
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
    return peaks.map { bins.lower + (Double($0) + 0.5) * bins.width }
  }
}
