import Testing

@testable import Typography

@Suite struct DisplayWidthTests {
  @Test(arguments: [
    ("abc", 3), ("x̂", 1), ("漢", 2), ("👩‍🔬", 2), ("❤️", 2), ("→", 1), ("\u{200B}", 0), ("𝔼", 1),
    ("日本x", 5), ("x̂μ²", 3), ("", 0),
  ])
  func measuresColumns(_ text: String, _ width: Int) {
    #expect(DisplayWidth.of(text) == width)
    #expect(DisplayWidth.of(text[...]) == width)
  }

  @Test func truncationSaysSo() {
    #expect(DisplayWidth.truncate("reconstruction", to: 6) == "recon…")
    #expect(DisplayWidth.truncate("short", to: 6) == "short")
    #expect(DisplayWidth.truncate("reconstruction", to: 6, unicode: false) == "recon~")
    #expect(DisplayWidth.truncate("日本語", to: 4) == "日…")
    #expect(DisplayWidth.truncate("x", to: 0) == "")
  }

  @Test func paddingCountsColumns() {
    #expect(DisplayWidth.padRight("日本", to: 6) == "日本  ")
    #expect(DisplayWidth.padLeft("x̂", to: 3) == "  x̂")
    #expect(DisplayWidth.padLeft("long", to: 2) == "long")
  }
}

@Suite struct ControlPicturesTests {
  @Test func ordersToATerminalBecomePictures() {
    #expect("a\u{1B}[31mb\u{7}\u{7F}\u{9B}".withoutControls == "a␛[31mb␇␡\u{FFFD}")
    #expect("a\tb\nμ é 漢".withoutControls == "a\tb\nμ é 漢")
  }
}
