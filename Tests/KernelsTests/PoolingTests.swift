import Kernels
import Testing

@Suite struct PoolingTests {
  static let shapes = [
    Pooling(planes: 3, height: 6, width: 8, window: 2, stride: 2),
    Pooling(planes: 2, height: 7, width: 5, window: 3, stride: 2, padding: 1),
    Pooling(planes: 1, height: 5, width: 5, window: 3, stride: 1),
    Pooling(planes: 4, height: 3, width: 3, window: 5, stride: 1),
    Pooling(planes: 2, height: 9, width: 4, window: 2, stride: 3),
    Pooling(planes: 0, height: 4, width: 4, window: 2, stride: 2),
  ]

  /// Values of which many are equal, so that ties are common.
  private func tied(_ count: Int) -> [Float] {
    scrambled(count, seed: 1).map { ($0 * 3).rounded() }
  }

  private func check(_ shape: Pooling, _ values: [Float]) {
    let input = Guarded(values)
    let places = shape.planes * shape.outHeight * shape.outWidth
    let gradient = Guarded(scrambled(places, seed: 2))
    for pool in productPools {
      verify(Reference.maxPooling(shape, input: values)) {
        shape.max(input: input.buffer, output: $0, pool: pool)
      }
      verify(
        Reference.maxPoolingGradient(shape, input: values, outputGradient: gradient.values)
      ) {
        shape.maxGradient(
          input: input.buffer, outputGradient: gradient.buffer, result: $0, pool: pool)
      }
    }
  }

  private func verify(_ expected: [Float], _ kernel: (Buffer) -> Void) {
    let result = Guarded(count: expected.count)
    kernel(result.buffer)
    #expect(sameBits(result.values, expected))
    #expect(result.isIntact)
  }

  @Test(arguments: shapes) func equalsReference(shape: Pooling) {
    check(shape, tied(shape.planes * shape.height * shape.width))
  }

  @Test func valuesWithoutOrder() {
    let shape = Pooling(planes: 1, height: 4, width: 4, window: 2, stride: 1)
    for special in [Float.nan, .infinity, -.infinity] {
      var values = tied(16)
      values[5] = special
      values[6] = .nan
      check(shape, values)
    }
  }

  @Test func theFirstOfEqualsTakesTheGradient() {
    let shape = Pooling(planes: 1, height: 2, width: 2, window: 2, stride: 2)
    let result = Guarded(count: 4)
    shape.maxGradient(
      input: Guarded([1, 2, 2, 0]).buffer, outputGradient: Guarded([5]).buffer,
      result: result.buffer, pool: productPools[0])
    #expect(result.values == [0, 5, 0, 0])
  }
}
