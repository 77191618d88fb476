import Kernels
import Testing

@Suite struct UpsamplingTests {
  @Test(arguments: [1, 2, 3, 5]) func equalsReference(factor: Int) {
    for (planes, height, width) in [(1, 1, 1), (3, 4, 5), (2, 7, 17), (0, 2, 2)] {
      let shape = Upsampling(planes: planes, height: height, width: width, factor: factor)
      let input = scrambled(planes * height * width, seed: 1)
      let gradient = scrambled(planes * shape.outHeight * shape.outWidth, seed: 2)
      let (source, sourceGradient) = (Guarded(input), Guarded(gradient))
      for pool in productPools {
        let (output, result) = (Guarded(count: gradient.count), Guarded(count: input.count))
        shape.nearest(input: source.buffer, output: output.buffer, pool: pool)
        shape.nearestGradient(
          outputGradient: sourceGradient.buffer, result: result.buffer, pool: pool)
        #expect(sameBits(output.values, Reference.upsampling(shape, input: input)))
        #expect(
          sameBits(result.values, Reference.upsamplingGradient(shape, outputGradient: gradient)))
        #expect(output.isIntact && result.isIntact)
      }
    }
  }
}
