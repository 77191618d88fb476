import Codecs

/// What a PNG header says about its pixels, with the palette if there is one.
struct PNGLayout {
  let width: Int
  let height: Int
  private let depth: Int
  private let kind: Kind
  /// Red, green and blue of each color.
  var palette: [UInt8] = []
  /// How opaque the first colors of the palette are, or the one gray or color that is not there.
  var transparency: [UInt8] = []
  private let isInterlaced: Bool

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

  /// Pixels that stand together in the file: every `stepX`th of every `stepY`th row.
  struct Pass {
    let x: Int
    let y: Int
    let stepX: Int
    let stepY: Int
    let columns: Int
    let rows: Int
    /// Bytes of a row.
    let stride: Int

    var filteredSize: Int { (stride + 1) * rows }
  }

  /// All pixels, or the seven passes of Adam7, without those in which there are none.
  var passes: [Pass] {
    let steps =
      isInterlaced
      ? [
        (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2),
        (0, 1, 1, 2),
      ] : [(0, 0, 1, 1)]
    return steps.compactMap { step in
      let columns = (width - step.0 + step.2 - 1) / step.2
      let rows = (height - step.1 + step.3 - 1) / step.3
      let stride = (columns * kind.samplesPerPixel * depth + 7) / 8
      return columns > 0 && rows > 0
        ? Pass(
          x: step.0, y: step.1, stepX: step.2, stepY: step.3, columns: columns, rows: rows,
          stride: stride) : nil
    }
  }

  /// Bytes from a pixel to the one on its left, at least 1.
  private var pixelSize: Int { max(1, kind.samplesPerPixel * depth / 8) }

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
    guard header[12] <= 1 else {
      throw fail(12, .unexpected(found: "interlacing \(header[12])", expected: "0 or 1"))
    }
    isInterlaced = header[12] == 1
  }

  func samples(_ filtered: [UInt8]) throws(FormatError) -> PictureSamples {
    let raw = try unfiltered(filtered)
    let largest = depth == 16 ? 65_535 : kind == .palette ? 255 : 1 << depth - 1
    var samples: [UInt16] = []
    var channels = kind.samplesPerPixel
    switch kind {
    case .gray, .color: samples = withoutTransparent(raw, largest)
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
        let alpha = transparency.indices.contains(index) ? Int(transparency[index]) : 255
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

  /// One number for each sample, every pixel in its place.
  private func unfiltered(_ filtered: [UInt8]) throws(FormatError) -> [UInt16] {
    let size = kind.samplesPerPixel
    var samples = [UInt16](repeating: 0, count: width * height * size)
    var start = 0
    for pass in passes {
      let bytes = try PNGFilter.remove(
        filtered, from: start, rows: pass.rows, stride: pass.stride, pixelSize: pixelSize)
      start += pass.filteredSize
      for row in 0..<pass.rows {
        for index in 0..<pass.columns * size {
          let x = pass.x + index / size * pass.stepX
          let y = pass.y + row * pass.stepY
          samples[(y * width + x) * size + index % size] = sample(
            index, of: bytes, row: row * pass.stride)
        }
      }
    }
    return samples
  }

  /// Samples of fewer than 8 bits stand from the high end of a byte.
  private func sample(_ index: Int, of bytes: [UInt8], row: Int) -> UInt16 {
    switch depth {
    case 8: return UInt16(bytes[row + index])
    case 16:
      let place = row + 2 * index
      return UInt16(bytes[place]) << 8 | UInt16(bytes[place + 1])
    default:
      let bit = index * depth
      let byte = bytes[row + bit / 8] >> UInt8(8 - depth - bit % 8)
      return UInt16(byte & (1 << UInt8(depth) - 1))
    }
  }

  /// White where the gray or colour is that stands for nothing.
  private func withoutTransparent(_ raw: [UInt16], _ largest: Int) -> [UInt16] {
    let size = kind.samplesPerPixel
    guard transparency.count == 2 * size else { return raw }
    let clear = (0..<size).map {
      UInt16(transparency[2 * $0]) << 8 | UInt16(transparency[2 * $0 + 1])
    }
    var samples = raw
    for pixel in stride(from: 0, to: raw.count, by: size)
    where raw[pixel..<pixel + size].elementsEqual(clear) {
      for channel in 0..<size { samples[pixel + channel] = UInt16(largest) }
    }
    return samples
  }

  private func overWhite(_ sample: Int, _ alpha: Int, _ largest: Int) -> UInt16 {
    UInt16((sample * alpha + largest * (largest - alpha) + largest / 2) / largest)
  }
}
