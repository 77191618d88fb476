import Testing

@testable import Rendering

@Suite struct AxisTests {
  private func labels(_ range: ClosedRange<Double>, fit: Axis.Fit = .ticks) -> [String] {
    Axis(data: range, options: AxisOptions(), fit: fit, tickCount: 4).ticks.map(\.label)
  }

  @Test func ticksAreRound() {
    #expect(labels(0...1) == ["0.00", "0.25", "0.50", "0.75", "1.00"])
    #expect(labels(0.003...0.297) == ["0.0", "0.1", "0.2", "0.3"])
    #expect(labels(-97...104) == ["-100", "-50", "0", "50", "100", "150"])
    #expect(labels(0...1e6) == ["0", "2.5e5", "5e5", "7.5e5", "1e6"])
    #expect(labels(3...3) == ["2.7", "2.8", "2.9", "3.0", "3.1", "3.2", "3.3"])
  }

  @Test func ticksHaveNoFloatingGarbage() {
    for scale in [1e-8, 1e-3, 0.1, 7, 123, 1e7] {
      for shift in [-3.0, 0, 0.1, 12] {
        let ticks = labels(shift * scale...(shift + 1.37) * scale)
        #expect(ticks.count >= 2 && ticks.allSatisfy { $0.count <= 10 }, "\(ticks)")
        #expect(Set(ticks).count == ticks.count)
      }
    }
  }

  /// As many digits as the step needs, however large the numbers are.
  @Test func ticksTellLargeNumbersApart() {
    #expect(labels(1_000_000...1_000_002, fit: .tight).prefix(2) == ["1000000.0", "1000000.5"])
    #expect(labels(12_345_678...12_345_688).first == "12345678")
    for low in [1e6, 12_345_678, 1e9, -3e7, 2e-4, 5e12] {
      for span in [2e-6, 1e-5, 1e-3, 0.1] {
        let ticks = labels(low...(low + low.magnitude * span), fit: .tight)
        #expect(ticks.count > 1 && Set(ticks).count == ticks.count, "\(ticks)")
      }
    }
  }

  @Test func logarithmicAxesHaveTwoTicks() {
    for range in [2.0...3, 0.3...0.7, 1.1...1.2, 4e5...4.1e5, 2...900, 1e-9...1] {
      for count in 2...8 {
        let axis = Axis(
          data: range, options: AxisOptions(isLogarithmic: true), fit: .ticks, tickCount: count)
        #expect(axis.ticks.count > 1, "\(range) with \(count)")
        #expect(Set(axis.ticks.map(\.label)).count == axis.ticks.count)
      }
    }
  }

  @Test func limitsAreExact() {
    let axis = Axis(
      data: 0...100, options: AxisOptions(limits: 10...30), fit: .ticks, tickCount: 4)
    #expect(axis.lower == 10 && axis.upper == 30)
    #expect(axis.position(20) == 0.5)
    #expect(axis.position(.nan) == nil)
  }

  @Test func logarithmicAxisPlacesDecadesEvenly() throws {
    let axis = Axis(
      data: 1e-4...1, options: AxisOptions(isLogarithmic: true), fit: .ticks, tickCount: 4)
    #expect(axis.ticks.map(\.label) == ["1e-4", "0.001", "0.01", "0.1", "1"])
    let middle = try #require(axis.position(0.01))
    #expect(abs(middle - 0.5) < 1e-12)
    #expect(axis.position(0) == nil && axis.position(-1) == nil)
  }

  @Test func ownLogarithmsAreAccurate() {
    for value in [1e-300, 1e-10, 0.5, 1, 2, 10, 1000, 1e300] {
      let back = Logarithm.power10(Logarithm.base10(value))
      // Errors of the exponent are magnified by its size, at most 300 · ln 10.
      #expect(abs(back / value - 1) < 1e-12)
    }
    #expect(abs(Logarithm.base10(1000) - 3) < 1e-14)
  }

  /// The last label moves to stay inside the figure, and is never the one that is left out.
  @Test func lastLabelIsKept() throws {
    for columns in 20...120 {
      for upper in [1.0, 99.7, 1000, 31_250, 1e6, 1.2e9] {
        let axis = Axis.fitting(columns: columns) { count in
          Axis(data: 0...upper, options: AxisOptions(), fit: .tight, tickCount: count)
        }
        let labels = axis.separateLabels(columns: columns, room: -6..<columns)
        #expect(labels.map(\.text) == axis.ticks.map(\.label), "\(upper) on \(columns)")
        let last = try #require(labels.last)
        #expect(last.end <= columns)
        for (left, right) in zip(labels, labels.dropFirst()) { #expect(left.end < right.start) }
      }
    }
  }
}
