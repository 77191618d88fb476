import Testing

@testable import Terminal

@Suite struct LineMovementTests {
  /// Movement in a text with the cursor at `|`.
  private func movement(_ marked: String) -> LineMovement {
    var cells = CellText()
    let parts = marked.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
    let before = cells.cells(of: parts[0])
    return LineMovement(cells: before + cells.cells(of: parts[1]), cursor: before.count)
  }

  @Test func staysOnItsLine() {
    #expect(movement("ab|c").lineStart == 0)
    #expect(movement("ab|c\nd").lineEnd == 3)
    #expect(movement("ab\ncd|e").lineStart == 5)
    #expect(movement("ab\n|cd").lineStart == 5)
    #expect(movement("ab\nc|d").lineEnd == 7)
  }

  @Test func crossesANewlineInOneStep() {
    #expect(movement("ab\n|c").left == 2)
    #expect(movement("ab|\nc").right == 5)
    #expect(movement("|a").left == 0)
    #expect(movement("a|").right == 1)
    #expect(movement("ab|").left == 1)
  }

  @Test func keepsItsColumn() {
    #expect(movement("abc\nde|f").up == 2)
    #expect(movement("a\nde|f").up == 1)
    #expect(movement("ab|c").up == nil)
    #expect(movement("ab|c\nx\nyz").down == 7)
    #expect(movement("ab|c\ndef\nyz").down == 8)
    #expect(movement("ab\nc|").down == nil)
  }

  @Test func backspaceTakesNewlinesAndIndentation() {
    #expect(movement("|").backspaceCount == 0)
    #expect(movement("a|").backspaceCount == 1)
    #expect(movement("a\n|b").backspaceCount == 3)
    #expect(movement("a\n    |b").backspaceCount == 2)
    #expect(movement("a\n |b").backspaceCount == 1)
    #expect(movement("a  |").backspaceCount == 1)
  }

  @Test func enterIndents() {
    #expect(movement("train {|").nextIndentation == 2)
    #expect(movement("train {\n  f(|").nextIndentation == 4)
    #expect(movement("train {\n  a = 1 |").nextIndentation == 2)
    #expect(movement("a|").nextIndentation == 0)
  }

  @Test func closingBraceGoesBack() {
    #expect(movement("train {\n  |").outdentCount == 2)
    #expect(movement("train {\n  a |").outdentCount == 0)
    #expect(movement("{|").outdentCount == 0)
  }

  @Test func tornNewlinesAreRepaired() {
    let (mark, gap) = (CellText.lineMark, CellText.lineGap)
    func repaired(_ cells: [Unicode.Scalar], _ cursor: Int) -> LineMovement {
      LineMovement(cells: cells, cursor: cursor).repaired
    }
    let joined = repaired(["a", mark, gap, "b"], 1)
    #expect(joined.cells == ["a", "b"])
    #expect(joined.cursor == 1)
    let split = repaired(["a", "\n", gap, "b"], 3)
    #expect(split.cells == ["a", "\n", mark, gap, "b"])
    #expect(split.cursor == 4)
    #expect(repaired(["a", "\n"], 2).cursor == 4)
    let whole = ["a"] + CellText.newline + CellText.newline
    for cursor in [0, 1, 4, 7] {
      #expect(repaired(whole, cursor).cells == whole)
      #expect(repaired(whole, cursor).cursor == cursor)
    }
  }
}
