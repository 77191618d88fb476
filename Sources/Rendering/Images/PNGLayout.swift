import Codecs

/// What a PNG header says about its pixels, with the palette if there is one.
struct PNGLayout {
  let width: Int
  let height: Int
  private let depth: Int
  private let kind: Kind
  /// Red, green and blue of each color.
  var palette: [UInt8] = []
  var paletteAlpha: [UInt8] = []

  private enum Kind: UInt8 {
    case gray = 0
    case color = 2
    case palette = 3
    case grayWithAlpha = 4
    case colorWithAlpha = 6

    var samplesPerPixel: Int {
      switch self {
      case .gray, .palette: 1
      case .grayWithAlpha: 2
      case .color: 3
      case .colorWithAlpha: 4
      }
    }

    func allows(depth: Int) -> Bool {
      switch self {
      case .gray: [1, 2, 4, 8, 16].contains(depth)
      case .palette: [1, 2, 4, 8].contains(depth)
      default: depth == 8 || depth == 16
      }
    }
  }

  /// Bytes of a row.
  var stride: Int { (width * kind.samplesPerPixel * depth + 7) / 8 }

  /// Bytes from a pixel to the one on its left, at least 1.
  var pixelSize: Int { max(1, kind.samplesPerPixel * depth / 8) }

  init(_ reader: ByteReader, _ range: Range<Int>) throws(FormatError) {
    let start = range.lowerBound
    func fail(_ offset: Int, _ problem: FormatError.Problem) -> FormatError {
      reader.error(problem, at: start + offset)
    }
    guard range.count == 13 else {
      throw fail(0, .endsEarly(part: "the header", needed: 13, found: range.count))
    }
    let header = Array(reader.bytes[range])
    width = header[0..<4].reduce(0) { $0 << 8 | Int($1) }
    height = header[4..<8].reduce(0) { $0 << 8 | Int($1) }
    depth = Int(header[8])
    guard let kind = Kind(rawValue: header[9]), kind.allows(depth: depth) else {
      throw fail(
        8, .unexpected(found: "type \(header[9]), \(header[8]) bits", expected: "a PNG color type"))
    }
    self.kind = kind
    guard width > 0, height > 0 else {
      throw fail(0, .unexpected(found: "\(width)×\(height) pixels", expected: "some pixels"))
    }
    guard width <= PictureSamples.largestPixelCount / height else {
      throw fail(
        0,
        .tooLarge(
          part: "a picture of \(width)×\(height) pixels", byteCount: width * height,
          limit: PictureSamples.largestPixelCount))
    }
    guard header[10] == 0, header[11] == 0 else {
      throw fail(10, .unsupported("a compression or filter method from after 1996"))
    }
    guard header[12] == 0 else { throw fail(12, .unsupported("interlacing")) }
  }

  func samples(_ bytes: [UInt8]) throws(FormatError) -> PictureSamples {
    let raw = unpacked(bytes)
    let largest = depth == 16 ? 65_535 : kind == .palette ? 255 : 1 << depth - 1
    var samples: [UInt16] = []
    var channels = kind.samplesPerPixel
    switch kind {
    case .gray, .color: samples = raw
    case .palette:
      channels = 3
      samples.reserveCapacity(3 * raw.count)
      for index in raw.map(Int.init) {
        guard 3 * index + 2 < palette.count else {
          throw FormatError(
            format: "PNG",
            .unexpected(
              found: "color \(index)", expected: "one of the \(palette.count / 3) of the palette"))
        }
        let alpha = paletteAlpha.indices.contains(index) ? Int(paletteAlpha[index]) : 255
        for channel in 0..<3 {
          samples.append(overWhite(Int(palette[3 * index + channel]), alpha, largest))
        }
      }
    case .grayWithAlpha, .colorWithAlpha:
      let size = kind.samplesPerPixel
      channels = size - 1
      samples.reserveCapacity(width * height * channels)
      for pixel in 0..<width * height {
        let alpha = Int(raw[pixel * size + channels])
        for channel in 0..<channels {
          samples.append(overWhite(Int(raw[pixel * size + channel]), alpha, largest))
        }
      }
    }
    return PictureSamples(
      width: width, height: height, channels: channels, largest: largest, samples: samples)
  }

  /// One number for each sample; samples of fewer than 8 bits stand from the high end of a byte.
  private func unpacked(_ bytes: [UInt8]) -> [UInt16] {
    let perRow = width * kind.samplesPerPixel
    var samples: [UInt16] = []
    samples.reserveCapacity(perRow * height)
    for y in 0..<height {
      let row = y * stride
      for index in 0..<perRow {
        switch depth {
        case 8: samples.append(UInt16(bytes[row + index]))
        case 16:
          let place = row + 2 * index
          samples.append(UInt16(bytes[place]) << 8 | UInt16(bytes[place + 1]))
        default:
          let bit = index * depth
          let byte = bytes[row + bit / 8] >> UInt8(8 - depth - bit % 8)
          samples.append(UInt16(byte & (1 << UInt8(depth) - 1)))
        }
      }
    }
    return samples
  }

  private func overWhite(_ sample: Int, _ alpha: Int, _ largest: Int) -> UInt16 {
    UInt16((sample * alpha + largest * (largest - alpha) + largest / 2) / largest)
  }
}
