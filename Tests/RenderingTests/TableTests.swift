import Testing

@testable import Rendering

@Suite struct TableTests {
  private let table = Table(
    title: "models", headings: ["model", "latent", "error", "parameters"],
    rows: [
      [.text("PCA"), .count(2), .number(0.057), .empty],
      [.text("autoencoder"), .count(10), .number(0.0261), .count(203_530)],
    ], note: "after 1,000 steps")

  @Test func numbersStandUnderEachOther() {
    #expect(
      PlainRenderer().text(.table(table)) == """
        models
        model        latent   error  parameters
        -----------  ------  ------  ----------
        PCA               2  0.0570
        autoencoder      10  0.0261     203,530
        after 1,000 steps

        """)
  }

  @Test func wideTablesAreCutToFit() {
    let wide = Table(
      headings: ["a", "b"],
      rows: [[.text(String(repeating: "long ", count: 30)), .text("short")]])
    for width in [40, 80] {
      let lines = PlainRenderer(RenderContext(width: width)).text(.table(wide))
        .split(separator: "\n")
      #expect(lines.allSatisfy { $0.count <= width })
      #expect(lines.last?.contains("…  short") == true)
    }
  }

  @Test func raggedAndEmptyTablesDraw() {
    let ragged = Table(headings: ["a"], rows: [[], [.count(1), .number(.nan)]])
    #expect(PlainRenderer().text(.table(ragged)).contains("nan"))
    #expect(PlainRenderer().text(.table(Table(headings: [], rows: []))) == "")
  }
}
