import Synchronization
import Testing

@testable import Notebook

@Suite struct RunnerTests {
  static let exercise = """
    ```latent
    x = 1
    ```
    ```latent exercise sum
    # Make y the sum of x and 2.
    y = x
    ```
    ```latent hint
    add
    ```
    ```latent solution
    y = x + 2
    ```
    ```latent check
    expect y == 3, "y is x + 2"
    ```
    ```latent wrong "expected 3, got 2"
    y = x + 1
    ```
    ```latent
    y
    ```
    ```output
    3
    ```

    """

  @Test func aLessonThatPrintsWhatItSaysPasses() {
    let run = run("```latent\nx = 1\nx + 1\n```\n```output\n2\n```\n```latent\nx = 4\n```\n")
    #expect(run.findings.isEmpty)
    #expect(run.report.passed)
    #expect(run.report.cases.map(\.line) == [1, 8])
    #expect(run.cells[0]?.text == "2\n")
  }

  @Test func anotherOutputIsShownAsADiffWithTheLinesOfTheLesson() {
    let run = run("text\n```latent\nprint a\nprint b\n```\n```output\na\nc\n```\n")
    #expect(run.findings.count == 1)
    #expect(run.findings[0].kind == .output)
    #expect(run.findings[0].line == 6)
    #expect(run.findings[0].cell == 1)
    #expect(run.findings[0].details == "   7   a\n   8 - c\n     + b")
  }

  @Test func anOutputThatNobodyExpectsFails() {
    let run = run("```latent\nprint a\nprint b\n```\n")
    #expect(
      run.findings.map(\.message) == [
        "this cell prints 2 lines that the lesson does not expect; latent promote would add them"
      ])
    #expect(run.findings[0].details == "     + a\n     + b")
  }

  @Test func aMissingOutputFails() {
    let run = run("```latent\nx = 1\n```\n```output\n1\n```\n")
    #expect(run.findings.map(\.details) == ["   5 - 1"])
  }

  @Test(arguments: [
    "```latent volatile\nprint a\n```\n",
    "```latent volatile\nprint a\n```\n```output\nb\n```\n",
    "```latent\nprint a\n```\n```output volatile\nb\n```\n",
    "```latent\nprint a\n```\n```output\n...\n```\n",
    "```latent skip\nfail\n```\n",
    "```latent error\nfail no\n```\n```output\nerror[failed]: no\n  cell:1\n```\n",
  ])
  func optionsRelaxTheComparison(_ text: String) {
    #expect(run(text).findings == [])
  }

  @Test func aFailedCellStopsTheLesson() {
    let run = run("```latent\nfail no\n```\n\n```latent\nx\n```\n\n```latent\n1\n```\n")
    #expect(run.findings.map(\.message) == ["this cell failed; 2 cells below it were not run"])
    #expect(run.findings[0].details == "error[failed]: no\n  04-autoencoders.md:2\n")
    #expect(run.cells.count == 1)
  }

  @Test func anErrorCellHasToFail() {
    let run = run("```latent error\nx = 1\n```\n")
    #expect(run.findings.map(\.kind) == [.missingFailure])
  }

  @Test func anErrorCellKeepsWhatItPrints() {
    let run = run("```latent error\nfail no\n```\n```output\nerror[failed]: yes\n...\n```\n")
    #expect(run.findings.map(\.kind) == [.output])
  }

  @Test func theSeedOfTheFrontMatterComesFirst() {
    let text = "---\nseed: 4\n---\n```latent\nroll\n```\n```output\n4001\n```\n"
    #expect(run(text).findings == [])
  }

  @Test func exercisesRunTheirSolution() {
    let run = run(Self.exercise)
    #expect(run.findings == [])
    #expect(
      run.report.cases.map(\.name) == [
        "cell", "exercise", "solution", "check", "wrong answer", "cell",
      ])
  }

  @Test(arguments: [
    ("y = x\n", "y = x + 2\n", "the check accepts the untouched exercise sum", 4),
    ("got 2", "got 7", "this wrong answer is refused without the words \"expected 3, got 7\"", 17),
    ("y = x + 1", "y = 2 + x", "the check accepts this wrong answer", 17),
    ("y = x + 2\n", "y = x + 3\n", "the check refuses the lesson's own solution", 14),
    ("y = x + 2\n", "y = w\n", "this solution failed; the cell below it was not run", 11),
  ])
  func exercisesAreHeldToTheirProtocol(
    _ old: String, _ new: String, _ message: String, _ line: Int
  ) {
    let parts = Self.exercise.components(around: old)
    let run = run(parts.0 + new + parts.1)
    #expect(run.findings.first?.message == message)
    #expect(run.findings.first?.line == line)
  }

  @Test func aWrongAnswerMayAlreadyFailByItself() {
    let parts = Self.exercise.components(around: "\"expected 3, got 2\"\ny = x + 1")
    #expect(run(parts.0 + "\"there is no w\"\ny = w" + parts.1).findings == [])
  }

  @Test func exercisesLeaveTheMainSessionAlone() {
    let text = """
      ```latent exercise a
      y = 5
      roll
      ```
      ```latent solution
      z = 1
      ```
      ```latent check
      expect z == 1
      ```
      ```latent wrong there is no z
      y = 7
      ```
      ```latent
      roll
      ```
      ```output
      1
      ```
      ```latent error
      y
      ```
      ```output
      ...
      ```
      """
    #expect(run(text).findings == [])
  }

  @Test func aCellThatTakesTooLongIsStopped() {
    let run = run("```latent\nspin\n```\n```latent\n1\n```\n", limit: 0.05)
    #expect(
      run.findings.map(\.message) == [
        "this cell was stopped after 0.1 s, the limit for a cell; the cell below it was not run"
      ])
    #expect(run.findings[0].kind == .timeLimit)
  }

  @Test func aLessonMaySayHowLongItsCellsTake() {
    let text = "---\nlimit: 0.2\n---\n```latent\nspin\n```\n"
    #expect(
      run(text).findings.map(\.message) == [
        "this cell was stopped after 0.2 s, the limit for a cell"
      ])
    #expect(
      run(text, limit: 0.1).findings.map(\.message) == [
        "this cell was stopped after 0.1 s, the limit for a cell"
      ])
  }

  @Test func everyCellIsAnnounced() {
    let heard = Names()
    var runner = fakeRunner()
    runner.willRun = { lesson, cell in heard.append("\(lesson.name) \(cell.number)") }
    _ = runner.run(lesson("```latent\n1\n```\n```latent skip\n2\n```\n```latent\n3\n```\n"))
    #expect(heard.all == ["04-autoencoders 1", "04-autoencoders 3"])
  }

  @Test func onlyOneCellIsJudgedWhenAsked() {
    let text = "```latent\nprint a\n```\n```latent\nprint b\n```\n```latent\nprint c\n```\n"
    let second = run(text, only: .number(2))
    #expect(second.findings.map(\.cell) == [2])
    #expect(second.cells.count == 2)
    #expect(second.report.line(nameWidth: 0).contains("  cell 2 of 3  "))
    let none = run(text, only: .number(9))
    #expect(none.findings.map(\.message) == ["there is no cell 9; the lesson has 3"])
    #expect(none.cells.isEmpty)
  }

  @Test func anExerciseIsJudgedByItsName() {
    let wrong = Self.exercise.replacing("y = x + 2", with: "y = x + 3")
    let whole = run(wrong, only: CellChoice("sum"))
    #expect(whole.findings.map(\.cell) == [5])
    #expect(whole.report.line(nameWidth: 0).contains("  cells 2 to 6 of 7  "))
    #expect(run(wrong, only: CellChoice("1")).findings == [])
    #expect(
      run(wrong, only: CellChoice("product")).findings.map(\.message)
        == ["there is no exercise product; the lesson has sum"])
  }

  @Test func cellsHaveOneNumberEverywhere() {
    let run = run(Self.exercise.replacing("3\n```\n", with: "4\n```\n"))
    #expect(run.report.line(nameWidth: 0).contains("   7 cells  "))
    #expect(run.findings.map(\.cell) == [7])
    #expect(run.report.cases.map(\.cell) == [1, 2, 4, 5, 6, 7])
  }

  @Test func lessonsRunInParallelAndReportInOrder() {
    let lessons = (0..<20).map { number in
      lesson("```latent\n\(number)\n```\n```output\n\(number)\n```\n", path: "\(number).md")
    }
    let order = Names()
    let runs = fakeRunner().run(lessons, jobs: 4) { order.append($0.lesson.name) }
    #expect(runs.map(\.lesson.name) == (0..<20).map(String.init))
    #expect(order.all == runs.map(\.lesson.name))
    #expect(runs.allSatisfy { $0.findings.isEmpty })
    #expect(fakeRunner().run([], jobs: 4).isEmpty)
  }
}

private final class Names: Sendable {
  private let names = Mutex<[String]>([])
  var all: [String] { names.withLock { $0 } }
  func append(_ name: String) { names.withLock { $0.append(name) } }
}

extension String {
  /// What stands before and behind the only place of `text`.
  func components(around text: String) -> (String, String) {
    let parts = split(separator: text, maxSplits: 1, omittingEmptySubsequences: false)
    return (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
  }

  // MARK: Memory

  /// Programs that ran, in order, over several runs of texts under the same path.
  private func programs(_ texts: [String], isRepeatable: Bool = true) -> [[String]] {
    let log = Mutex<[String]>([])
    var runner = fakeRunner()
    runner.memory = LessonMemory()
    runner.isRepeatable = { _ in isRepeatable }
    return texts.map { text in
      log.withLock { $0 = [] }
      runner.willRun = { _, cell in log.withLock { $0.append(cell.content) } }
      let fresh = fakeRunner().run(lesson(text))
      let run = runner.run(lesson(text))
      #expect(run.findings == fresh.findings)
      #expect(run.cells.mapValues(\.text) == fresh.cells.mapValues(\.text))
      return log.withLock { $0 }
    }
  }

  private func cells(_ programs: String...) -> String {
    programs.map { "```latent\n\($0)\n```\n```output\n1\n```\n" }.joined(separator: "Prose.\n")
  }

  @Test func whatIsRememberedIsNotRunAgain() {
    let first = cells("x = 1", "x + 1", "roll", "roll")
    #expect(programs([first, first])[1] == [])
    let changed = cells("x = 1", "x + 2", "roll", "roll")
    #expect(programs([first, changed])[1] == ["x + 2", "roll", "roll"])
    #expect(programs([first, cells("x = 1", "x + 1", "roll", "roll", "x")])[1] == ["x"])
    #expect(programs([first, changed, first])[2] == ["x + 1", "roll", "roll"])
    #expect(programs(["---\nseed: 1\n---\n" + first, "---\nseed: 2\n---\n" + first])[1].count == 4)
    // Errors name lines, so cells that have moved are run.
    #expect(programs([first, "A line.\n\n" + first])[1].count == 4)
    #expect(programs([first, first + "\nProse below.\n"])[1] == [])
    #expect(programs([first, first], isRepeatable: false)[1].count == 4)
  }

  @Test func failuresAndExercisesAreRunAgain() {
    #expect(
      programs([cells("x = 1", "fail a", "x"), cells("x = 1", "fail a", "x")])[1] == ["fail a"])
    let exercise = RunnerTests.exercise
    #expect(programs([exercise, exercise])[1].count == programs([exercise])[0].count - 2)
  }
}
