import Kernels
import Testing

@Suite struct ConvolutionTests {
  /// Odd sizes, windows that leave the image, windows that skip pixels, single pixels.
  static let shapes = [
    shape(1, 1, 5, 5, 1, 3, 3, 1, 1), shape(3, 2, 7, 6, 5, 4, 3, 2, 1),
    shape(17, 3, 8, 8, 9, 4, 4, 2, 1), shape(33, 2, 9, 5, 17, 3, 5, 3, 2),
    shape(2, 5, 4, 4, 33, 1, 1, 1, 0), shape(5, 3, 3, 3, 2, 2, 2, 3, 4),
    shape(20, 2, 6, 6, 3, 7, 7, 1, 3), shape(1, 1, 2, 2, 1, 3, 3, 1, 0),
    shape(4, 1, 5, 7, 2, 1, 2, 3, 0), shape(65, 1, 4, 4, 49, 2, 2, 2, 0),
    shape(0, 2, 4, 4, 3, 2, 2, 1, 0), shape(2, 34, 3, 3, 3, 3, 3, 1, 1),
  ]

  static func shape(
    _ batch: Int, _ channels: Int, _ height: Int, _ width: Int, _ outChannels: Int,
    _ kernelHeight: Int, _ kernelWidth: Int, _ stride: Int, _ padding: Int
  ) -> Convolution {
    Convolution(
      batch: batch, channels: channels, height: height, width: width, outChannels: outChannels,
      kernelHeight: kernelHeight, kernelWidth: kernelWidth, stride: stride, padding: padding)
  }

  private func check(_ shape: Convolution, special: Float? = nil) {
    func values(_ count: Int, _ seed: UInt32) -> Guarded {
      var values = scrambled(count, seed: seed)
      if let special, count > 0 { values[count / 2] = special }
      return Guarded(values)
    }
    let input = values(shape.batch * shape.imageFloats, 1)
    let weights = values(shape.outChannels * shape.kernelFloats, 2)
    let gradient = values(shape.batch * shape.outImageFloats, 3)
    for pool in productPools {
      verify(
        Reference.convolution(shape, input: input.values, weights: weights.values),
        shape, shape.forwardScratchFloats
      ) {
        shape.forward(
          input: input.buffer, weights: weights.buffer, output: $0, scratch: $1, pool: pool)
      }
      verify(
        Reference.convolutionInputGradient(
          shape, outputGradient: gradient.values, weights: weights.values),
        shape, shape.inputGradientScratchFloats
      ) {
        shape.inputGradient(
          outputGradient: gradient.buffer, weights: weights.buffer, result: $0, scratch: $1,
          pool: pool)
      }
      verify(
        Reference.convolutionWeightGradient(
          shape, input: input.values, outputGradient: gradient.values),
        shape, shape.weightGradientScratchFloats
      ) {
        shape.weightGradient(
          input: input.buffer, outputGradient: gradient.buffer, result: $0, scratch: $1,
          pool: pool)
      }
    }
  }

  private func verify(
    _ expected: [Float], _ shape: Convolution, _ scratchFloats: Int,
    _ kernel: (Buffer, Buffer) -> Void
  ) {
    let (result, scratch) = (Guarded(count: expected.count), Guarded(count: scratchFloats))
    kernel(result.buffer, scratch.buffer)
    #expect(sameBits(result.values, expected), "\(shape)")
    #expect(result.isIntact && scratch.isIntact, "\(shape)")
  }

  @Test(arguments: shapes) func equalsReference(shape: Convolution) { check(shape) }

  @Test func valuesWithoutOrder() {
    for special in [Float.nan, .infinity, -0] {
      check(ConvolutionTests.shape(3, 2, 5, 5, 4, 3, 3, 2, 1), special: special)
    }
  }

  @Test func imagesBeyondTheCacheGoOnFromPartToPart() {
    check(ConvolutionTests.shape(3, 4, 100, 90, 2, 2, 2, 2, 0))
  }

  @Test func paddingIsLeftOutOfTheSum() {
    let shape = ConvolutionTests.shape(1, 1, 1, 1, 1, 3, 3, 1, 1)
    var weights = [Float](repeating: .infinity, count: 9)
    weights[4] = 2
    let output = Guarded(count: 1)
    let scratch = Guarded(count: shape.forwardScratchFloats)
    shape.forward(
      input: Guarded([3]).buffer, weights: Guarded(weights).buffer, output: output.buffer,
      scratch: scratch.buffer, pool: productPools[0])
    #expect(output.values == [6])
  }

  @Test func epiloguesSeeEveryFinalElementOnce() {
    let shape = ConvolutionTests.shape(17, 3, 8, 8, 9, 4, 4, 2, 1)
    let input = scrambled(shape.batch * shape.imageFloats, seed: 4)
    let weights = scrambled(shape.outChannels * shape.kernelFloats, seed: 5)
    let expected = Reference.convolution(shape, input: input, weights: weights).map { 1 - $0 }
    for pool in productPools {
      let (output, scratch) = (
        Guarded(count: expected.count), Guarded(count: shape.forwardScratchFloats)
      )
      let (source, kernel, target) = (Guarded(input), Guarded(weights), output.buffer)
      shape.forward(
        input: source.buffer, weights: kernel.buffer, output: target,
        scratch: scratch.buffer, pool: pool
      ) { images, floats in
        for image in images {
          for i in floats {
            target[image * shape.outImageFloats + i] = 1 - target[image * shape.outImageFloats + i]
          }
        }
      }
      #expect(sameBits(output.values, expected))
    }
  }
}
