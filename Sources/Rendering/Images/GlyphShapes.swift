/// How much ink the characters put into each part of their cell.
enum GlyphShapes {
  /// Parts of a cell.
  static let across = 2
  static let down = 4

  /// A character and its ink, one hexadecimal digit for each part, along the rows.
  ///
  /// Measured as the mean of DejaVu Sans Mono and Liberation Mono; `f` is 45 % of a part or more.
  private static let measured: [(Character, UInt32)] = [
    (" ", 0x0000_0000), (".", 0x0000_3311), ("'", 0x2233_0000), ("`", 0x3100_0000),
    (",", 0x0000_4251),
    ("-", 0x0000_4400), ("_", 0x0000_0055), (":", 0x0033_3311), (";", 0x0033_3351),
    ("~", 0x0063_2500),
    ("\"", 0x4455_0000), ("^", 0x3377_1100), ("/", 0x0428_a020), ("\\", 0x4091_1902),
    ("|", 0x2255_5544), ("(", 0x0492_9125), (")", 0x4029_1952), ("[", 0x4491_9164),
    ("]", 0x4419_1946),
    ("{", 0x1674_9338), ("}", 0x6147_3973), ("<", 0x0078_7800), (">", 0x0087_8700),
    ("=", 0x0077_7700),
    ("+", 0x0077_6600), ("*", 0x2289_0000), ("#", 0x23cd_dc11), ("%", 0x51f7_6f01),
    ("@", 0x35de_ed65),
  ]

  private struct Shape {
    let character: Character
    let parts: [Double]
    let total: Double
  }

  private static let shapes = measured.map { character, ink in
    let parts = (0..<8).map { Double(ink >> UInt32(28 - 4 * $0) & 15) / 15 }
    return Shape(character: character, parts: parts, total: parts.reduce(0, +))
  }

  /// Weight of the whole cell's ink beside that of its parts: tone against form.
  private static let toneWeight = 0.6

  /// Cells that vary less than this have tone but no form.
  private static let evenSpread = 0.2

  /// The character whose ink comes closest to the brightness of the parts, each 0…1.
  static func nearest(to wanted: [Double]) -> Character {
    let total = wanted.reduce(0, +)
    if total < 0.1 { return " " }
    if let darkest = wanted.min(), let brightest = wanted.max(), brightest - darkest < evenSpread {
      return Shade.glyph(total / Double(wanted.count))
    }
    var best: (character: Character, distance: Double) = (" ", .infinity)
    for shape in shapes {
      let tone = shape.total - total
      var distance = toneWeight / Double(across * down) * tone * tone
      for (ink, target) in zip(shape.parts, wanted) {
        distance += (ink - target) * (ink - target)
      }
      if distance < best.distance { best = (shape.character, distance) }
    }
    return best.character
  }
}
