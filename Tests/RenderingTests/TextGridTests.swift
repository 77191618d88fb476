import Testing

@testable import Rendering

@Suite struct TextGridTests {
  @Test func linesEndWithoutSpaces() {
    var grid = TextGrid(width: 10, height: 2)
    grid.put("ab", column: 3, row: 0)
    #expect(grid.lines == ["   ab", ""])
  }

  @Test func writingOutsideIsIgnored() {
    var grid = TextGrid(width: 4, height: 1)
    grid.put("abcdef", column: 2, row: 0)
    grid.put("x", column: -3, row: 0)
    grid.put("x", column: 0, row: 5)
    #expect(grid.lines == ["  ab"])
  }

  @Test func controlCharactersAreSpaces() {
    var grid = TextGrid(width: 9, height: 1)
    grid.put("a\tb\nc\u{1B}[m", column: 0, row: 0)
    #expect(grid.lines == ["a b c [m"])
  }

  @Test func wideCharactersTakeTwoColumns() {
    var grid = TextGrid(width: 5, height: 1)
    grid.put("日本x", column: 0, row: 0)
    #expect(grid.lines == ["日本x"])
  }

  @Test func asciiFallbackSpellsSymbols() {
    #expect(ASCIIFallback.text("784 → 2, μ ± σ², x̂") == "784 -> 2, mu +- sigma^2, x")
    #expect(ASCIIFallback.text("μ = 5", keepsColumns: true) == "m = 5")
    #expect(ASCIIFallback.text("☃") == "?")
  }
}
