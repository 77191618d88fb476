/// How much ink the characters put into each part of their cell.
enum GlyphShapes {
  /// Parts of a cell.
  static let across = 2
  static let down = 4

  /// A character and its ink, one hexadecimal digit for each part, along the rows.
  ///
  /// Measured as the mean of DejaVu Sans Mono and Liberation Mono; `f` is 45 % of a part or more.
  private static let measured: [(Character, UInt32)] = [
    (" ", 0x00000000), (".", 0x00003311), ("'", 0x22330000), ("`", 0x31000000), (",", 0x00004251),
    ("-", 0x00004400), ("_", 0x00000055), (":", 0x00333311), (";", 0x00333351), ("~", 0x00632500),
    ("\"", 0x44550000), ("^", 0x33771100), ("/", 0x0428a020), ("\\", 0x40911902),
    ("|", 0x22555544), ("(", 0x04929125), (")", 0x40291952), ("[", 0x44919164), ("]", 0x44191946),
    ("{", 0x16749338), ("}", 0x61473973), ("<", 0x00787800), (">", 0x00878700), ("=", 0x00777700),
    ("+", 0x00776600), ("*", 0x22890000), ("#", 0x23cddc11), ("%", 0x51f76f01), ("@", 0x35deed65),
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
