/// A five by seven pixel font for names beside image tiles.
enum BitmapFont {
  static let height = 7
  private static let advance = 6

  /// Printable ASCII from the space on; five columns of eight bits, the lowest bit on top.
  private static let glyphs: [UInt64] = [
    0x0000000000, 0x00005f0000, 0x0007000700, 0x147f147f14, 0x242a7f2a12, 0x2313086462,
    0x3649552250, 0x0005030000, 0x001c224100, 0x0041221c00, 0x14083e0814, 0x08083e0808,
    0x0050300000, 0x0808080808, 0x0060600000, 0x2010080402, 0x3e5149453e, 0x00427f4000,
    0x4261514946, 0x2141454b31, 0x1814127f10, 0x2745454539, 0x3c4a494930, 0x0171090503,
    0x3649494936, 0x064949291e, 0x0036360000, 0x0056360000, 0x0814224100, 0x1414141414,
    0x0041221408, 0x0201510906, 0x324979413e, 0x7e1111117e, 0x7f49494936, 0x3e41414122,
    0x7f4141221c, 0x7f49494941, 0x7f09090901, 0x3e4149497a, 0x7f0808087f, 0x00417f4100,
    0x2040413f01, 0x7f08142241, 0x7f40404040, 0x7f020c027f, 0x7f0408107f, 0x3e4141413e,
    0x7f09090906, 0x3e4151215e, 0x7f09192946, 0x4649494931, 0x01017f0101, 0x3f4040403f,
    0x1f2040201f, 0x3f4038403f, 0x6314081463, 0x0708700807, 0x6151494543, 0x007f414100,
    0x0204081020, 0x0041417f00, 0x0402010204, 0x4040404040, 0x0001020400, 0x2054545478,
    0x7f48444438, 0x3844444420, 0x384444487f, 0x3854545418, 0x087e090102, 0x0c5252523e,
    0x7f08040478, 0x00447d4000, 0x2040443d00, 0x7f10284400, 0x00417f4000, 0x7c04180478,
    0x7c08040478, 0x3844444438, 0x7c14141408, 0x081414187c, 0x7c08040408, 0x4854545420,
    0x043f444020, 0x3c4040207c, 0x1c2040201c, 0x3c4030403c, 0x4428102844, 0x0c5050503c,
    0x4464544c44, 0x0008364100, 0x00007f0000, 0x0041360800, 0x1008081008,
  ]

  static func width(of text: String) -> Int {
    max(ASCIIFallback.text(text).count * advance - 1, 0)
  }

  static func width(of texts: some Sequence<String>) -> Int { texts.map(width).max() ?? 0 }

  /// The beginning of the text that fits into `width` pixels.
  static func fitting(_ text: String, width: Int) -> String {
    String(ASCIIFallback.text(text).prefix(max((width + 1) / advance, 0)))
  }

  static func draw(_ text: String, x: Int, y: Int, sample: UInt8, in raster: inout Raster) {
    for (index, character) in ASCIIFallback.text(text).enumerated() {
      let code = Int(character.asciiValue ?? 63) - 32
      let glyph = glyphs.indices.contains(code) ? glyphs[code] : glyphs[31]
      for column in 0..<5 {
        let bits = glyph >> UInt64(8 * (4 - column)) & 0xff
        for row in 0..<height where bits & (1 << UInt64(row)) != 0 {
          let px = x + index * advance + column
          let py = y + row
          guard (0..<raster.width).contains(px), (0..<raster.height).contains(py) else { continue }
          for channel in 0..<raster.channels { raster[px, py, channel] = sample }
        }
      }
    }
  }
}
