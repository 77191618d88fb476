import Testing

@testable import Notebook

@Suite struct PromotionTests {
  private func promoted(_ text: String, only: CellChoice? = nil) -> String {
    Promotion.promoted(run(text, only: only))
  }

  @Test(arguments: [
    // Inserts.
    ("```latent\nprint a\n```\ntext\n", "```latent\nprint a\n```\n```output\na\n```\ntext\n"),
    ("```latent\nprint a\n```", "```latent\nprint a\n```\n```output\na\n```"),
    (
      "```latent\r\nprint a\r\n```\r\n",
      "```latent\r\nprint a\r\n```\r\n```output\r\na\r\n```\r\n"
    ),
    (
      "- x\n  ```latent\n  print a\n  ```\n",
      "- x\n  ```latent\n  print a\n  ```\n  ```output\n  a\n  ```\n"
    ),
    ("```latent\nprint ```\n```\n", "```latent\nprint ```\n```\n````output\n```\n````\n"),
    // Replaces.
    (
      "```latent\nprint a\n```\n\n~~~output\nb\nc\n~~~\ntext",
      "```latent\nprint a\n```\n\n~~~output\na\n~~~\ntext"
    ),
    (
      "```latent\nprint ~~~~\n```\n~~~output\nb\n~~~\n",
      "```latent\nprint ~~~~\n```\n~~~~~output\n~~~~\n~~~~~\n"
    ),
    ("```latent\nprint a\n```\n```output\nb", "```latent\nprint a\n```\n```output\na\n```\n"),
    ("```latent\nprint a\n```\n```output\n```\n", "```latent\nprint a\n```\n```output\na\n```\n"),
    // Removes.
    ("```latent\nx = 1\n```\n\n```output\nb\n```\n\ntext\n", "```latent\nx = 1\n```\n\ntext\n"),
    // Keeps what is right, volatile, failed, skipped or empty.
    (
      "```latent\nprint a\n```\n```output\n...\n```\n",
      "```latent\nprint a\n```\n```output\n...\n```\n"
    ),
    ("```latent volatile\nprint a\n```\n", "```latent volatile\nprint a\n```\n"),
    (
      "```latent\nprint a\n```\n```output volatile\nb\n```\n",
      "```latent\nprint a\n```\n```output volatile\nb\n```\n"
    ),
    ("```latent\nfail a\n```\n```output\nb\n```\n", "```latent\nfail a\n```\n```output\nb\n```\n"),
    ("```latent skip\nprint a\n```\n", "```latent skip\nprint a\n```\n"),
    (
      "```latent error\nfail a\n```\n",
      "```latent error\nfail a\n```\n```output\nerror[failed]: a\n  cell:1\n```\n"
    ),
    ("```latent\nprint a", "```latent\nprint a"),
  ])
  func writesOutputs(_ before: String, _ after: String) {
    let once = promoted(before)
    #expect(once.hasSameBytes(as: after), "\(once)")
    #expect(promoted(once).hasSameBytes(as: once))
  }

  @Test func whatWasPromotedPasses() {
    let text = "```latent\nprint a\nprint ```\nprint b\n```\ntext\n```latent\n1 + 1\n```\n"
    #expect(run(promoted(text)).findings == [])
  }

  @Test(arguments: [
    ("a ... z", "a b y", "a ... y"),
    ("... loss_3", "a b loss_2", "... loss_2"),
    ("a ...", "a b", "a ..."),
    ("a ... z", "b c d", "b c d"),
    ("a ... b ... c", "a x b y d", "a ... b ... d"),
    ("a ... b", "", ""),
  ])
  func keepsWildcardsBesideLinesThatAreStillRight(
    _ expected: String, _ received: String, _ merged: String
  ) {
    let lines = { (text: String) in text.split(separator: " ").map { $0 + "\n" }.joined() }
    let program = received.split(separator: " ").map { "print \($0)\n" }.joined()
    let cell = "```latent\n\(program)```\n"
    let text = promoted("\(cell)```output\n\(lines(expected))```\n")
    #expect(text == cell + (merged.isEmpty ? "" : "```output\n\(lines(merged))```\n"))
    #expect(promoted(text) == text)
    #expect(run(text).findings == [])
  }

  @Test func aLessonThatIsCutShortStaysAsItIs() {
    let text = "```latent\nprint a\n```\n```latent\nfail b\n```\n```latent\nprint c\n```\n"
    #expect(promoted(text) == text)
    #expect(promoted(text, only: .number(3)) == text)
    #expect(promoted(text, only: .number(1)).contains("```output\na\n"))
  }

  @Test func promotesOneCellWhenAsked() {
    let text = "```latent\nprint a\n```\n```latent volatile\nprint b\n```\n"
    #expect(
      promoted(text, only: .number(2))
        == "```latent\nprint a\n```\n```latent volatile\nprint b\n```\n```output\nb\n```\n")
  }

  @Test func promotesAnExerciseByItsName() {
    let text = """
      ```latent
      print a
      ```
      ```latent exercise e
      ```
      ```latent solution
      print s
      ```
      ```output
      old
      ```
      ```latent check
      expect 1 == 1
      ```

      """
    #expect(promoted(text, only: .exercise("e")) == text.replacing("old", with: "s"))
    #expect(promoted(text, only: .exercise("f")) == text)
  }

  @Test func checksAndSolutionsGetNoOutputOfTheirOwn() {
    #expect(promoted(RunnerTests.exercise) == RunnerTests.exercise)
  }

  @Test func leavesRandomLessonsReadable() {
    for seed in 0..<1_000 {
      var generator = RandomLesson(seed: UInt64(seed))
      let once = promoted(generator.text())
      #expect(promoted(once).hasSameBytes(as: once), "seed \(seed)")
    }
  }
}
