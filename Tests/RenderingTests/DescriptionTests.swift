import Testing

@testable import Rendering

@Suite struct DescriptionTests {
  @Test func everyChartIsOneLineOfWords() throws {
    let lines = Samples.charts.map { Description.describe($0.chart) }
    #expect(lines.allSatisfy { !$0.contains("\n") && $0.hasSuffix(".") })
    try expectGolden("descriptions", lines.joined(separator: "\n") + "\n")
  }

  @Test func trendsAreNamed() {
    func words(_ values: [Float]) -> String {
      Description.describe(Chart(.plane([.line(Line(ys: values))])))
    }
    #expect(words([1, 2, 5]).contains("rises"))
    #expect(words([5, 2, 1]).contains("falls"))
    #expect(words([1, 5, 1.5]).contains("varies"))
    #expect(words([2, 2]) == "line constant at 2.")
    #expect(words([.nan]) == "line without values.")
  }

  private func words(_ layers: [Layer], isLogarithmic: Bool = false) -> String {
    Description.describe(
      Chart(.plane(layers), y: AxisOptions(isLogarithmic: isLogarithmic)))
  }

  /// Nothing is said that the figure does not show.
  @Test func onlyWhatIsDrawnIsDescribed() {
    let line = Layer.line(Line(ys: [-1, 10, 100]))
    #expect(words([line], isLogarithmic: true).contains("lowest 10 at 1"))
    let map = Heatmap(columns: 2, rows: 1, values: [.nan, 1])
    #expect(
      Description.describe(Chart(.heatmap(map)))
        == "heatmap of 1 row and 2 columns, all 1 but for 1 nan or infinite.")
    let noise = Samples.normal(800)
    let far = noise.map { $0 + 12 }
    let points = Points(xs: noise + far, ys: noise.reversed() + far.reversed())
    #expect(words([.density(points)]).hasPrefix("density of 1,600 points in 2 clusters around"))
    #expect(!words([.points(points)]).contains("correlation"))
    let one = Points(xs: noise + noise.map { 3 + $0 / 4 }, ys: noise.reversed() + noise)
    #expect(words([.density(one)]).contains(", densest near ("))
    #expect(words([.points(Points(xs: [], ys: []))]) == "no points.")
    #expect(words([.points(Points(xs: [1], ys: [2]))]).hasPrefix("1 point around"))
  }

  @Test func severalLinesAreToldApart() {
    let two = words([.line(Line(ys: [1, 2])), .line(Line(ys: [2, 1]))])
    #expect(two.hasPrefix("first line rises") && two.contains("; second line falls"))
    let many = (0..<12).map { Layer.line(Line(name: "c\($0)", ys: [Float($0), -Float($0)])) }
    #expect(words(many) == "12 lines, c0, c1, … c11, lowest -11 in c11, highest 11 in c11.")
  }

  @Test func arrowsHaveADirection() {
    func pointing(_ us: [Float], _ vs: [Float]) -> String {
      words([.vectors(Vectors(xs: [-1, 1, -1, 1], ys: [-1, -1, 1, 1], us: us, vs: vs))])
    }
    #expect(pointing([1, 1, 1, 1], [1, 1, 1, 1]).hasSuffix("mostly up and right."))
    #expect(pointing([1, -1, 1, -1], [1, 1, -1, -1]).hasSuffix("inwards."))
    #expect(pointing([-1, 1, -1, 1], [-1, -1, 1, 1]).hasSuffix("outwards."))
    #expect(pointing([1, 1, -1, -1], [-1, 1, -1, 1]).hasSuffix("in various directions."))
  }

  @Test func imagesAndTablesAreDescribed() {
    let grid = ImageGrid.comparison([("truth", DigitFixtures.images)])
    #expect(
      Description.describe(ImageFigure(grid, title: "digits"))
        == "digits: 4 images of 28×28 pixels, rows: truth.")
    #expect(
      Description.describe(Table(headings: ["a", "b"], rows: [[.count(1)]]))
        == "table of 1 row, columns: a, b.")
  }
}
