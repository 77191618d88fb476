/// Images as real pixels, for terminals that say that they can show them.
enum TerminalImage {
  static func text(_ figure: ImageFigure, _ context: RenderContext) -> String {
    let title = figure.title.map { context.spelled($0) + "\n" } ?? ""
    var grid = figure.grid
    let tileWidth = max(grid.tileWidth, 1)
    // About eight screen pixels to a column; digits are enlarged, photographs are not.
    let fitting = context.width * 8 / max((tileWidth + grid.gap) * grid.columnCount, 1)
    grid.scale = max(min(fitting, max(96 / tileWidth, 1)), 1)
    let raster = grid.raster
    switch context.graphics {
    case .none: return title
    case .kitty: return title + Kitty.sequence(raster) + "\n"
    case .sixel: return title + Sixel.sequence(raster) + "\n"
    }
  }
}

/// The kitty graphics protocol: a PNG in base64, in chunks.
enum Kitty {
  private static let chunkSize = 4096

  static func sequence(_ raster: Raster) -> String {
    let encoded = Base64.encode(PNG.encode(raster))
    var text = ""
    for start in stride(from: 0, to: encoded.count, by: chunkSize) {
      let end = min(start + chunkSize, encoded.count)
      let more = end < encoded.count ? 1 : 0
      let keys = start == 0 ? "a=T,f=100,q=2,m=\(more)" : "q=2,m=\(more)"
      text += "\u{1B}_G\(keys);" + String(decoding: encoded[start..<end], as: UTF8.self)
        + "\u{1B}\\"
    }
    return text
  }
}

enum Base64 {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func encode(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = (0..<3).map { start + $0 < bytes.count ? Int(bytes[start + $0]) : 0 }
      let value = group[0] << 16 | group[1] << 8 | group[2]
      let known = min(bytes.count - start, 3)
      for place in 0..<4 {
        let isPadding = place > known
        result.append(
          isPadding ? UInt8(ascii: "=") : alphabet[value >> (18 - 6 * place) & 63])
      }
    }
    return result
  }
}

/// The sixel protocol: bands of six rows, one pass for each colour of a 6×6×6 cube or gray ramp.
enum Sixel {
  static func sequence(_ raster: Raster) -> String {
    var text = "\u{1B}Pq\"1;1;\(raster.width);\(raster.height)"
    let palette = raster.isColor ? colorPalette : grayPalette
    for (index, color) in palette.enumerated() {
      text += "#\(index);2;\(color[0]);\(color[1]);\(color[2])"
    }
    for top in stride(from: 0, to: raster.height, by: 6) { text += band(raster, top: top) + "-" }
    return text + "\u{1B}\\"
  }

  /// Percentages, as the protocol counts them.
  private static let grayPalette = (0..<32).map { [Int](repeating: $0 * 100 / 31, count: 3) }
  private static let colorPalette = (0..<216).map { [$0 / 36 * 20, $0 / 6 % 6 * 20, $0 % 6 * 20] }

  private static func colorIndex(_ raster: Raster, x: Int, y: Int) -> Int {
    guard raster.isColor else { return Int(raster[x, y, 0]) * 31 / 255 }
    let parts = (0..<3).map { (Int(raster[x, y, $0]) * 5 + 127) / 255 }
    return parts[0] * 36 + parts[1] * 6 + parts[2]
  }

  private static func band(_ raster: Raster, top: Int) -> String {
    var masks: [Int: [UInt8]] = [:]
    for y in top..<min(top + 6, raster.height) {
      for x in 0..<raster.width {
        let color = colorIndex(raster, x: x, y: y)
        masks[color, default: [UInt8](repeating: 0, count: raster.width)][x] |= 1 << UInt8(y - top)
      }
    }
    return masks.keys.sorted().map { color in
      "#\(color)" + runs(masks[color] ?? [])
    }.joined(separator: "$")
  }

  private static func runs(_ masks: [UInt8]) -> String {
    var text = ""
    var index = 0
    while index < masks.count {
      var end = index
      while end < masks.count, masks[end] == masks[index] { end += 1 }
      let character = Character(Unicode.Scalar(63 + masks[index]))
      text += end - index > 3
        ? "!\(end - index)\(character)" : String(repeating: character, count: end - index)
      index = end
    }
    return text
  }
}
