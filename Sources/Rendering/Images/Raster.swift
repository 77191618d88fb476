/// A rectangle of pixels, gray or in colour, one byte for each sample.
package struct Raster: Sendable, Hashable {
  package let width: Int
  package let height: Int
  /// 1 for gray, 3 for red, green and blue.
  package let channels: Int
  /// Row after row, samples of a pixel together.
  package private(set) var samples: [UInt8]

  package init(width: Int, height: Int, channels: Int = 1, samples: [UInt8]) {
    precondition(channels == 1 || channels == 3, "a raster is gray or RGB")
    precondition(samples.count == width * height * channels, "a raster is full")
    self.width = width
    self.height = height
    self.channels = channels
    self.samples = samples
  }

  package init(width: Int, height: Int, channels: Int = 1, filledWith sample: UInt8) {
    self.init(
      width: width, height: height, channels: channels,
      samples: [UInt8](repeating: sample, count: width * height * channels))
  }

  /// Maps `range` to black…white; values outside are clipped, and what is not a number is black.
  package init(
    width: Int, height: Int, channels: Int = 1, values: some Collection<Float>,
    range: ClosedRange<Float> = 0...1
  ) {
    let span = range.upperBound - range.lowerBound
    let samples = values.map { value -> UInt8 in
      guard !value.isNaN, span > 0 else { return 0 }
      let share = (value - range.lowerBound) / span
      return UInt8((min(max(share, 0), 1) * 255).rounded(.toNearestOrAwayFromZero))
    }
    self.init(width: width, height: height, channels: channels, samples: samples)
  }

  package subscript(x: Int, y: Int, channel: Int) -> UInt8 {
    get { samples[(y * width + x) * channels + channel] }
    set { samples[(y * width + x) * channels + channel] = newValue }
  }

  /// How bright a pixel looks, 0…1.
  package func brightness(x: Int, y: Int) -> Double {
    let first = Double(self[x, y, 0])
    guard channels == 3 else { return first / 255 }
    let weighted = 0.2126 * first + 0.7152 * Double(self[x, y, 1]) + 0.0722 * Double(self[x, y, 2])
    return weighted / 255
  }

  /// A place in a grid where no picture stands.
  static let nothing = Raster(width: 0, height: 0, samples: [])

  package var isColor: Bool { channels == 3 }

  /// The same picture in RGB.
  package var inColor: Raster {
    guard channels == 1 else { return self }
    let tripled = samples.flatMap { [$0, $0, $0] }
    return Raster(width: width, height: height, channels: 3, samples: tripled)
  }

  /// Small pictures are repeated pixel by pixel, because a page would smooth them.
  package var enlarged: Raster {
    let factor = max(1, min(8, 700 / max(width, 1), 400 / max(height, 1)))
    if factor == 1 { return self }
    var large = Raster(
      width: width * factor, height: height * factor, channels: channels, filledWith: 0)
    large.paste(self, x: 0, y: 0, scale: factor)
    return large
  }

  /// Copies another raster in; parts outside are cut off.
  package mutating func paste(_ other: Raster, x: Int, y: Int, scale: Int = 1) {
    precondition(other.channels <= channels, "a gray raster holds no colour")
    for py in max(0, y)..<max(0, y, min(height, y + other.height * scale)) {
      for px in max(0, x)..<max(0, x, min(width, x + other.width * scale)) {
        for channel in 0..<channels {
          self[px, py, channel] =
            other[(px - x) / scale, (py - y) / scale, min(channel, other.channels - 1)]
        }
      }
    }
  }

  /// Average over the pixels that each pixel of a new size covers, in parts where it must be.
  package func resized(width newWidth: Int, height newHeight: Int) -> Raster {
    var result = Raster(width: newWidth, height: newHeight, channels: channels, filledWith: 0)
    guard width > 0, height > 0 else { return result }
    let across = Raster.coverage(from: width, to: newWidth)
    let down = Raster.coverage(from: height, to: newHeight)
    for y in 0..<newHeight {
      for x in 0..<newWidth {
        for channel in 0..<channels {
          var sum = 0.0
          for (py, rowShare) in down[y] {
            for (px, columnShare) in across[x] {
              sum += rowShare * columnShare * Double(self[px, py, channel])
            }
          }
          result[x, y, channel] = UInt8(min(max(sum.rounded(), 0), 255))
        }
      }
    }
    return result
  }

  /// For each new pixel, the old ones it covers with their shares, which add up to 1.
  private static func coverage(from old: Int, to new: Int) -> [[(Int, Double)]] {
    let ratio = Double(old) / Double(new)
    return (0..<new).map { index in
      let start = Double(index) * ratio
      let end = start + ratio
      return (Int(start)..<min(Int(end.rounded(.up)), old)).map { pixel in
        let share = min(end, Double(pixel + 1)) - max(start, Double(pixel))
        return (pixel, share / ratio)
      }
    }
  }
}
