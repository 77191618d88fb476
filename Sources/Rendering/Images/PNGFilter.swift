/// The five predictions that PNG subtracts from a row.
enum PNGFilter {
  static func apply(
    _ filter: Int, _ row: [UInt8], above: [UInt8], pixelSize: Int
  ) -> [UInt8] {
    row.indices.map { index in
      let left = index >= pixelSize ? row[index - pixelSize] : 0
      let corner = index >= pixelSize ? above[index - pixelSize] : 0
      return row[index] &- prediction(filter, left: left, above: above[index], corner: corner)
    }
  }

  static func remove(_ filtered: [UInt8], _ layout: PNGLayout) throws(PNG.Fault) -> [UInt8] {
    let stride = layout.stride
    var result: [UInt8] = []
    result.reserveCapacity(stride * layout.height)
    for y in 0..<layout.height {
      let start = y * (stride + 1)
      let filter = Int(filtered[start])
      guard filter <= 4 else { throw .damagedPixels }
      for index in 0..<stride {
        let hasLeft = index >= layout.pixelSize
        let place = y * stride + index
        let left = hasLeft ? result[place - layout.pixelSize] : 0
        let above = y > 0 ? result[place - stride] : 0
        let corner = hasLeft && y > 0 ? result[place - stride - layout.pixelSize] : 0
        let guess = prediction(filter, left: left, above: above, corner: corner)
        result.append(filtered[start + 1 + index] &+ guess)
      }
    }
    return result
  }

  private static func prediction(
    _ filter: Int, left: UInt8, above: UInt8, corner: UInt8
  ) -> UInt8 {
    switch filter {
    case 1: return left
    case 2: return above
    case 3: return UInt8((Int(left) + Int(above)) / 2)
    case 4:
      let guess = Int(left) + Int(above) - Int(corner)
      let distances = [left, above, corner].map { abs(guess - Int($0)) }
      if distances[0] <= distances[1], distances[0] <= distances[2] { return left }
      return distances[1] <= distances[2] ? above : corner
    default: return 0
    }
  }
}

/// What a PNG header says about its pixels.
struct PNGLayout {
  let width: Int
  let height: Int
  private let colorType: UInt8
  let pixelSize: Int

  var stride: Int { width * pixelSize }

  init(_ header: [UInt8], largestPixelCount: Int) throws(PNG.Fault) {
    guard header.count == 13 else { throw .badHeader }
    width = header[0..<4].reduce(0) { $0 << 8 | Int($1) }
    height = header[4..<8].reduce(0) { $0 << 8 | Int($1) }
    guard width > 0, height > 0, header[10] == 0, header[11] == 0 else { throw .badHeader }
    guard width <= largestPixelCount / height else {
      throw .tooLarge(width: width, height: height)
    }
    guard header[8] == 8 else { throw .unsupported("\(header[8]) bits per sample") }
    guard header[12] == 0 else { throw .unsupported("interlacing") }
    colorType = header[9]
    guard let size = [0: 1, 2: 3, 3: 1, 4: 2, 6: 4][Int(colorType)] else { throw .badHeader }
    pixelSize = size
  }

  func raster(
    _ samples: [UInt8], palette: [UInt8], paletteAlpha: [UInt8]
  ) throws(PNG.Fault) -> Raster {
    switch colorType {
    case 0: return Raster(width: width, height: height, samples: samples)
    case 2: return Raster(width: width, height: height, channels: 3, samples: samples)
    case 3:
      var colors: [UInt8] = []
      for index in samples.map(Int.init) {
        guard 3 * index + 2 < palette.count else { throw .damagedPixels }
        let alpha = paletteAlpha.indices.contains(index) ? paletteAlpha[index] : 255
        colors += (0..<3).map { Self.overWhite(palette[3 * index + $0], alpha: alpha) }
      }
      return Raster(width: width, height: height, channels: 3, samples: colors)
    default:
      let channels = pixelSize - 1
      let opaque = (0..<width * height).flatMap { pixel in
        (0..<channels).map {
          Self.overWhite(
            samples[pixel * pixelSize + $0], alpha: samples[pixel * pixelSize + channels])
        }
      }
      return Raster(width: width, height: height, channels: channels, samples: opaque)
    }
  }

  private static func overWhite(_ sample: UInt8, alpha: UInt8) -> UInt8 {
    let opaque = Int(sample) * Int(alpha)
    let paper = 255 * (255 - Int(alpha))
    return UInt8((opaque + paper + 127) / 255)
  }
}
