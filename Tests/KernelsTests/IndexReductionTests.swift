import Testing

@testable import Kernels

@Suite struct IndexReductionTests {
  @Test(arguments: ReductionTests.views.filter { $0.reduced > 0 })
  func indicesAreTheirReference(_ view: ReductionView) {
    // Few distinct values, so that the first of equals matters.
    let numbers = KernelTest.values(view.outer * view.reduced * view.inner, special: false)
    for nanEvery in [Int.max, 97] {
      let values = numbers.enumerated().map { $0 % nanEvery == 96 ? Float.nan : $1.rounded() }
      let x = KernelTest.storage(values)
      for operation in IndexReductionOperation.allCases {
        let expected = Reference.reduceIndex(operation, view, values)
        for pool in KernelTest.pools {
          let result = KernelTest.storage(count: view.outputCount)
          reduceIndex(operation, view, x.buffer, into: result.buffer, pool: pool)
          #expect(KernelTest.firstDifference(KernelTest.array(result), expected) == nil)
        }
      }
    }
  }
}
