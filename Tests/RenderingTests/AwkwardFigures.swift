@testable import Rendering

/// Figures of data that nobody hopes for: missing, infinite, empty, constant, lonely, huge, tiny.
enum AwkwardFigures {
  static let values: [(name: String, values: [Float])] = [
    ("empty", []), ("one", [5]), ("zero", [0]), ("constant", [3, 3, 3]),
    ("missing", [.nan, .nan]), ("infinite", [.infinity, -.infinity, 1, 2]),
    ("gaps", [1, .nan, 2, .infinity, 3]), ("huge", [.greatestFiniteMagnitude, -1e38, 0]),
    ("tiny", [1e-38, 2e-38, 3e-38]), ("denormal", [1e-45, 0]), ("signs", [-1, 1, -1e-3, 1e3]),
    ("close", [1e8, 1e8 + 8, 1e8 + 16]), ("tenths", [0.1, 0.2, 0.30000004, 0.7]),
  ]

  /// Letters of two columns, of none, and more of them than fit.
  private static let title = "潜在変数 x\u{302}\u{200b} μ of a title that is longer than forty columns"

  static let all: [(name: String, output: Output)] =
    values.flatMap { entry in
      charts(entry.values).map { ("\(entry.name) \($0.name)", Output.chart($0.chart)) }
    } + pictures + [("panels", panels)]

  private static func charts(_ values: [Float]) -> [(name: String, chart: Chart)] {
    let other = Array(values.reversed())
    let points = Points(
      xs: values, ys: other, classes: values.indices.map { $0 % 12 }, classNames: [title])
    let field = Field(
      columns: values.count, rows: 1, values: values, xRange: 0...1, yRange: 0...0)
    let layers: [(name: String, layers: [Layer])] = [
      ("line", [.line(Line(name: title, ys: values)), .line(Line(xs: values, ys: other))]),
      ("points", [.points(points)]),
      ("two sets", [.points(Points(xs: values, ys: other)), .points(points)]),
      ("histogram", [.histogram(Histogram(values: values))]),
      (
        "histograms",
        [
          .histogram(Histogram(name: title, values: values, scale: .density)),
          .histogram(Histogram(values: other + [1])),
        ]
      ),
      ("density", [.density(points)]),
      ("field", [.field(field), .contour(field, levels: nil)]),
      ("vectors", [.vectors(Vectors(xs: values, ys: other, us: other, vs: values))]),
    ]
    let planes = layers.flatMap { name, layers in
      [false, true].map { isLogarithmic in
        (
          isLogarithmic ? name + " on log axes" : name,
          Chart(
            .plane(layers), title: title,
            x: AxisOptions(label: title, isLogarithmic: isLogarithmic),
            y: AxisOptions(label: title, isLogarithmic: isLogarithmic),
            references: values.map { ReferenceLine(.horizontal, at: $0, label: title) }
              + [ReferenceLine(.vertical, at: 1, label: "潜")],
            annotations: values.map { Annotation(x: $0, y: $0, text: title) })
        )
      }
    }
    let labels = values.indices.map { _ in title }
    let map = Heatmap(
      columns: values.count, rows: 1, values: values, rowLabels: [title], columnLabels: labels)
    let counts = [Int](repeating: 1_000_000, count: values.count * values.count)
    return planes + [
      ("bars", Chart(.bars(Bars(labels: labels, values: values)), title: title)),
      ("heatmap", Chart(.heatmap(map), title: title)),
      (
        "confusion",
        Chart(.confusion(ConfusionMatrix(classNames: labels, counts: counts)), title: title)
      ),
    ]
  }

  private static let pictures: [(name: String, output: Output)] = [0, 1, 3, 25].map { count in
    let tiles = (0..<count).map { Raster(width: 5, height: 3, filledWith: UInt8($0 * 10)) }
    var grid = ImageGrid.sideBySide([(title, tiles), ("", Array(tiles.dropLast()))], columns: 4)
    grid.captions = tiles.map { _ in title }
    grid.rowLabels = [title]
    return ("\(count) pictures", .image(ImageFigure(grid, title: title)))
  }

  private static let panels = Output.panels(
    Panels(
      values.prefix(5).map {
        .chart(Chart(.plane([.line(Line(ys: $0.values))]), title: title, height: 4))
      }, title: title))
}
