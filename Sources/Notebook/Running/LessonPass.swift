import Evaluation
import Rendering
import Syntax

/// One run through a lesson.
struct LessonPass<Session: Interpreter & SendableMetatype> {
  let runner: Runner<Session>
  let lesson: Lesson
  let executor: CellExecutor<Session>
  var session: Session
  var runs: [Int: CellRun] = [:]
  /// Numbers of the only cells to judge; nil stands for all.
  private let chosen: Set<Int>?
  private var findings: [Finding]
  private var trail: LessonTrail
  private let remembered: [Int: LessonMemory<Session>.Step]
  private var steps: [Int: LessonMemory<Session>.Step] = [:]
  /// Set by the failure after which the rest of the lesson makes no sense.
  private(set) var isStopped = false

  init(runner: Runner<Session>, lesson: Lesson) {
    self.runner = runner
    self.lesson = lesson
    let interruption = Interruption()
    executor = CellExecutor(
      lesson: lesson, watchdog: Watchdog(interruption),
      timeLimitSeconds: runner.cellTimeLimitSeconds ?? lesson.frontMatter.limitSeconds
        ?? Runner<Session>.usualCellTimeLimitSeconds,
      willRun: runner.willRun, render: runner.render)
    session = runner.makeSession(lesson, interruption)
    chosen = runner.only.map(lesson.numbers)
    findings = lesson.findings
    trail = LessonTrail(seed: lesson.frontMatter.seed)
    remembered = runner.memory?.steps(of: lesson.path) ?? [:]
  }

  mutating func run() -> LessonRun {
    let clock = ContinuousClock()
    let start = clock.now
    if let seed = lesson.frontMatter.seed { _ = session.run(.seed(seed)) }
    let exercises = Dictionary(
      lesson.exercises.map { ($0.start, $0) }, uniquingKeysWith: { first, _ in first })
    var notRun = 0
    for (index, cell) in lesson.cells {
      if isStopped || isBeyondChoice(cell) {
        notRun += isStopped && cell.role == .code ? 1 : 0
      } else if let exercise = exercises[index] {
        runExercise(exercise)
      } else if cell.role == .code, !cell.options.contains(.skip) {
        runCode(cell, at: index)
      }
    }
    if notRun > 0, let last = findings.indices.last {
      findings[last].message +=
        notRun == 1 ? "; the cell below it was not run" : "; \(notRun) cells below it were not run"
    }
    reportMissingChoice()
    runner.memory?.keep(steps, of: lesson.path)
    return LessonRun(
      lesson: lesson, cells: runs, findings: findings, seconds: (clock.now - start).inSeconds,
      chosen: chosen)
  }

  // MARK: Cells of the main session

  private mutating func runCode(_ cell: Cell, at index: Int) {
    guard let run = recall(cell) ?? executeInMain(cell) else { return }
    runs[index] = run
    remember(run)
    let mustFail = cell.options.contains(.error)
    guard run.succeeded != mustFail else {
      if mustFail, isJudged(cell) {
        add(
          .missingFailure, cell, "this cell must fail, as it is marked error, and it did not")
      } else if !mustFail {
        stop(.failure, cell, "this cell failed", details: run.text)
      }
      return
    }
    compareOutput(of: cell, at: index, run: run)
  }

  mutating func compareOutput(of cell: Cell, at index: Int, run: CellRun) {
    guard isJudged(cell), !cell.options.contains(.volatile) else { return }
    let received = Expectation.lines(of: run.text)
    guard let output = lesson.output(after: index)?.cell else {
      // A learner's own answer may print what it likes, so these need no output.
      if cell.role == .code, !received.isEmpty { reportUnexpected(received, after: cell) }
      return
    }
    if case .output(isVolatile: true) = output.role { return }
    let expected = output.contentLines
    guard !Expectation(lines: expected).matches(received) else { return }
    let diff = LineDiff(
      expected: expected, received: received, firstLine: output.firstLine + 1)
    findings.append(
      Finding(
        .output, path: lesson.path, line: output.firstLine, cell: cell.number,
        message: "this cell prints something else than the lesson expects", details: diff.text))
  }

  private mutating func reportUnexpected(_ received: [String], after cell: Cell) {
    let count = received.count == 1 ? "a line" : "\(received.count) lines"
    let pronoun = received.count == 1 ? "it" : "them"
    add(
      .output, cell,
      "this cell prints \(count) that the lesson does not expect; "
        + "latent promote would add \(pronoun)",
      details: LineDiff(expected: [], received: received, firstLine: 0).text)
  }

  // MARK: Running and reporting

  /// What the cell came to when the same cells were run before.
  private mutating func recall(_ cell: Cell) -> CellRun? {
    var here = trail
    here.add(cell)
    guard let step = remembered[here.value] else { return nil }
    trail = here
    session = runner.adopt(step.session, session)
    return step.run
  }

  private mutating func remember(_ run: CellRun) {
    guard runner.memory != nil, run.succeeded, runner.isRepeatable(session) else { return }
    steps[trail.value] = .init(session: session, run: run)
  }

  mutating func executeInMain(_ cell: Cell) -> CellRun? {
    trail.add(cell)
    let run = executor.execute(cell, in: &session)
    if run == nil { stopOverdue(cell) }
    return run
  }

  mutating func execute(_ cell: Cell, in sandbox: inout Session) -> CellRun? {
    let run = executor.execute(cell, in: &sandbox)
    if run == nil { stopOverdue(cell) }
    return run
  }

  private mutating func stopOverdue(_ cell: Cell) {
    let limit = executor.timeLimitSeconds.shortest
    stop(
      .timeLimit, cell,
      "this \(cell.role.name) was stopped after \(limit) s, the limit for a cell")
  }

  func isJudged(_ cell: Cell) -> Bool {
    chosen?.contains(cell.number) ?? true
  }

  /// Whether the cell stands below all that were asked for; an exercise is run as a whole.
  private func isBeyondChoice(_ cell: Cell) -> Bool {
    chosen.map { cell.number > $0.max() ?? 0 } ?? false
  }

  private mutating func reportMissingChoice() {
    guard let only = runner.only, chosen?.isEmpty == true else { return }
    findings.append(
      Finding(.notRun, path: lesson.path, line: 1, message: lesson.missing(only)))
  }

  mutating func add(
    _ kind: Finding.Kind, _ cell: Cell, _ message: String, details: String? = nil
  ) {
    findings.append(lesson.finding(kind, at: cell, message, details: details))
  }

  mutating func stop(
    _ kind: Finding.Kind, _ cell: Cell, _ message: String, details: String? = nil
  ) {
    add(kind, cell, message, details: details)
    isStopped = true
  }
}

extension Lesson {
  /// The cell that is the block at `index`.
  package func cell(at index: Int) -> Cell? {
    guard blocks.indices.contains(index), case .cell(let cell) = blocks[index] else { return nil }
    return cell
  }
}

extension Source {
  /// The cell that applies the seed of a lesson's front matter.
  package static func seed(_ seed: UInt64) -> Source {
    Source(name: "front matter", text: "seed \(seed)")
  }
}
