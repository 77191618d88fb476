import Testing
import Typography

@testable import Terminal

@Suite struct CellTextTests {
  @Test(arguments: [
    "", "plain", "x̂ = μ ⊙ σ²", "a\nb", "a\n\nb\n", "日本", "e\u{301}", "\u{E000}\u{F8F0}",
    "x̂x̂ẑ", "👩‍🔬", "\u{302}",
  ])
  func encodingIsExact(text: String) {
    var cells = CellText()
    let encoded = cells.cells(of: text)
    #expect(cells.text(of: encoded).unicodeScalars.elementsEqual(text.unicodeScalars))
  }

  @Test func characterWithMarksIsOneCell() {
    var cells = CellText()
    let encoded = cells.cells(of: "x\u{302}+x\u{302}")
    #expect(encoded.count == 3)
    #expect(encoded[0] == encoded[2])
    #expect(DisplayWidth.of(encoded[0]) == 1)
  }

  @Test func linesAreMarked() {
    var cells = CellText()
    #expect(cells.cells(of: "a\r\nb") == ["a", "\n", CellText.lineMark, CellText.lineGap, "b"])
    #expect(cells.text(of: [CellText.lineGap, "a", CellText.lineMark]) == "a")
  }

  @Test func widths() {
    #expect(DisplayWidth.of("x̂μ") == 2)
    #expect(DisplayWidth.of("日本") == 4)
    #expect("\u{1B}[1;36mab\u{1B}[0m ".columnsOnTerminal == 3)
  }
}
