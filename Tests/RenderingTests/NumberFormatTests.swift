import Testing

@testable import Rendering

@Suite struct NumberFormatTests {
  @Test(
    arguments: [
      (14, "14"), (0.0492, "0.0492"), (0.049231, "0.049231"), (1e-5, "1e-5"), (0.1, "0.1"),
      (3.14159265, "3.1416"), (123_456.789, "123457"), (1e9, "1e9"), (2.5e10, "2.5e10"),
      (1e-4, "1e-4"), (0.00012345, "0.00012345"), (16_777_216, "16777216"), (-0.5, "-0.5"),
      (0.99999994, "1"), (0, "0"), (-0.0, "0"), (.nan, "nan"), (.infinity, "inf"),
      (-.infinity, "-inf"), (1.17549435e-38, "1.1755e-38"), (3.4028235e38, "3.4028e38"),
      (9.9999995, "10"), (1e-45, "1.4013e-45"), (201_474, "201474"),
    ] as [(Float, String)])
  func shortestSensibleDecimal(_ value: Float, _ text: String) {
    #expect(NumberFormat.format(value) == text)
  }

  @Test(
    arguments: [
      (3.14159265, 4, "3.1416"), (2, 4, "2.0000"), (0.125, 2, "0.12"), (-0.001, 2, "0.00"),
      (0.5, 0, "0"), (1.5, 0, "2"), (12_345.678, 1, "12345.7"), (.nan, 2, "nan"),
      (1e30, 2, "1e30"), (0.045, -3, "0"),
    ] as [(Float, Int, String)])
  func fixedDigits(_ value: Float, _ digits: Int, _ text: String) {
    #expect(NumberFormat.format(value, digits: digits) == text)
  }

  @Test func countsAreGrouped() {
    #expect(
      [0, 999, 1000, 201_474, -1_234_567].map(NumberFormat.grouped)
        == ["0", "999", "1,000", "201,474", "-1,234,567"])
  }

  @Test func fiveDigitsAreWithinHalfAUnitOfTheFifth() throws {
    for value in Samples.normal(2000, seed: 3) {
      for scale in [1e-7, 1e-3, 1, 1e4] as [Float] {
        let number = Double(value * scale)
        let back = try #require(Double(NumberFormat.format(number)))
        #expect(abs(back - number) <= abs(number) * 5.000_001e-5)
      }
    }
  }
}
