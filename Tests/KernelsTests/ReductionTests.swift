import Testing

@testable import Kernels

@Suite struct ReductionTests {
  static let views: [ReductionView] =
    KernelTest.sizes.map { ReductionView(outer: 1, reduced: $0, inner: 1) } + [
      ReductionView(outer: 1, reduced: 70_001, inner: 1),
      ReductionView(outer: 9, reduced: 8193, inner: 1),
      ReductionView(outer: 1001, reduced: 10, inner: 1),
      ReductionView(outer: 517, reduced: 67, inner: 1),
      ReductionView(outer: 1, reduced: 128, inner: 784),
      ReductionView(outer: 3, reduced: 50, inner: 7),
      ReductionView(outer: 1, reduced: 9001, inner: 3),
      ReductionView(outer: 2, reduced: 5000, inner: 83),
      ReductionView(outer: 5, reduced: 0, inner: 4), ReductionView(outer: 0, reduced: 3, inner: 1),
    ]

  @Test(arguments: views)
  func resultsAreTheirReferenceBitForBit(_ view: ReductionView) {
    for special in [false, true] {
      let values = KernelTest.values(view.outer * view.reduced * view.inner, special: special)
      let x = KernelTest.storage(values)
      let scratch = KernelTest.storage(count: reductionScratchFloats(for: view))
      for operation in ReductionOperation.allCases {
        let expected = Reference.reduce(operation, view, values)
        for pool in KernelTest.pools {
          let result = KernelTest.storage(count: view.outputCount)
          reduce(
            operation, view, x.buffer, into: result.buffer, scratch: scratch.buffer, pool: pool)
          let received = KernelTest.array(result)
          #expect(KernelTest.firstDifference(received, expected) == nil, "\(operation)")
        }
      }
    }
  }

  @Test func sumOfManyOnesIsExact() {
    let count = 3_000_000
    let x = KernelTest.storage(count: count, filledWith: 1)
    let view = ReductionView(outer: 1, reduced: count, inner: 1)
    let scratch = KernelTest.storage(count: reductionScratchFloats(for: view))
    let result = KernelTest.storage(count: 1)
    reduce(
      .sum, view, x.buffer, into: result.buffer, scratch: scratch.buffer,
      pool: KernelTest.pools[1])
    #expect(result.buffer[0] == Float(count))
  }
}
