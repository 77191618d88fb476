/// A picture as it stands in a file, in the precision that it has there.
package struct PictureSamples: Sendable, Hashable {
  package let width: Int
  package let height: Int
  /// 1 for gray, 3 for red, green and blue.
  package let channels: Int
  /// The sample that stands for white.
  package let largest: Int
  /// Row after row, samples of a pixel together.
  package let samples: [UInt16]

  /// Most pixels that a picture may have.
  static let largestPixelCount = 1 << 26

  /// In bytes.
  package var raster: Raster {
    Raster(
      width: width, height: height, channels: channels,
      samples: samples.map { UInt8((min(Int($0), largest) * 255 + largest / 2) / largest) })
  }

  /// From 0 to 1, one plane for each channel: [C, H, W].
  package var planes: [Float] {
    let white = Float(largest)
    var values: [Float] = []
    values.reserveCapacity(samples.count)
    for channel in 0..<channels {
      for place in stride(from: channel, to: samples.count, by: channels) {
        values.append(min(Float(samples[place]) / white, 1))
      }
    }
    return values
  }
}
