import Testing

@testable import Kernels

@Suite struct RandomTests {
  static let draws: [RandomDraw] = [
    .uniform, .normal, .integers(bound: 10), .integers(bound: 1), .integers(bound: 1 << 24),
  ]
  static let key = RandomKey(seed: 0x1234_5678_9abc_def0, draw: 0xfedc_ba98_0000_0003)

  static func fill(
    _ draw: RandomDraw, _ key: RandomKey, first: Int = 0, count: Int, pool: ThreadPool
  ) -> [Float] {
    let result = KernelTest.storage(count: count + 1)
    fillRandom(
      draw, key, first: first, into: Buffer(base: result.buffer.base, count: count), pool: pool)
    #expect(result.buffer[count] == -12345)
    return Array(KernelTest.array(result).prefix(count))
  }

  @Test(arguments: draws)
  func elementsAreTheirReferenceBitForBit(_ draw: RandomDraw) {
    let expected = (0..<5_100).map { Reference.random(draw, RandomTests.key, $0) }
    for count in KernelTest.sizes {
      let values = RandomTests.fill(draw, RandomTests.key, count: count, pool: KernelTest.pools[0])
      #expect(KernelTest.firstDifference(values, Array(expected.prefix(count))) == nil)
    }
  }

  @Test(arguments: draws)
  func anElementDependsOnItsNumberOnly(_ draw: RandomDraw) {
    let whole = RandomTests.fill(draw, RandomTests.key, count: 50_021, pool: KernelTest.pools[0])
    for pool in KernelTest.pools.dropFirst() {
      let values = RandomTests.fill(draw, RandomTests.key, count: 50_021, pool: pool)
      #expect(KernelTest.firstDifference(values, whole) == nil)
    }
    for (first, count) in [(0, 1), (1, 100), (63, 2), (64, 64), (100, 7), (1003, 997)] {
      let part = RandomTests.fill(
        draw, RandomTests.key, first: first, count: count, pool: KernelTest.pools[0])
      #expect(KernelTest.firstDifference(part, Array(whole[first..<first + count])) == nil)
    }
  }

  @Test func keysGiveDifferentDraws() {
    let a = RandomTests.fill(
      .uniform, RandomKey(seed: 1, draw: 0), count: 64, pool: KernelTest.pools[0])
    let b = RandomTests.fill(
      .uniform, RandomKey(seed: 1, draw: 1), count: 64, pool: KernelTest.pools[0])
    let c = RandomTests.fill(
      .uniform, RandomKey(seed: 2, draw: 0), count: 64, pool: KernelTest.pools[0])
    #expect(Set(a + b + c).count > 180)
  }

  /// Five standard errors, so that only a broken generator fails; the draw is always the same.
  @Test func momentsAreThoseOfTheDistributions() {
    let count = 100_000
    let n = Double(count)
    func moments(_ x: [Float]) -> (mean: Double, variance: Double) {
      let mean = x.reduce(0) { $0 + Double($1) } / n
      return (mean, x.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / n)
    }
    let pool = KernelTest.pools[1]
    let uniform = RandomTests.fill(.uniform, RandomTests.key, count: count, pool: pool)
    #expect(uniform.allSatisfy { $0 >= 0 && $0 < 1 })
    #expect(abs(moments(uniform).mean - 0.5) < 5 * (1 / 12 / n).squareRoot())
    let normal = RandomTests.fill(.normal, RandomTests.key, count: count, pool: pool)
    #expect(abs(moments(normal).mean) < 5 / n.squareRoot())
    #expect(abs(moments(normal).variance - 1) < 5 * (2 / n).squareRoot())
    let dice = RandomTests.fill(.integers(bound: 6), RandomTests.key, count: count, pool: pool)
    for face in 0..<6 {
      let share = Double(dice.count { $0 == Float(face) }) / n
      #expect(abs(share - 1 / 6) < 5 * (5 / 36 / n).squareRoot())
    }
  }

  @Test(arguments: [0, 1, 2, 1000])
  func permutationsHoldEveryNumberOnce(count: Int) {
    let result = KernelTest.storage(count: count)
    fillPermutation(RandomTests.key, into: result.buffer)
    let order = KernelTest.array(result)
    #expect(order.sorted() == (0..<count).map(Float.init))
    if count > 2 { #expect(order != order.sorted()) }
  }
}
