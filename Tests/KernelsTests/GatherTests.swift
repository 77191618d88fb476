import Testing

@testable import Kernels

@Suite struct GatherTests {
  @Test func invalidIndicesAreFound() {
    func first(_ values: [Float]) -> Int? {
      let storage = KernelTest.storage(values)
      return withExtendedLifetime(storage) { firstInvalidIndex($0.buffer, rows: 5) }
    }
    #expect(first([]) == nil)
    #expect(first([0, 4, 2, -0.0]) == nil)
    for bad: Float in [-1, 5, 0.5, 1e30, .infinity, .nan] { #expect(first([0, bad]) == 1) }
  }

  @Test(arguments: [1, 3, 16, 37])
  func rowsAreGatheredAndAddedInOrder(width: Int) {
    let (rows, count) = (29, 5003)
    let table = KernelTest.values(rows * width)
    let places = KernelTest.values(count, salt: 9, special: false)
      .map { Float(Int($0.magnitude * 7) % rows) }
    let updates = KernelTest.values(count * width, salt: 4, special: false)
    var gathered: [Float] = []
    var added = table
    for (i, place) in places.enumerated() {
      for column in 0..<width {
        gathered.append(table[Int(place) * width + column])
        added[Int(place) * width + column] += updates[i * width + column]
      }
    }
    let (x, indices, u) = (
      KernelTest.storage(table), KernelTest.storage(places), KernelTest.storage(updates)
    )
    for pool in KernelTest.pools {
      let result = KernelTest.storage(count: count * width)
      gatherRows(
        x.buffer, width: width, indices: indices.buffer, into: result.buffer, pool: pool)
      #expect(KernelTest.firstDifference(KernelTest.array(result), gathered) == nil)
      let sums = KernelTest.storage(table)
      scatterAddRows(
        u.buffer, rows: rows, width: width, indices: indices.buffer, into: sums.buffer, pool: pool)
      #expect(KernelTest.firstDifference(KernelTest.array(sums), added) == nil)
    }
  }
}
