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

  @Test func imagesAndTablesAreDescribed() {
    let grid = ImageGrid.comparison([("truth", DigitFixtures.images)])
    #expect(
      Description.describe(ImageFigure(grid, title: "digits"))
        == "digits: 4 images of 28×28 pixels, rows: truth.")
    #expect(
      Description.describe(Table(headings: ["a", "b"], rows: [[.count(1)]]))
        == "table of 1 rows, columns: a, b.")
  }
}
