/// A convolution of images, `[B, C, H, W]`, with weights `[D, C, kernel height, kernel width]`,
/// and its two gradients.
///
/// Every element of a result is one sum that starts at +0 and takes `fma(weight, value, sum)` (in
/// the weights' gradient `fma(input, gradient, sum)`) in a fixed order:
/// - forward: by input channel, kernel row, kernel column;
/// - gradient of the input: by output channel, kernel row, kernel column;
/// - gradient of the weights: by image, output row, output column.
///
/// Terms that fall into the padding are left out of the sum: there, a weight that is infinite or
/// not a number does no harm. A transposed convolution is the gradient of the input, called
/// forward: its weights are `[C in, C out, kernel height, kernel width]`, which are the weights of
/// the convolution it belongs to.
package struct Convolution: Sendable, Equatable {
  package let batch: Int
  package let channels: Int
  package let height: Int
  package let width: Int
  package let outChannels: Int
  package let kernelHeight: Int
  package let kernelWidth: Int
  package let stride: Int
  package let padding: Int

  package init(
    batch: Int, channels: Int, height: Int, width: Int, outChannels: Int,
    kernelHeight: Int, kernelWidth: Int, stride: Int = 1, padding: Int = 0
  ) {
    self.batch = batch
    self.channels = channels
    self.height = height
    self.width = width
    self.outChannels = outChannels
    self.kernelHeight = kernelHeight
    self.kernelWidth = kernelWidth
    self.stride = stride
    self.padding = padding
  }

  package var outHeight: Int {
    Convolution.places(of: kernelHeight, along: height, stride: stride, padding: padding)
  }

  package var outWidth: Int {
    Convolution.places(of: kernelWidth, along: width, stride: stride, padding: padding)
  }

  /// How many places a window has along a side; none if it is longer than the padded side.
  package static func places(of window: Int, along side: Int, stride: Int, padding: Int) -> Int {
    let room = side + 2 * padding - window
    return room < 0 ? 0 : room / stride + 1
  }

  /// Floats of one image, of one image of the result, of one output channel's weights.
  package var imageFloats: Int { channels * height * width }
  package var outImageFloats: Int { outChannels * outHeight * outWidth }
  package var kernelFloats: Int { channels * kernelHeight * kernelWidth }

  /// Floats of scratch memory that each of the three kernels needs.
  package var forwardScratchFloats: Int {
    turnedImages(scratch: nil, rows: outChannels, from: input, to: output).scratchFloats
  }

  package var inputGradientScratchFloats: Int {
    turnedImages(scratch: nil, rows: channels, from: output, to: input).scratchFloats
  }

  package var weightGradientScratchFloats: Int {
    (batch * outHeight * outWidth + kernelFloats)
      * PanelCut(columns: outChannels, rows: channels).floats
  }
}

/// The places along one side at which a window and what lies under it meet, in steps.
struct Taps {
  var first: Int
  var count: Int

  /// The kernel's elements that lie on the side when the window is at `place`.
  @inline(__always)
  static func ofKernel(_ kernel: Int, at place: Int, _ side: Int, _ stride: Int, _ padding: Int)
    -> Taps
  {
    let start = place * stride - padding
    let first = max(0, -start)
    return Taps(first: first, count: max(0, min(kernel, side - start) - first))
  }

  /// The kernel's elements, every `stride` of them, through which `position` on the side reached
  /// one of the window's `places`.
  @inline(__always)
  static func reaching(
    _ position: Int, kernel: Int, places: Int, _ stride: Int, _ padding: Int
  ) -> Taps {
    let end = position + padding
    let least = max(0, end - (places - 1) * stride)
    let first = least + (end - least) % stride
    return Taps(first: first, count: max(0, (min(kernel - 1, end) - first + stride) / stride))
  }

  /// The window's places at which the kernel's `element` lies on the side.
  @inline(__always)
  static func ofPlaces(_ places: Int, element: Int, _ side: Int, _ stride: Int, _ padding: Int)
    -> Taps
  {
    let shift = padding - element
    let first = shift > 0 ? (shift + stride - 1) / stride : 0
    let last = side - 1 + shift
    guard last >= 0 else { return Taps(first: first, count: 0) }
    return Taps(first: first, count: max(0, min(places - 1, last / stride) - first + 1))
  }
}
