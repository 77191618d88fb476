import Testing

@testable import Evaluation

@Suite struct NumericalTests {
  @Test(arguments: NumPy.cases + NumPy.highRanks)
  func agreesWithNumPy(_ expected: NumPy.Case) throws {
    let (shape, values) = try #require(try Bench().tensor(expected.expression))
    #expect(shape == expected.shape)
    #expect(values.count == expected.values.count)
    for (value, wanted) in zip(values, expected.values) {
      let agrees =
        value == wanted || (value.isNaN && wanted.isNaN)
        || abs(value - wanted) <= 1e-5 * max(1, abs(wanted))
      #expect(agrees, "\(value) is not \(wanted)")
    }
  }
}
