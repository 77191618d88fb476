import Testing
import Typography

@testable import Rendering

@Suite struct ChartTests {
  @Test(arguments: Samples.charts.map(\.name))
  func looksAsItDid(_ name: String) throws {
    let chart = try #require(Samples.charts.first { $0.name == name }?.chart)
    var text = ""
    for width in [60, 80] {
      text += PlainRenderer(RenderContext(width: width)).text(.chart(chart)) + "\n"
    }
    for canvas in [RenderContext.CanvasKind.braille, .blocks] {
      text += PlainRenderer(RenderContext(width: 60, canvas: canvas)).text(.chart(chart)) + "\n"
    }
    try expectGolden(name, text)
  }

  @Test(arguments: Samples.charts.map(\.name))
  func fitsEveryWidth(_ name: String) throws {
    let chart = try #require(Samples.charts.first { $0.name == name }?.chart)
    for width in Array(stride(from: 40, through: 300, by: 13)) + [300] {
      for canvas in RenderContext.CanvasKind.allCases {
        let context = RenderContext(width: width, canvas: canvas)
        let lines = Figure.grid(chart, context, width: width).lines
        #expect(lines.allSatisfy { DisplayWidth.of($0) <= width && !$0.hasSuffix(" ") })
        expectStraightAxis(lines, chart)
      }
    }
  }

  /// The vertical axis stands in one column and reaches the corner.
  private func expectStraightAxis(_ lines: [String], _ chart: Chart) {
    guard case .plane = chart.content else { return }
    guard let corner = lines.lastIndex(where: { $0.contains("+-") || $0.contains("└") }) else {
      Issue.record("no horizontal axis")
      return
    }
    let axis = Array(lines[corner]).firstIndex { $0 == "+" || $0 == "└" } ?? -1
    let above = lines[..<corner].suffix(8)
    #expect(
      above.allSatisfy { line in
        let characters = Array(line)
        return characters.count > axis && "|+│┤".contains(characters[axis])
      })
  }

  @Test func whatIsNotFiniteLeavesGapsAndIsCounted() throws {
    let line = Line(ys: [1, 2, .nan, 4, .infinity, 3, 2])
    try expectGolden("gaps", PlainRenderer().text(.chart(Chart(.plane([.line(line)])))))
  }

  @Test(arguments: [
    Chart(.plane([])), Chart(.plane([.line(Line(ys: []))])),
    Chart(.plane([.points(Points(xs: [.nan], ys: [1]))])),
    Chart(.plane([.histogram(Histogram(values: []))])),
    Chart(.plane([.histogram(Histogram(values: [.nan, .infinity]))])),
    Chart(.plane([.density(Points(xs: [], ys: []))])),
    Chart(.plane([.vectors(Vectors(xs: [], ys: [], us: [], vs: []))])),
    Chart(.bars(Bars(labels: [], values: []))),
    Chart(.heatmap(Heatmap(columns: 0, rows: 0, values: []))),
    Chart(.heatmap(Heatmap(columns: 1, rows: 1, values: [.nan]))),
    Chart(.confusion(ConfusionMatrix(classNames: [], counts: []))),
  ])
  func emptyDataDrawsSomething(_ chart: Chart) {
    for color in [false, true] {
      let text = ANSIRenderer(RenderContext(color: color)).text(.chart(chart))
      #expect(!text.isEmpty)
    }
    #expect(SVGRenderer().svg(chart).hasSuffix("</svg>\n"))
    #expect(!Description.describe(chart).isEmpty)
  }

  @Test(
    arguments: [
      [3, 3, 3], [0, 0], [1e30, -1e30], [1e-30, 2e-30], [.greatestFiniteMagnitude, 0],
      [5], [-0.0, 0], [1e8, 1e8 + 8],
    ] as [[Float]])
  func extremeValuesDrawSomething(_ values: [Float]) {
    for isLogarithmic in [false, true] {
      let chart = Chart(
        .plane([.line(Line(ys: values)), .histogram(Histogram(values: values))]),
        y: AxisOptions(isLogarithmic: isLogarithmic))
      let text = PlainRenderer().text(.chart(chart))
      #expect(text.contains("+-"))
      #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
    }
  }

  @Test func emptyChartSaysSo() throws {
    let chart = Chart(.plane([.line(Line(ys: []))]), title: "nothing yet")
    #expect(PlainRenderer().text(.chart(chart)).contains("no data"))
  }

  private func text(
    _ layers: [Layer], y: ClosedRange<Float>? = nil, notes: [Annotation] = [],
    references: [ReferenceLine] = [], context: RenderContext = .headless
  ) -> String {
    PlainRenderer(context).text(
      .chart(
        Chart(
          .plane(layers), y: AxisOptions(limits: y), references: references, annotations: notes)))
  }

  @Test func whatIsNotInSightIsSaid() {
    let line = Layer.line(Line(ys: [1, 2, 3]))
    #expect(text([line], y: 10...20).contains("no data"))
    #expect(text([.histogram(Histogram(values: [.nan, .infinity]))]).contains("no data"))
    let note = Annotation(x: 1, y: 50, text: "far")
    #expect(text([line], notes: [note]).contains("x far"))
    let cut = text([line], y: 0...4, notes: [note])
    #expect(cut.contains("1 note not drawn (outside of the axes)"))
    let arrows = Vectors(xs: [0, 1], ys: [0, 1], us: [1, .nan], vs: [1, 1])
    #expect(text([.vectors(arrows)]).contains("1 value not drawn (nan or infinite)"))
    let map = Heatmap(columns: 2, rows: 1, values: [.nan, 1])
    #expect(PlainRenderer().text(.chart(Chart(.heatmap(map)))).contains("? nan or infinite"))
  }

  @Test func longWordsEndInADot() {
    let line = Layer.line(Line(ys: [1, 2, 3]))
    let words = String(repeating: "long ", count: 30)
    let long = text([line], notes: [Annotation(x: 1, y: 2, text: words)])
    #expect(long.contains("x long") && long.contains("…"))
    let label = Chart(.plane([line]), y: AxisOptions(label: words))
    #expect(PlainRenderer().text(.chart(label)).contains("…\n"))
  }

  @Test func namesOfNearLinesStandApart() {
    let lines = [
      ReferenceLine(.horizontal, at: 2, label: "low"),
      ReferenceLine(.horizontal, at: 2.1, label: "high"),
    ]
    let rows = text([.line(Line(ys: [0, 8]))], references: lines).split(separator: "\n")
    let high = rows.firstIndex { $0.contains("high") }
    let low = rows.firstIndex { $0.contains("low") }
    #expect(high != nil && low != nil && high! < low!)
  }

  /// Where neither glyphs nor colours tell lines of equal value apart, numbers on them do.
  @Test func levelsStandOnTheirLines() {
    let layers: [Layer] = [
      .field(Samples.field), .contour(Samples.field, levels: [-0.21, 0.45, 7]),
    ]
    let context = RenderContext(color: true, canvas: .braille)
    let chart = Chart(.plane(layers))
    let text = Figure.grid(chart, context, width: 80).lines.joined(separator: "\n")
    #expect(text.split(separator: "-0.21").count == 3)
    #expect(text.split(separator: "0.45").count == 3)
    #expect(text.contains("at -0.21, 0.45") && !text.contains("7"))
    let constant = Field(
      columns: 2, rows: 2, values: [1, 1, 1, 1], xRange: 0...1, yRange: 0...1)
    #expect(Contour.lines(constant, at: nil).isEmpty)
  }

  @Test func everyClassOfAConfusionMatrixIsShown() {
    let matrix = ConfusionMatrix(
      truth: (0..<200).map { $0 % 20 }, predicted: (0..<200).map { $0 % 19 }, classCount: 20)
    let text = PlainRenderer(RenderContext(width: 40)).text(.chart(Chart(.confusion(matrix))))
    #expect(text.contains(" 18 19  found") && text.contains("19 of 200 right"))
    #expect(!text.contains("…") && text.split(separator: "\n").allSatisfy { $0.count <= 40 })
  }

  @Test func shortBarsAreSeen() {
    let bars = Bars(labels: ["a", "b", "c"], values: [1, -0.001, 0.001])
    let context = RenderContext(width: 40, canvas: .braille)
    let lines = Figure.grid(Chart(.bars(bars)), context, width: 40).lines
    #expect(lines[1].contains("▕│") && lines[2].contains("▏"))
  }

  @Test func classesBeyondNineAreLetters() {
    #expect((8...12).map { String(Glyphs.ofClass($0)) }.joined() == "89abc")
    #expect(Glyphs.ofClass(-1) != " ")
  }

  @Test func lossPanelsStandSideBySide() throws {
    let panels = Panels.losses(
      [("reconstruction", Samples.loss(300, floor: 2)), ("kl", Samples.loss(300, floor: 0.5))])
    var text = ""
    for width in [60, 80, 120] {
      text += PlainRenderer(RenderContext(width: width)).text(.panels(panels)) + "\n"
    }
    try expectGolden("panels", text)
  }
}
