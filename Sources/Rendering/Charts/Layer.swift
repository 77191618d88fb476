/// Something drawn over two number axes.
package enum Layer: Sendable, Hashable {
  case line(Line)
  case points(Points)
  case histogram(Histogram)
  /// Shading by value.
  case field(Field)
  /// Lines of equal value, at `levels` or at round values.
  case contour(Field, levels: [Float]?)
  /// Shading by how many of the points are near.
  case density(Points)
  case vectors(Vectors)
}

/// Points joined in order; a value that is not finite leaves a gap.
package struct Line: Sendable, Hashable {
  package var name: String?
  /// Without it, values stand at 0, 1, 2, ….
  package var xs: [Float]?
  package var ys: [Float]

  package init(name: String? = nil, xs: [Float]? = nil, ys: [Float]) {
    self.name = name
    self.xs = xs
    self.ys = ys
  }

  var count: Int { min(xs?.count ?? ys.count, ys.count) }

  func x(_ index: Int) -> Double { xs.map { Double($0[index]) } ?? Double(index) }
}

/// Separate points, each of a class or all of one kind.
package struct Points: Sendable, Hashable {
  package var name: String?
  package var xs: [Float]
  package var ys: [Float]
  /// The class of each point.
  package var classes: [Int]?
  /// The name of class 0, 1, …; classes without a name are called by their number.
  package var classNames: [String]?

  package init(
    name: String? = nil, xs: [Float], ys: [Float], classes: [Int]? = nil,
    classNames: [String]? = nil
  ) {
    self.name = name
    self.xs = xs
    self.ys = ys
    self.classes = classes
    self.classNames = classNames
  }

  var count: Int { min(xs.count, ys.count, classes?.count ?? .max) }
}

/// How often values fall into each of equal intervals.
package struct Histogram: Sendable, Hashable {
  package enum Scale: Sendable, Hashable {
    case count
    /// The bars have area 1, so that a probability density may be drawn over them.
    case density
  }

  package var name: String?
  package var values: [Float]
  /// Without it, a number that suits the data.
  package var binCount: Int?
  package var scale: Scale

  package init(
    name: String? = nil, values: [Float], binCount: Int? = nil, scale: Scale = .count
  ) {
    self.name = name
    self.values = values
    self.binCount = binCount
    self.scale = scale
  }
}

/// Values on a regular lattice over a rectangle.
package struct Field: Sendable, Hashable {
  package let columns: Int
  package let rows: Int
  /// Row after row; the first row has the lowest y.
  package let values: [Float]
  package let xRange: ClosedRange<Float>
  package let yRange: ClosedRange<Float>

  package init(
    columns: Int, rows: Int, values: [Float], xRange: ClosedRange<Float>,
    yRange: ClosedRange<Float>
  ) {
    precondition(values.count == columns * rows, "a field has columns × rows values")
    self.columns = columns
    self.rows = rows
    self.values = values
    self.xRange = xRange
    self.yRange = yRange
  }
}

/// Arrows at points, for example a gradient.
package struct Vectors: Sendable, Hashable {
  package var xs: [Float]
  package var ys: [Float]
  package var us: [Float]
  package var vs: [Float]

  package init(xs: [Float], ys: [Float], us: [Float], vs: [Float]) {
    self.xs = xs
    self.ys = ys
    self.us = us
    self.vs = vs
  }

  var count: Int { min(xs.count, ys.count, us.count, vs.count) }

  var lengths: [Double] {
    (0..<count).map { index in
      let (u, v) = (Double(us[index]), Double(vs[index]))
      return (u * u + v * v).squareRoot()
    }
  }
}

/// A named length for each of a few things.
package struct Bars: Sendable, Hashable {
  package var labels: [String]
  package var values: [Float]

  package init(labels: [String], values: [Float]) {
    self.labels = labels
    self.values = values
  }
}

/// A matrix as shades.
package struct Heatmap: Sendable, Hashable {
  package let columns: Int
  package let rows: Int
  /// Row after row, the first on top.
  package let values: [Float]
  package var rowLabels: [String]?
  package var columnLabels: [String]?
  /// The values of the lightest and the darkest shade; without it, those of the data.
  package var range: ClosedRange<Float>?

  package init(
    columns: Int, rows: Int, values: [Float], rowLabels: [String]? = nil,
    columnLabels: [String]? = nil, range: ClosedRange<Float>? = nil
  ) {
    precondition(values.count == columns * rows, "a heatmap has columns × rows values")
    self.columns = columns
    self.rows = rows
    self.values = values
    self.rowLabels = rowLabels
    self.columnLabels = columnLabels
    self.range = range
  }
}

/// How often each true class was taken for each class.
package struct ConfusionMatrix: Sendable, Hashable {
  package let classNames: [String]
  /// Row after row; rows are true classes, columns predicted ones.
  package let counts: [Int]

  package init(classNames: [String], counts: [Int]) {
    precondition(
      counts.count == classNames.count * classNames.count,
      "a confusion matrix has a count for every pair of classes")
    self.classNames = classNames
    self.counts = counts
  }

  /// Counts pairs; labels outside 0..<`classCount` are left out.
  package init(truth: [Int], predicted: [Int], classCount: Int, classNames: [String]? = nil) {
    var counts = [Int](repeating: 0, count: classCount * classCount)
    for (row, column) in zip(truth, predicted)
    where (0..<classCount).contains(row) && (0..<classCount).contains(column) {
      counts[row * classCount + column] += 1
    }
    self.init(classNames: classNames ?? (0..<classCount).map(String.init), counts: counts)
  }

  package var total: Int { counts.reduce(0, +) }
  package var correct: Int {
    classNames.indices.reduce(0) { $0 + counts[$1 * classNames.count + $1] }
  }
}
