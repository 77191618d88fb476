import Testing

@testable import Rendering

@Suite struct SVGPlaneTests {
  @Test func loneValuesAreDots() {
    let svg = SVGRenderer().svg(Chart(.plane([.line(Line(ys: [1, .nan, 2, 3, .nan, 1]))])))
    #expect(svg.split(separator: "<circle").count - 1 == 2)
    #expect(svg.contains("<path"))
  }

  @Test func linesOfTheSameColourAreDashed() {
    let lines = (0..<12).map { Layer.line(Line(name: "\($0)", ys: [Float($0), 1])) }
    let svg = SVGRenderer().svg(Chart(.plane(lines)))
    #expect(svg.split(separator: "stroke-dasharray").count - 1 == 2)
    #expect(svg.split(separator: "<rect").count - 1 == 14)
  }

  @Test func arrowsHaveHeadsAndALegend() {
    let svg = SVGRenderer().svg(Chart(.plane([.vectors(Samples.vectors)])))
    #expect(svg.split(separator: "<polygon").count - 1 == 98)
    #expect(svg.contains("length up to 9.43"))
  }

  /// Beyond its rectangle a field has no colour, so that the page shows.
  @Test func fieldsAreShadedWhereTheyAre() {
    let points = Points(xs: [-4, 4], ys: [-4, 4])
    let svg = SVGRenderer().svg(Chart(.plane([.field(Samples.field), .points(points)])))
    let image = svg.split(separator: "<image").last.map(String.init) ?? ""
    let width = image.split(separator: " width=\"").dropFirst().first?.prefix { $0 != "\"" }
    #expect(Double(width ?? "")! < 320)
  }

  @Test func densitiesHaveAScale() {
    let svg = SVGRenderer().svg(Chart(.plane([.density(Samples.clusters)])))
    #expect(svg.split(separator: "<rect").count - 1 == 20)
  }

  @Test func confusionHasItsSums() {
    let svg = SVGRenderer().svg(Chart(.confusion(Samples.confusion)))
    #expect(svg.contains("found") && svg.contains("138 of 150 right, 92.0%"))
    #expect(svg.contains("96.0%"))
  }

  @Test func manyPointsOnOneSpotAreDrawnOnce() {
    let xs = (0..<100_000).map { Float($0 % 100) }
    let svg = SVGRenderer().svg(Chart(.plane([.points(Points(xs: xs, ys: xs))])))
    #expect(svg.split(separator: "<circle").count - 1 == 100)
  }
}
