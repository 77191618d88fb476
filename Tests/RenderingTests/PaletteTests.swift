import Testing

@testable import Rendering

@Suite struct PaletteTests {
  /// Source: xterm, the 6×6×6 cube behind 16 and the grays behind 232.
  private func color(_ index: Int) -> Palette.RGB {
    if index >= 232 {
      let gray = UInt8(8 + 10 * (index - 232))
      return Palette.RGB(gray, gray, gray)
    }
    let steps: [UInt8] = [0, 95, 135, 175, 215, 255]
    let place = index - 16
    return Palette.RGB(steps[place / 36], steps[place / 6 % 6], steps[place % 6])
  }

  /// Relative luminance. Source: W3C, Web Content Accessibility Guidelines 2.2.
  private func luminance(_ color: Palette.RGB) -> Double {
    func linear(_ sample: UInt8) -> Double {
      let share = Double(sample) / 255
      return share <= 0.04045
        ? share / 12.92 : Logarithm.power10(2.4 * Logarithm.base10((share + 0.055) / 1.055))
    }
    return 0.2126 * linear(color.red) + 0.7152 * linear(color.green) + 0.0722 * linear(color.blue)
  }

  private func expectContrast(_ color: Palette.RGB, _ what: String) {
    let light = luminance(color)
    #expect(1.05 / (light + 0.05) > 2.95, "\(what) on white")
    #expect((light + 0.05) / 0.05 > 2.95, "\(what) on black")
  }

  @Test func seriesReadOnWhiteAndOnBlack() {
    for index in 0..<Palette.seriesCount {
      expectContrast(Palette.series(index), "series \(index)")
      expectContrast(color(Palette.series256(index)), "series \(index) of a terminal")
    }
  }

  @Test func strokesReadOnWhiteAndOnBlack() {
    for level in UInt8.min...UInt8.max {
      let stroke = Palette.strokeColor(ofLevel: level)
      expectContrast(stroke, "stroke \(level)")
      expectContrast(color(Palette.nearest256(stroke)), "stroke \(level) of a terminal")
    }
  }

  @Test func levelsGrowLighter() {
    var last = (page: 0.0, terminal: 0.0)
    for level in UInt8.min...UInt8.max {
      let page = luminance(Palette.color(ofLevel: level))
      let terminal = luminance(color(Palette.level256(level)))
      #expect(page >= last.page && terminal >= last.terminal, "level \(level)")
      last = (page, terminal)
    }
  }

  @Test func glyphsTellSeriesApart() {
    let looks = (0..<40).map { "\($0 % Palette.seriesCount)\(Glyphs.shape(ofSeries: $0))" }
    #expect(Set(looks).count == 40)
    #expect(Set((0..<70).map(Glyphs.ofClass)).count == 70)
    #expect(Set((0..<50).map(Glyphs.ofSeries)).count == 50)
    #expect(Glyphs.ofClass(-1_000) != " ")
  }
}
