import Testing

@testable import Kernels

@Suite struct ScanTests {
  @Test(arguments: ReductionTests.views)
  func runningSumsAreInOrder(_ view: ReductionView) {
    let values = KernelTest.values(view.outer * view.reduced * view.inner)
    let x = KernelTest.storage(values)
    for pool in KernelTest.pools {
      let result = KernelTest.storage(count: values.count)
      cumulativeSum(view, x.buffer, into: result.buffer, pool: pool)
      let expected = Reference.cumulativeSum(view, values)
      #expect(KernelTest.firstDifference(KernelTest.array(result), expected) == nil)
    }
  }
}
