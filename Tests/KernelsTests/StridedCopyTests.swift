import Testing

@testable import Kernels

@Suite struct StridedCopyTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let shape: [Int]
    let source: [Int]
    var sourceOffset = 0
    let target: [Int]
    var targetOffset = 0

    var testDescription: String { name }
  }

  static let cases: [Case] = [
    Case(name: "scalar", shape: [], source: [], target: []),
    Case(name: "empty", shape: [3, 0], source: [0, 1], target: [0, 1]),
    Case(name: "whole", shape: [3, 50], source: [50, 1], target: [50, 1]),
    Case(name: "transposition", shape: [35, 50], source: [1, 35], target: [50, 1]),
    Case(name: "large transposition", shape: [513, 301], source: [1, 513], target: [301, 1]),
    Case(name: "backward transposition target", shape: [35, 50], source: [50, 1], target: [1, 35]),
    Case(name: "reversed", shape: [40], source: [-1], sourceOffset: 39, target: [1]),
    Case(name: "row broadcast", shape: [20, 33], source: [0, 1], target: [33, 1]),
    Case(name: "column broadcast", shape: [20, 33], source: [1, 0], target: [33, 1]),
    Case(name: "every third", shape: [11, 17], source: [200, 3], sourceOffset: 2, target: [17, 1]),
    Case(name: "pad", shape: [20, 20], source: [20, 1], target: [24, 1], targetOffset: 50),
    Case(
      name: "permutation", shape: [4, 5, 6, 17, 2], source: [1, 4, 340, 20, 2040],
      target: [1020, 204, 34, 2, 1]),
    Case(
      name: "batched transposition", shape: [3, 32, 48], source: [1536, 1, 32],
      target: [1536, 48, 1]),
    Case(
      name: "six dimensions", shape: [2, 3, 2, 3, 2, 3], source: [1, 2, 6, 12, 36, 72],
      target: [108, 36, 18, 6, 3, 1]),
  ]

  @Test(arguments: cases)
  func placesAreRight(_ example: Case) {
    let source = KernelTest.values(160_000)
    var expected = [Float](repeating: -12345, count: 160_000)
    var index = [Int](repeating: 0, count: example.shape.count)
    for _ in 0..<example.shape.reduce(1, *) {
      let from = zip(index, example.source).reduce(example.sourceOffset) { $0 + $1.0 * $1.1 }
      let to = zip(index, example.target).reduce(example.targetOffset) { $0 + $1.0 * $1.1 }
      expected[to] = source[from]
      for d in index.indices.reversed() {
        index[d] += 1
        if index[d] < example.shape[d] { break }
        index[d] = 0
      }
    }
    let copy = StridedCopy(
      shape: example.shape, sourceStrides: example.source, sourceOffset: example.sourceOffset,
      targetStrides: example.target, targetOffset: example.targetOffset)
    #expect(copy.count == example.shape.reduce(1, *))
    let x = KernelTest.storage(source)
    for pool in KernelTest.pools {
      let result = KernelTest.storage(count: expected.count)
      copyStrided(copy, from: x.buffer, into: result.buffer, pool: pool)
      #expect(KernelTest.firstDifference(KernelTest.array(result), expected) == nil)
    }
  }
}
