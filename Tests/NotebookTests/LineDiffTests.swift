import Testing

@testable import Notebook

@Suite struct LineDiffTests {
  private func diff(_ expected: [String], _ received: [String]) -> String {
    LineDiff(expected: expected, received: received, firstLine: 10).text
  }

  @Test func showsReplacedLinesInPairs() {
    #expect(diff(["a", "b", "c"], ["a", "x", "c"]) == "  10   a\n  11 - b\n     + x\n  12   c")
  }

  @Test func groupsChangesThatTouch() {
    #expect(
      diff(["a", "b"], ["x", "y", "z"]) == "  10 - a\n  11 - b\n     + x\n     + y\n     + z")
  }

  @Test func leavesOutWhatIsFarFromAChange() {
    let expected = (0..<20).map(String.init)
    var received = expected
    received[10] = "ten"
    #expect(
      diff(expected, received) == """
             ⋮
          17   7
          18   8
          19   9
          20 - 10
             + ten
          21   11
          22   12
          23   13
             ⋮
        """)
  }

  @Test func keepsWildcardsInPlace() {
    #expect(
      diff(["a", "...", "loss 3"], ["a", "b", "c", "loss 2"])
        == "  10   a\n  11   ...\n  12 - loss 3\n     + loss 2")
  }

  @Test func makesInvisibleDifferencesVisible() {
    #expect(diff(["a"], ["a  "]) == "  10 - a\n     + a··")
    #expect(diff(["a"], ["a\u{1B}"]) == "  10 - a\n     + a\\u{1b}")
    #expect(
      diff(["\u{E9}"], ["e\u{301}"])
        == "  10 - \u{E9}\n     + e\u{301}\n       (the same characters in another encoding)")
  }

  @Test func saysNothingAboutEqualLines() {
    #expect(diff(["a"], ["a"]) == "")
    #expect(diff([], []) == "")
  }

  @Test(.timeLimit(.minutes(1)))
  func survivesOutputsOfAnySize() {
    let expected = (0..<20_000).map { "old \($0)" }
    let received = (0..<20_000).map { "new \($0)" }
    #expect(diff(expected, received).hasPrefix("   10 - old 0\n"))
  }
}
