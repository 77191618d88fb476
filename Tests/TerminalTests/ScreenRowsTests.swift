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

@Suite struct ScreenWindowTests {
  /// Lines of the window that shows the `line`-th of ten lines, three rows high.
  private func window(line: Int, lastStart: Int = 0) -> String {
    let text = CellText()
    let cells = (0..<10).map { [Unicode.Scalar(UInt8(48 + $0))] }
      .joined(separator: CellText.newline)
    let all = Array(cells)
    let range = ScreenRows.window(
      of: all, cursor: line * 4 + 1, lastStart: lastStart * 4, promptWidth: 2, width: 10, height: 3)
    return text.text(of: all[range])
  }

  @Test func staysWhileTheCursorIsInside() {
    #expect(window(line: 0) == "0\n1\n2")
    #expect(window(line: 2) == "0\n1\n2")
    #expect(window(line: 4, lastStart: 3) == "3\n4\n5")
  }

  @Test func followsTheCursor() {
    #expect(window(line: 3) == "1\n2\n3")
    #expect(window(line: 9) == "7\n8\n9")
    #expect(window(line: 2, lastStart: 5) == "2\n3\n4")
  }

  @Test func fillsTheScreenAtTheEnd() {
    #expect(window(line: 9, lastStart: 9) == "7\n8\n9")
  }

  @Test func lineTallerThanTheScreenIsShownAlone() {
    let cells = Array(repeating: Unicode.Scalar("x"), count: 50) + CellText.newline + ["y"]
    let range = ScreenRows.window(
      of: cells, cursor: 10, lastStart: 0, promptWidth: 2, width: 10, height: 3)
    #expect(range == 0..<50)
  }
}
