import Testing

@testable import Rendering

@Suite struct TensorFormatTests {
  private func text(_ shape: [Int], _ values: [Float], width: Int = 80) -> String {
    TensorFormat(width: width).text(shape: shape, values: values)
  }

  @Test func scalarsAndVectors() {
    #expect(text([], [14]) == "14")
    #expect(text([3], [1, 2, 3]) == "[1, 2, 3]")
    #expect(text([4], [0.30471, -1.04, 0.5, 2]) == "[0.3047, -1.04, 0.5, 2]")
    #expect(text([3], [.nan, .infinity, -.infinity]) == "[nan, inf, -inf]")
    #expect(text([2], [1e-7, 2.5e-8]) == "[1e-7, 2.5e-8]")
  }

  @Test func matricesAreAligned() {
    #expect(
      text([2, 3], [1, 20, 3, -4, 5, 6]) == """
        [[ 1, 20,  3],
         [-4,  5,  6]]
        """)
    #expect(
      text([2, 2], [0.5, 0.25, 10, -1]) == """
        [[ 0.50,  0.25],
         [10.00, -1.00]]
        """)
  }

  @Test func longAxesAreElided() {
    #expect(
      text([784], (0..<784).map(Float.init))
        == "[0, 1, 2, …, 781, 782, 783]\ntensor 784")
    #expect(
      text([128, 100], (0..<12800).map(Float.init)) == """
        [[    0,     1,     2, …,    97,    98,    99],
         [  100,   101,   102, …,   197,   198,   199],
         [  200,   201,   202, …,   297,   298,   299],
         …,
         [12500, 12501, 12502, …, 12597, 12598, 12599],
         [12600, 12601, 12602, …, 12697, 12698, 12699],
         [12700, 12701, 12702, …, 12797, 12798, 12799]]
        tensor 128×100
        """)
  }

  @Test func higherRanksAreBlocks() {
    #expect(
      text([2, 1, 2], [1, 2, 3, 4]) == """
        [[[1, 2]],

         [[3, 4]]]
        """)
    #expect(text([5, 1, 1], [1, 2, 3, 4, 5]).hasSuffix("tensor 5×1×1"))
  }

  @Test func emptyTensorsSayTheirShape() {
    #expect(text([0], []) == "[]")
    #expect(text([0, 3], []) == "[]\ntensor 0×3")
  }

  @Test func linesFitTheWidth() {
    for width in [40, 60, 80, 200] {
      let values = Samples.normal(2400)
      for shape in [[2400], [24, 100], [200, 12], [4, 20, 30]] {
        let lines = text(shape, values, width: width).split(separator: "\n")
        #expect(lines.allSatisfy { $0.count <= width }, "\(shape) at \(width)")
      }
    }
  }

  @Test func withoutUnicodeThereIsNone() {
    let text = TensorFormat(unicode: false).text(
      shape: [100, 100], values: [Float](repeating: 1, count: 10_000))
    #expect(text.utf8.allSatisfy { $0 < 0x80 } && text.hasSuffix("tensor 100x100"))
  }
}
