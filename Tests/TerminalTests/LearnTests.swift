import Datasets
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The real program on a pseudo-terminal, driven through a lesson.
@Suite struct LearnTests {
  private static let lesson = """
    ---
    title: A lesson to test with
    summary: Three cells and an exercise.
    minutes: 3
    seed: 5
    ---
    # A lesson to test with

    First a network learns.

    ```latent
    m = mlp(2, 4, 1)
    train 20 { minimize m { mean((m(ones(8, 2)) - 3)^2) } }
    w = randn(3)
    print "trained"
    ```

    ```latent exercise answer
    # Call the answer x.
    ```
    ```latent hint
    It is twice twenty-one.
    ```
    ```latent solution
    x = 42
    ```
    ```latent wrong "forty-two"
    x = 41
    ```
    ```latent check
    expect x == 42, "x is forty-two"
    ```

    ```latent
    print "the weights sum to {sum(w):.5} and {m(ones(1, 2))[0, 0]:.5}"
    ```

    """

  private func folder() throws -> String {
    var template = Array("/tmp/latent-learn-XXXXXX".utf8CString)
    let made = try #require(mkdtemp(&template))
    return String(cString: made)
  }

  private func start(_ folder: String) throws -> Pseudoterminal {
    let program = try #require(builtProgram)
    let root = String(#filePath).split(separator: "/").dropLast(3).joined(separator: "/")
    return try #require(
      Pseudoterminal(
        program, ["learn", "test", "--threads", "1"],
        environment: [
          "TERM": "xterm", "HOME": folder, "XDG_STATE_HOME": folder + "/state",
          "LATENT_LESSONS": folder, "LATENT_ASSETS": "/\(root)/Assets", "LANG": "C.UTF-8",
        ]))
  }

  @Test func aLessonSurvivesWrongAnswersAndAKill() throws {
    let folder = try folder()
    try SystemFiles().write(Array(LearnTests.lesson.utf8), to: folder + "/00-test.md")

    let first = try start(folder)
    #expect(first.waits(for: "[1/4]"), "\(first.text)")
    first.type("")
    #expect(first.waits(for: "trained") && first.waits(for: "[2/4]"), "\(first.text)")
    first.type("w")
    first.type("x = 41")
    #expect(first.waits(for: "not yet; expected: x is forty-two"), "\(first.text)")
    first.type(":hint")
    #expect(first.waits(for: "It is twice twenty-one."), "\(first.text)")
    first.type("x = 2 * 21")
    #expect(first.waits(for: "that is right") && first.waits(for: "[3/4]"), "\(first.text)")
    first.type("mine = 12")
    first.type("print \"the third of it is {mine / 3}\"")
    #expect(first.waits(for: "the third of it is 4"), "\(first.text)")
    first.end(SIGKILL)

    let second = try start(folder)
    #expect(second.waits(for: "where you left it"), "\(second.text)")
    #expect(second.waits(for: "[3/4]"), "\(second.text)")
    second.type("print \"the half of it is {mine / 2}\"")
    #expect(second.waits(for: "the half of it is 6"), "\(second.text)")
    second.type(":progress")
    #expect(second.waits(for: "exercise answer: solved"), "\(second.text)")
    second.type("")
    #expect(second.waits(for: "the weights sum to"), "\(second.text)")
    #expect(second.waits(for: "[4/4]"), "\(second.text)")
    // Weights and random numbers are what they were, without running the first cell again.
    #expect(!second.text.contains("trained"))
    let resumed = sum(in: second.text)
    second.type(":goto 1")
    #expect(second.waits(for: "[1/4]"), "\(second.text)")
    second.type(":goto 3")
    #expect(second.waits(for: "[3/4]"), "\(second.text)")
    second.type("")
    #expect(second.waits(for: "the weights sum to") && second.waits(for: "[4/4]"))
    #expect(resumed != nil)
    #expect(sum(in: second.text) == resumed)
    second.end(SIGKILL)
  }

  @Test func whatIsStoppedDoesNotMoveTheLesson() throws {
    let folder = try folder()
    let lesson = LearnTests.lesson.replacing("train 20 ", with: "train 900000000 ")
    try SystemFiles().write(Array(lesson.utf8), to: folder + "/00-test.md")
    let terminal = try start(folder)
    #expect(terminal.waits(for: "[1/4]"), "\(terminal.text)")
    terminal.type("")
    #expect(terminal.waits(for: "900,000,000"), "\(terminal.text)")
    terminal.press("\u{3}")
    #expect(terminal.waits(for: "did not run to its end"), "\(terminal.text)")
    terminal.type(":vars")
    #expect(terminal.waits(for: "no variables yet"), "\(terminal.text)")
    terminal.type("mine = 12")
    terminal.type("")
    #expect(terminal.waits(for: "900,000,000"), "\(terminal.text)")
    #expect(terminal.endsOf(SIGTERM))
    // What was typed at the first stop is there too.
    let second = try start(folder)
    #expect(second.waits(for: "[1/4]"), "\(second.text)")
    second.type("print \"the half of it is {mine / 2}\"")
    #expect(second.waits(for: "the half of it is 6"), "\(second.text)")
    second.end(SIGKILL)
  }

  /// The last line about the weights.
  private func sum(in text: String) -> String? {
    guard let start = text.ranges(of: "the weights sum to").last?.lowerBound else { return nil }
    return String(text[start...].prefix { !$0.isNewline })
  }
}
