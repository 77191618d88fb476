import Foundation
import Testing

@testable import Kernels

@Suite struct VectorMathTests {
  /// A function, its stated precision in ulp, and what it should be.
  struct Function: Sendable, CustomTestStringConvertible {
    let operation: ElementwiseOperation
    let ulps: Double
    let exact: @Sendable (Double) -> Double

    var testDescription: String { "\(operation)" }
  }

  static let functions: [Function] = [
    Function(operation: .exp, ulps: 1) { exp($0) },
    Function(operation: .expm1, ulps: 2) { expm1($0) },
    Function(operation: .log, ulps: 2) { log($0) },
    Function(operation: .log1p, ulps: 2) { log1p($0) },
    Function(operation: .sin, ulps: 2) { sin($0) },
    Function(operation: .cos, ulps: 2) { cos($0) },
    Function(operation: .tan, ulps: 4) { tan($0) },
    Function(operation: .tanh, ulps: 2) { tanh($0) },
    Function(operation: .sigmoid, ulps: 2) {
      $0 < 0 ? exp($0) / (1 + exp($0)) : 1 / (1 + exp(-$0))
    },
    Function(operation: .softplus, ulps: 2) {
      $0.isNaN ? $0 : ($0 > 0 ? $0 : 0) + log1p(exp(-abs($0)))
    },
    Function(operation: .erf, ulps: 2) { erf($0) },
    Function(operation: .sqrt, ulps: 0.5) { $0.squareRoot() },
    Function(operation: .floor, ulps: 0) { $0.rounded(.down) },
    Function(operation: .ceiling, ulps: 0) { $0.rounded(.up) },
    Function(operation: .round, ulps: 0) { $0.rounded(.toNearestOrEven) },
    Function(operation: .truncate, ulps: 0) { $0.rounded(.towardZero) },
    Function(operation: .absolute, ulps: 0) { $0.magnitude },
    Function(operation: .reciprocal, ulps: 0.5) { 1 / $0 },
  ]

  static func run(
    _ operation: ElementwiseOperation, _ a: [Float], _ b: [Float]? = nil, _ c: [Float]? = nil
  ) -> [Float] {
    let inputs = [a, b ?? a, c ?? a].map(KernelTest.storage)
    let padded = (a.count + 15) / 16 * 16
    let result = KernelTest.storage(count: padded)
    let bases = inputs.map { UnsafePointer($0.buffer.base) }
    operation.apply(padded / 16, result.buffer.base, bases[0], bases[1], bases[2], constant: 0)
    return withExtendedLifetime(inputs) { Array(KernelTest.array(result).prefix(a.count)) }
  }

  /// Distance in units of the last place of the exact value; infinite if a special value is wrong.
  static func error(_ value: Float, _ exact: Double) -> Double {
    let rounded = Float(exact)
    if rounded.isNaN || value.isNaN { return rounded.isNaN && value.isNaN ? 0 : .infinity }
    if rounded.isInfinite || value.isInfinite { return rounded == value ? 0 : .infinity }
    if rounded == 0, exact == 0 { return value == 0 && value.sign == exact.sign ? 0 : .infinity }
    return abs(Double(value) - exact) / Double(rounded.ulp)
  }

  /// Every 60,013th bit pattern, a fine grid about zero, and special values.
  static let sweep: [Float] =
    stride(from: UInt64(0), to: 1 << 32, by: 60_013).map { Float(bitPattern: UInt32($0)) }
    + stride(from: Float(-12), to: 12, by: 0.00311).map { $0 } + KernelTest.special

  @Test(arguments: functions)
  func precisionIsAsStated(_ function: Function) {
    let values = VectorMathTests.run(function.operation, VectorMathTests.sweep)
    var worst = (error: -1.0, x: Float.nan)
    for (x, value) in zip(VectorMathTests.sweep, values) {
      let error = VectorMathTests.error(value, function.exact(Double(x)))
      if error > worst.error { worst = (error, x) }
    }
    #expect(worst.error <= function.ulps, "at \(worst.x)")
  }

  @Test func powerIsWithinOneUlp() {
    var bases: [Float] = []
    var exponents: [Float] = []
    for a in KernelTest.special {
      for b in KernelTest.special {
        bases.append(a)
        exponents.append(b)
      }
    }
    for (i, x) in KernelTest.values(20_000, special: false).enumerated() {
      // Results over the whole range of floats, and whole exponents of negative numbers.
      let base = i % 3 == 0 ? x : x.magnitude + 1e-6
      let y = KernelTest.values(1, salt: UInt32(i + 2), special: false)[0]
      bases.append(base)
      exponents.append(i % 3 == 0 ? y.rounded() : y * 60 / Float(log2(Double(base.magnitude)) + 1))
    }
    let values = VectorMathTests.run(.power, bases, exponents)
    for i in bases.indices {
      let exact = pow(Double(bases[i]), Double(exponents[i]))
      let error = VectorMathTests.error(values[i], exact)
      #expect(error <= 1, "\(bases[i]) ^ \(exponents[i])")
    }
  }

  @Test func remainderIsFlooredAndExact() {
    let cases: [(Float, Float, Float)] = [
      (7, 3, 1), (-7, 3, 2), (7, -3, -2), (-7, -3, -1), (6, 3, 0), (5.5, 2, 1.5), (-1, 3, 2),
      (1, .infinity, 1), (-1, .infinity, .infinity), (3e38, 7, 4), (1e10, 3, 1), (0, 5, 0),
    ]
    let values = VectorMathTests.run(.remainder, cases.map(\.0), cases.map(\.1))
    for (value, expected) in zip(values, cases) {
      let exact = Float(fmod(Double(expected.0), Double(expected.1)))
      if expected.0 > 1e9 { #expect(value == exact) } else { #expect(value == expected.2) }
    }
    let impossible = VectorMathTests.run(.remainder, [1, .infinity, .nan], [0, 2, 2])
    #expect(impossible.allSatisfy { $0.isNaN })
    #expect(VectorMathTests.run(.remainder, [6], [-3])[0].sign == .minus)
  }

  @Test func nanPassesThroughMinimumAndMaximum() {
    for operation in [ElementwiseOperation.minimum, .maximum] {
      let values = VectorMathTests.run(operation, [.nan, 1, .nan], [1, .nan, .nan])
      #expect(values.allSatisfy { $0.isNaN })
    }
  }

  @Test(arguments: ElementwiseOperation.allCases)
  func everyOperationIsItsReferenceBitForBit(_ operation: ElementwiseOperation) {
    let count = 4_096
    let a = operation.operandCount == 1
      ? VectorMathTests.sweep.enumerated().compactMap { $0.offset % 7 == 0 ? $0.element : nil }
        + KernelTest.special
      : KernelTest.values(count)
    let b = KernelTest.values(a.count, salt: 2)
    let c = KernelTest.values(a.count, salt: 3)
    let expected = a.indices.map { Reference.apply(operation, a[$0], b[$0], c[$0]) }
    let values = VectorMathTests.run(operation, a, b, c)
    #expect(KernelTest.firstDifference(values, expected) == nil)
  }
}
