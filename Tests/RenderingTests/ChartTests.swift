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
