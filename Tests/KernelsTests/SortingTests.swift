import Testing

@testable import Kernels

@Suite struct SortingTests {
  @Test(arguments: [(0, 3), (1, 0), (1, 1), (5, 2), (40, 48), (3, 49), (2, 1025), (1, 5003)])
  func ordersAreStableWithNaNLast(rows: Int, count: Int) {
    // Few distinct values, so that stability matters.
    let values = KernelTest.values(rows * count).map { $0.magnitude < 4 ? $0.rounded() : $0 }
    let x = KernelTest.storage(values)
    var order: [Float] = []
    var sorted: [Float] = []
    for row in 0..<rows {
      let line = Array(values[row * count..<(row + 1) * count])
      order += Reference.argsort(line)
      sorted += Reference.argsort(line).map { line[Int($0)] }
    }
    for pool in KernelTest.pools {
      let scratch = KernelTest.storage(count: pool.threads * sortScratchFloats(count: count))
      let result = KernelTest.storage(count: values.count)
      argsortRows(
        x.buffer, rows: rows, count: count, into: result.buffer, scratch: scratch.buffer,
        pool: pool)
      #expect(KernelTest.firstDifference(KernelTest.array(result), order) == nil)
      let copy = KernelTest.storage(values)
      sortRows(
        copy.buffer, rows: rows, count: count, into: copy.buffer, scratch: scratch.buffer,
        pool: pool)
      #expect(KernelTest.firstDifference(KernelTest.array(copy), sorted) == nil)
    }
  }
}
