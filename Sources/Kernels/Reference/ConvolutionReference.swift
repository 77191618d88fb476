extension Reference {
  /// By input channel, kernel row, kernel column; terms in the padding are left out.
  package static func convolution(
    _ shape: Convolution, input: [Float], weights: [Float]
  ) -> [Float] {
    var output: [Float] = []
    for image in 0..<shape.batch {
      for d in 0..<shape.outChannels {
        for row in 0..<shape.outHeight {
          for column in 0..<shape.outWidth {
            var sum: Float = 0
            for c in 0..<shape.channels {
              for ky in 0..<shape.kernelHeight {
                for kx in 0..<shape.kernelWidth {
                  let y = row * shape.stride - shape.padding + ky
                  let x = column * shape.stride - shape.padding + kx
                  guard let value = shape.inputIndex(image, c, y, x) else { continue }
                  sum.addProduct(weights[shape.weightIndex(d, c, ky, kx)], input[value])
                }
              }
            }
            output.append(sum)
          }
        }
      }
    }
    return output
  }

  /// By output channel, kernel row, kernel column; also the transposed convolution.
  package static func convolutionInputGradient(
    _ shape: Convolution, outputGradient: [Float], weights: [Float]
  ) -> [Float] {
    var result: [Float] = []
    for image in 0..<shape.batch {
      for c in 0..<shape.channels {
        for y in 0..<shape.height {
          for x in 0..<shape.width {
            var sum: Float = 0
            for d in 0..<shape.outChannels {
              for ky in 0..<shape.kernelHeight {
                for kx in 0..<shape.kernelWidth {
                  let place = (y + shape.padding - ky, x + shape.padding - kx)
                  guard let index = shape.outputIndex(image, d, place) else { continue }
                  sum.addProduct(weights[shape.weightIndex(d, c, ky, kx)], outputGradient[index])
                }
              }
            }
            result.append(sum)
          }
        }
      }
    }
    return result
  }

  /// By image, output row, output column.
  package static func convolutionWeightGradient(
    _ shape: Convolution, input: [Float], outputGradient: [Float]
  ) -> [Float] {
    var result: [Float] = []
    for d in 0..<shape.outChannels {
      for c in 0..<shape.channels {
        for ky in 0..<shape.kernelHeight {
          for kx in 0..<shape.kernelWidth {
            var sum: Float = 0
            for image in 0..<shape.batch {
              for row in 0..<shape.outHeight {
                for column in 0..<shape.outWidth {
                  let y = row * shape.stride - shape.padding + ky
                  let x = column * shape.stride - shape.padding + kx
                  guard let value = shape.inputIndex(image, c, y, x) else { continue }
                  let place = (row * shape.stride, column * shape.stride)
                  guard let index = shape.outputIndex(image, d, place) else { continue }
                  sum.addProduct(input[value], outputGradient[index])
                }
              }
            }
            result.append(sum)
          }
        }
      }
    }
    return result
  }
}

extension Convolution {
  fileprivate func weightIndex(_ d: Int, _ c: Int, _ ky: Int, _ kx: Int) -> Int {
    ((d * channels + c) * kernelHeight + ky) * kernelWidth + kx
  }

  /// Nothing in the padding.
  fileprivate func inputIndex(_ image: Int, _ c: Int, _ y: Int, _ x: Int) -> Int? {
    guard (0..<height).contains(y), (0..<width).contains(x) else { return nil }
    return ((image * channels + c) * height + y) * width + x
  }

  /// Nothing where no window starts; `start` counts from the corner of the padding.
  fileprivate func outputIndex(_ image: Int, _ d: Int, _ start: (y: Int, x: Int)) -> Int? {
    guard start.y >= 0, start.x >= 0, start.y % stride == 0, start.x % stride == 0 else {
      return nil
    }
    let (row, column) = (start.y / stride, start.x / stride)
    guard row < outHeight, column < outWidth else { return nil }
    return ((image * outChannels + d) * outHeight + row) * outWidth + column
  }
}
