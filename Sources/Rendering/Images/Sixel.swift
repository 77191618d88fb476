/// The sixel protocol: bands of six rows, one pass for each colour of a 6×6×6 cube or gray ramp.
/// In colour, an ordered pattern of neighbouring colours makes up for those that are not there.
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

  /// Source: Bayer, An optimum method for two-level rendition of continuous-tone pictures (1973).
  private static let bayer = [0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5]

  private static func colorIndex(_ raster: Raster, x: Int, y: Int) -> Int {
    guard raster.isColor else { return Int(raster[x, y, 0]) * 31 / 255 }
    // Thresholds all over 0…255, so that a flat area mixes the two nearest colours in proportion.
    let threshold = (bayer[y % 4 * 4 + x % 4] * 2 + 1) * 255 / 32
    let parts = (0..<3).map { (Int(raster[x, y, $0]) * 5 + threshold) / 255 }
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
      text +=
        end - index > 3
        ? "!\(end - index)\(character)" : String(repeating: character, count: end - index)
      index = end
    }
    return text
  }
}
