import Testing

@testable import Rendering

@Suite struct SVGPlaneTests {
  @Test func loneValuesAreDots() {
    let svg = SVGRenderer().svg(Chart(.plane([.line(Line(ys: [1, .nan, 2, 3, .nan, 1]))])))
    #expect(svg.split(separator: "<circle").count - 1 == 2)
    #expect(svg.contains("<path"))
  }

  @Test func manyPointsOnOneSpotAreDrawnOnce() {
    let xs = (0..<100_000).map { Float($0 % 100) }
    let svg = SVGRenderer().svg(Chart(.plane([.points(Points(xs: xs, ys: xs))])))
    #expect(svg.split(separator: "<circle").count - 1 == 100)
  }
}
