import Testing

@testable import Terminal

@Suite struct ResultLabelTests {
  private func label(_ text: String, _ number: Int?, width: Int, colour: Bool = false) -> String {
    ResultLabel.labelled(text, number, width: width, usesColour: colour)
  }

  @Test func standsAtTheRight() {
    #expect(label("7\n", 3, width: 20) == "7" + String(repeating: " ", count: 16) + "_3\n")
    #expect(label("a\nμ̂", 12, width: 12) == "a\nμ̂       _12\n")
  }

  @Test func isNotFarAwayOnAWideTerminal() {
    #expect(label("7", 1, width: 300).count == 73)
  }

  @Test func takesALineOfItsOwnWhereThereIsNoRoom() {
    let line = String(repeating: "x", count: 19)
    #expect(label(line + "\n", 3, width: 20) == line + "\n" + "                 _3\n")
    #expect(label("\u{1B}[1m" + line, 3, width: 30).hasSuffix("x        _3\n"))
  }

  @Test func isDimmedWhereThereIsColour() {
    #expect(label("7", 1, width: 6, colour: true) == "7  \u{1B}[2m_1\u{1B}[0m\n")
  }

  @Test func whatHasNoNumberStaysAsItIs() {
    #expect(label("7", nil, width: 20) == "7")
    #expect(label("", 4, width: 20) == "")
  }
}
