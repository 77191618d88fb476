import Testing

@testable import Terminal

@Suite struct ScreenRowsTests {
  private func rows(_ text: String, width: Int) -> Int {
    var cells = CellText()
    return ScreenRows.count(of: cells.cells(of: text), promptWidth: 2, width: width)
  }

  @Test func linesWrapAtTheWidth() {
    #expect(rows("", width: 10) == 1)
    #expect(rows("12345678", width: 10) == 1)
    #expect(rows("123456789", width: 10) == 2)
    #expect(rows("a\nb", width: 10) == 2)
    #expect(rows("123456789\n12345678\n123456789", width: 10) == 5)
  }

  @Test func wideCharactersDoNotStraddleRows() {
    #expect(rows("1234567日", width: 10) == 2)
    #expect(rows("123456日", width: 10) == 1)
  }
}
