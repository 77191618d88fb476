import Codecs

/// Portable gray maps and pixmaps: the simplest picture formats there are.
package enum Netpbm {
  /// Binary gray map (P5); colour becomes its brightness.
  package static func encodeGray(_ raster: Raster) -> [UInt8] {
    var bytes = Array("P5\n\(raster.width) \(raster.height)\n255\n".utf8)
    if raster.channels == 1 { return bytes + raster.samples }
    for y in 0..<raster.height {
      for x in 0..<raster.width {
        bytes.append(UInt8((raster.brightness(x: x, y: y) * 255).rounded()))
      }
    }
    return bytes
  }

  /// Binary pixmap (P6).
  package static func encodeColor(_ raster: Raster) -> [UInt8] {
    Array("P6\n\(raster.width) \(raster.height)\n255\n".utf8) + raster.inColor.samples
  }

  /// Reads P2 and P5 (gray), P3 and P6 (colour): as text, and in binary with 8 or 16 bits.
  ///
  /// Throws: `FormatError`.
  package static func decode(_ bytes: [UInt8]) throws(FormatError) -> PictureSamples {
    var reader = Reader(ByteReader(bytes, format: "PGM or PPM"))
    let kind = try reader.kind()
    let width = try reader.number("the width", atMost: PictureSamples.largestPixelCount)
    let height = try reader.number("the height", atMost: PictureSamples.largestPixelCount)
    let largest = try reader.number("the value of white", atMost: 65_535)
    guard width > 0, height > 0, largest > 0 else {
      throw reader.error(
        .unexpected(
          found: "\(width)×\(height) pixels, white is \(largest)",
          expected: "sizes and a white above 0"))
    }
    guard width <= PictureSamples.largestPixelCount / height else {
      throw reader.error(
        .tooLarge(
          part: "a picture of \(width)×\(height) pixels", byteCount: width * height,
          limit: PictureSamples.largestPixelCount))
    }
    let count = width * height * kind.channels
    return PictureSamples(
      width: width, height: height, channels: kind.channels, largest: largest,
      samples: kind.isText
        ? try reader.textSamples(count, largest)
        : try reader.binarySamples(count, sampleSize: largest > 255 ? 2 : 1))
  }

  private struct Reader {
    private var base: ByteReader
    private var place = 2

    init(_ base: ByteReader) { self.base = base }

    func error(_ problem: FormatError.Problem) -> FormatError { base.error(problem, at: place) }

    func kind() throws(FormatError) -> (channels: Int, isText: Bool) {
      switch base.bytes.prefix(2) {
      case [0x50, 0x32]: (1, true)
      case [0x50, 0x33]: (3, true)
      case [0x50, 0x35]: (1, false)
      case [0x50, 0x36]: (3, false)
      default: throw base.error(.unexpected(found: nil, expected: "P2, P3, P5 or P6"), at: 0)
      }
    }

    /// The next number, past spaces and comments.
    mutating func number(_ part: String, atMost limit: Int) throws(FormatError) -> Int {
      let bytes = base.bytes
      while place < bytes.count {
        if bytes[place] == UInt8(ascii: "#") {
          while place < bytes.count, bytes[place] != UInt8(ascii: "\n") { place += 1 }
        } else if (9...13).contains(bytes[place]) || bytes[place] == 32 {
          place += 1
        } else {
          break
        }
      }
      let start = place
      var value = 0
      while place < bytes.count, (48...57).contains(bytes[place]), value <= limit {
        value = value * 10 + Int(bytes[place]) - 48
        place += 1
      }
      guard place > start, value <= limit else {
        throw base.error(
          .unexpected(found: nil, expected: "\(part), a number up to \(limit)"), at: start)
      }
      return value
    }

    mutating func textSamples(_ count: Int, _ largest: Int) throws(FormatError) -> [UInt16] {
      // A sample takes at least two bytes, except the last.
      guard count <= (base.bytes.count - place) / 2 + 1 else {
        throw error(
          .endsEarly(part: "the pixels", needed: 2 * count, found: base.bytes.count - place))
      }
      var samples: [UInt16] = []
      samples.reserveCapacity(count)
      while samples.count < count {
        samples.append(UInt16(try number("a pixel", atMost: largest)))
      }
      return samples
    }

    /// One white space stands between the header and the samples.
    func binarySamples(_ count: Int, sampleSize: Int) throws(FormatError) -> [UInt16] {
      var reader = ByteReader(base.bytes, format: base.format, at: place + 1)
      let start = try reader.take(count * sampleSize, "the pixels").lowerBound
      let bytes = base.bytes
      return (0..<count).map { index in
        sampleSize == 1
          ? UInt16(bytes[start + index])
          : UInt16(bytes[start + 2 * index]) << 8 | UInt16(bytes[start + 2 * index + 1])
      }
    }
  }
}
