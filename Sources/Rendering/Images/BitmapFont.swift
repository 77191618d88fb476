/// A font of five by seven dots for names beside image tiles.
struct BitmapFont {
  /// Pixels of each dot, across and down.
  let scale: Int

  var height: Int { 7 * scale }
  /// A line with the room above and below it.
  var lineHeight: Int { 11 * scale }
  private static let advance = 6

  /// Letters of formulas beyond ASCII, which a plain spelling would confuse with others.
  private static let symbols: [Character: UInt64] = [
    "α": 0x38_4444_3844, "β": 0xfe_4949_4936, "γ": 0x04_08f0_0804, "δ": 0x30_4a4d_4930,
    "ε": 0x28_5454_4400, "θ": 0x3e_4949_493e, "λ": 0x41_3608_3040, "μ": 0xfc_4040_207c,
    "π": 0x04_7c04_7c04, "σ": 0x38_4444_3c04, "φ": 0x38_44fe_4438, "ψ": 0x1c_20fe_201c,
    "×": 0x22_1408_1422, "−": 0x08_0808_0808, "→": 0x08_082a_1c08, "²": 0x00_1915_1200,
    "₀": 0x00_3048_3000, "₁": 0x00_1078_0000, "₂": 0x00_4868_5000, "₃": 0x00_4858_2800,
    "₄": 0x00_3820_7800,
  ]

  /// The dots of a hat, above a small letter.
  private static let hat: UInt64 = 0x00_0201_0200

  /// Printable ASCII from the space on; five columns of eight bits, the lowest bit on top.
  private static let glyphs: [UInt64] = [
    0x00_0000_0000, 0x00_005f_0000, 0x00_0700_0700, 0x14_7f14_7f14, 0x24_2a7f_2a12, 0x23_1308_6462,
    0x36_4955_2250, 0x00_0503_0000, 0x00_1c22_4100, 0x00_4122_1c00, 0x14_083e_0814, 0x08_083e_0808,
    0x00_5030_0000, 0x08_0808_0808, 0x00_6060_0000, 0x20_1008_0402, 0x3e_5149_453e, 0x00_427f_4000,
    0x42_6151_4946, 0x21_4145_4b31, 0x18_1412_7f10, 0x27_4545_4539, 0x3c_4a49_4930, 0x01_7109_0503,
    0x36_4949_4936, 0x06_4949_291e, 0x00_3636_0000, 0x00_5636_0000, 0x08_1422_4100, 0x14_1414_1414,
    0x00_4122_1408, 0x02_0151_0906, 0x32_4979_413e, 0x7e_1111_117e, 0x7f_4949_4936, 0x3e_4141_4122,
    0x7f_4141_221c, 0x7f_4949_4941, 0x7f_0909_0901, 0x3e_4149_497a, 0x7f_0808_087f, 0x00_417f_4100,
    0x20_4041_3f01, 0x7f_0814_2241, 0x7f_4040_4040, 0x7f_020c_027f, 0x7f_0408_107f, 0x3e_4141_413e,
    0x7f_0909_0906, 0x3e_4151_215e, 0x7f_0919_2946, 0x46_4949_4931, 0x01_017f_0101, 0x3f_4040_403f,
    0x1f_2040_201f, 0x3f_4038_403f, 0x63_1408_1463, 0x07_0870_0807, 0x61_5149_4543, 0x00_7f41_4100,
    0x02_0408_1020, 0x00_4141_7f00, 0x04_0201_0204, 0x40_4040_4040, 0x00_0102_0400, 0x20_5454_5478,
    0x7f_4844_4438, 0x38_4444_4420, 0x38_4444_487f, 0x38_5454_5418, 0x08_7e09_0102, 0x0c_5252_523e,
    0x7f_0804_0478, 0x00_447d_4000, 0x20_4044_3d00, 0x7f_1028_4400, 0x00_417f_4000, 0x7c_0418_0478,
    0x7c_0804_0478, 0x38_4444_4438, 0x7c_1414_1408, 0x08_1414_187c, 0x7c_0804_0408, 0x48_5454_5420,
    0x04_3f44_4020, 0x3c_4040_207c, 0x1c_2040_201c, 0x3c_4030_403c, 0x44_2810_2844, 0x0c_5050_503c,
    0x44_6454_4c44, 0x00_0836_4100, 0x00_007f_0000, 0x00_4136_0800, 0x10_0808_1008,
  ]

  func width(of text: String) -> Int {
    max((Self.shapes(text).count * Self.advance - 1) * scale, 0)
  }

  func draw(_ text: String, x: Int, y: Int, sample: UInt8 = 0, in raster: inout Raster) {
    for (index, shape) in Self.shapes(text).enumerated() {
      let start = x + index * Self.advance * scale
      for column in 0..<5 {
        let bits = shape >> UInt64(8 * (4 - column)) & 0xff
        for row in 0..<8 where bits & (1 << UInt64(row)) != 0 {
          let dot = Raster(
            width: scale, height: scale, channels: 1,
            samples: [UInt8](repeating: sample, count: scale * scale))
          raster.paste(dot, x: start + column * scale, y: y + row * scale)
        }
      }
    }
  }

  /// What to draw for each letter of the text.
  private static func shapes(_ text: String) -> [UInt64] {
    text.flatMap { character -> [UInt64] in
      if let symbol = symbols[character] { return [symbol] }
      let base = character.unicodeScalars.first.map(Character.init) ?? character
      // U+0302 is the combining circumflex of x̂.
      let mark = character.unicodeScalars.contains("\u{302}") ? hat : 0
      let letters = symbols[base].map { [$0] } ?? ASCIIFallback.text(String(character)).map(plain)
      return letters.enumerated().map { $0 == 0 ? $1 | mark : $1 }
    }
  }

  private static func plain(_ character: Character) -> UInt64 {
    let code = Int(character.asciiValue ?? 63) - 32
    return glyphs.indices.contains(code) ? glyphs[code] : glyphs[31]
  }
}
