@testable import Rendering

/// Data for figures, the same on every machine: no randomness and no library functions.
enum Samples {
  /// Multiplicative generator; uniform in 0..<1.
  static func uniform(_ count: Int, seed: UInt64 = 1) -> [Float] {
    var state = seed
    return (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Float(state >> 40) / Float(1 << 24)
    }
  }

  /// The sum of twelve uniform values less six: close to a standard normal.
  static func normal(_ count: Int, seed: UInt64 = 1) -> [Float] {
    let values = uniform(count * 12, seed: seed)
    return (0..<count).map { index in values[12 * index..<12 * index + 12].reduce(-6, +) }
  }

  /// Falls like a loss: 1 / (1 + t / 20), with a floor.
  static func loss(_ count: Int, floor: Float) -> [Float] {
    (0..<count).map { floor + 0.25 / (1 + Float($0) / 20) }
  }

  /// One hump and one hollow on −2…2.
  static let field = Field(
    columns: 33, rows: 33,
    values: (0..<33 * 33).map { index in
      let x = Float(index % 33) / 8 - 2
      let y = Float(index / 33) / 8 - 2
      return 1 / (1 + (x - 1) * (x - 1) + y * y) - 0.6 / (1 + (x + 1) * (x + 1) + y * y)
    },
    xRange: -2...2, yRange: -2...2)

  static let clusters: Points = {
    let noise = normal(300, seed: 7)
    let centers: [(x: Float, y: Float)] = [(-3, 0), (0, 2.5), (3, -1)]
    let classes = (0..<150).map { $0 % 3 }
    return Points(
      xs: classes.indices.map { centers[classes[$0]].x + 0.6 * noise[2 * $0] },
      ys: classes.indices.map { centers[classes[$0]].y + 0.6 * noise[2 * $0 + 1] },
      classes: classes)
  }()

  static let vectors: Vectors = {
    let places = (0..<9).flatMap { row in (0..<11).map { (Float($0) - 5, Float(row) - 4) } }
    return Vectors(
      xs: places.map(\.0), ys: places.map(\.1), us: places.map { -$0.0 },
      vs: places.map { -2 * $0.1 })
  }()

  static let confusion = ConfusionMatrix(
    classNames: ["cat", "dog", "newt"], counts: [48, 2, 0, 5, 40, 5, 0, 0, 50])

  /// Every kind of chart under a name.
  static let charts: [(name: String, chart: Chart)] = planes + grids

  private static let planes: [(name: String, chart: Chart)] = [
    (
      "line",
      Chart(
        .plane([.line(Line(ys: (0..<101).map { Float(($0 - 50) * ($0 - 50)) / 2500 - 0.5 }))]),
        title: "A parabola", x: AxisOptions(label: "step"), y: AxisOptions(label: "value"),
        references: [ReferenceLine(.horizontal, at: 0, label: "zero")])
    ),
    (
      "lines",
      Chart(
        .plane([
          .line(Line(name: "training", ys: loss(500, floor: 0.03))),
          .line(Line(name: "held out", ys: loss(500, floor: 0.06))),
        ]),
        title: "reconstruction error", x: AxisOptions(label: "step"),
        y: AxisOptions(label: "mse"), annotations: [Annotation(x: 250, y: 0.2, text: "here")])
    ),
    (
      "logarithmic",
      Chart(
        .plane([
          .line(Line(xs: (1...200).map(Float.init), ys: (1...200).map { 1 / Float($0) }))
        ]),
        title: "1 / n", x: AxisOptions(label: "n", isLogarithmic: true),
        y: AxisOptions(isLogarithmic: true))
    ),
    (
      "scatter",
      Chart(
        .plane([.points(clusters)]), title: "latent space", x: AxisOptions(label: "z₁"),
        y: AxisOptions(label: "z₂"))
    ),
    (
      "histogram",
      Chart(.plane([.histogram(Histogram(values: normal(1000)))]), title: "1,000 normal values")
    ),
    (
      "histograms",
      Chart(
        .plane([
          .histogram(Histogram(name: "data", values: normal(1000))),
          .histogram(Histogram(name: "model", values: normal(1000, seed: 2).map { $0 + 1.5 })),
        ]), title: "P_data and P_model")
    ),
    ("field", Chart(.plane([.field(field)]), title: "hump and hollow")),
    ("contour", Chart(.plane([.contour(field, levels: nil)]), title: "lines of equal value")),
    ("density", Chart(.plane([.density(clusters)]), title: "density")),
    ("vectors", Chart(.plane([.vectors(vectors)]), title: "−gradient of ½x² + y²")),
    (
      "limits",
      Chart(
        .plane([.line(Line(ys: (0..<50).map { Float($0 * $0) }))]),
        x: AxisOptions(limits: 10...30), y: AxisOptions(limits: 0...500),
        references: [ReferenceLine(.vertical, at: 20, label: "twenty")])
    ),
  ]

  private static let grids: [(name: String, chart: Chart)] = [
    (
      "bars",
      Chart(
        .bars(
          Bars(labels: ["PCA", "autoencoder", "worse than nothing"], values: [0.4, 0.55, -0.1])),
        title: "explained", x: AxisOptions(label: "share of the variance"))
    ),
    (
      "heatmap",
      Chart(
        .heatmap(
          Heatmap(
            columns: 4, rows: 4, values: (0..<16).map { 1 - Float(abs($0 % 4 - $0 / 4)) / 3 },
            rowLabels: ["z1", "z2", "z3", "z4"], columnLabels: ["z1", "z2", "z3", "z4"])),
        title: "correlation")
    ),
    ("confusion", Chart(.confusion(confusion), title: "held-out animals")),
  ]
}
