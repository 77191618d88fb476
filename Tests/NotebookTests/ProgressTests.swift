import Testing

@testable import Notebook

@Suite struct ProgressTests {
  private static let progress = Progress(lessons: [
    "04-autoencoders": LessonProgress(
      doneCells: [3, 1, 2],
      exercises: [
        "bottleneck": ExerciseProgress(
          attempts: 2, hintsSeen: 1, outcome: .solved)
      ], startedAt: 1_700_000_000, lastSeenAt: 1_700_000_100, finishedAt: nil)
  ])

  @Test func survivesTheFile() throws {
    let text = Self.progress.encoded
    #expect(try Progress(encoded: text) == Self.progress)
    #expect(try Progress(encoded: text).encoded == text)
    #expect(text.hasSuffix("}\n"))
    #expect(try Progress(encoded: Progress().encoded) == Progress())
  }

  @Test(arguments: ["", "{", "[]", "{}", "{\"version\":1}", "{\"version\":1,\"lessons\":[]}", "\0"])
  func refusesWhatIsNoProgress(_ text: String) {
    #expect(throws: ProgressError.unreadable) { try Progress(encoded: text) }
  }

  @Test func doesNotGuessAtANewerVersion() {
    #expect(throws: ProgressError.newer(version: 9)) {
      try Progress(encoded: "{\"version\":9,\"chapters\":{}}")
    }
  }

  @Test func knowsTheStatusOfALesson() {
    #expect(Self.progress["04-autoencoders"].status == .begun)
    #expect(Self.progress["05-vae"].status == .untouched)
    var progress = Self.progress
    progress["05-vae"].finishedAt = 1
    #expect(progress["05-vae"].status == .finished)
    #expect(progress.finishedLessons == ["05-vae"])
  }
}
