import Testing

@testable import Terminal

@Suite struct ScreenFilterTests {
  @Test func standInsBecomeCharacters() {
    var cells = CellText()
    let encoded = cells.cells(of: "a x\u{302}\nb ﬁ")
    var line = String.UnicodeScalarView()
    line.append(contentsOf: encoded)
    let bytes = Array(String(line).utf8)
    var whole = ScreenFilter(lineMark: "…")
    #expect(
      String(decoding: whole.filtered(bytes, with: cells), as: UTF8.self)
        == "a x\u{302}\n… b ﬁ")
    var split = ScreenFilter(lineMark: "…")
    let parts = bytes.flatMap { split.filtered([$0], with: cells) }
    #expect(String(decoding: parts, as: UTF8.self) == "a x\u{302}\n… b ﬁ")
  }
}
