import Testing

@testable import Rendering

@Suite struct HistogramBinsTests {
  private func bins(_ values: [Float], isLogarithmic: Bool = false) -> HistogramBins? {
    HistogramBins(
      [.histogram(Histogram(values: values, binCount: 6))], range: nil,
      isLogarithmic: isLogarithmic, largestCount: 60)
  }

  @Test func binsAreEqualOnTheirAxis() throws {
    let values: [Float] = [1, 5, 50, 500, 1e6]
    let linear = try #require(bins(values))
    #expect(linear.edge(1) - linear.edge(0) == linear.edge(6) - linear.edge(5))
    let logarithmic = try #require(bins(values, isLogarithmic: true))
    for index in 0...6 {
      let expected = NumberFormat.powerOfTen(index)
      #expect(abs(logarithmic.edge(index) / expected - 1) < 1e-9)
    }
    #expect(logarithmic.heights(Histogram(values: values)) == [2, 1, 1, 0, 0, 1])
  }

  @Test func whatHasNoPlaceIsNotCounted() throws {
    #expect(bins([]) == nil && bins([.nan, .infinity]) == nil)
    #expect(bins([0, -1], isLogarithmic: true) == nil)
    let some = try #require(bins([0, -1, 1, 10], isLogarithmic: true))
    #expect(some.heights(Histogram(values: [0, -1, 1, 10])).reduce(0, +) == 2)
  }

  @Test func barsOnALogAxisStandBelowTheLowest() throws {
    let values = [Float](repeating: 1, count: 100) + [9]
    let some = try #require(bins(values))
    let layers = [Layer.histogram(Histogram(values: values))]
    #expect(some.heightRange(layers, isLogarithmic: true) == 0.5...100)
    #expect(some.heightRange(layers, isLogarithmic: false) == 0...100)
  }

  @Test func densitiesHaveAreaOne() throws {
    let histogram = Histogram(values: [1, 2, 3, 40, 500, 6000], scale: .density)
    for isLogarithmic in [false, true] {
      let some = try #require(bins(histogram.values, isLogarithmic: isLogarithmic))
      let areas = some.heights(histogram).enumerated().map {
        $1 * (some.edge($0 + 1) - some.edge($0))
      }
      #expect(abs(areas.reduce(0, +) - 1) < 1e-9)
    }
  }
}
