import Evaluation
import Notebook
import Rendering
import Syntax

/// A lesson that a learner walks through at the prompt, cell by cell.
///
/// The lesson's own session is kept apart: what the learner tries at a stop happens in a copy,
/// which the next cell of the lesson replaces. So nothing that is tried can break what follows.
package final class GuidedLesson<State: Interpreter> {
  /// How a guided lesson shows and keeps things.
  package struct Outside {
    /// A session in which nothing has happened yet.
    package var makeState: () -> State
    /// Markdown as text for the terminal.
    package var prose: (String) -> String
    /// A program as text for the terminal.
    package var program: (String) -> String
    /// A line that only guides, such as `Enter runs this cell`.
    package var quiet: (String) -> String
    /// Keeps how far the learner is, with the lesson's session.
    package var save: (Int, State, LessonProgress) -> Void

    package init(
      makeState: @escaping () -> State, prose: @escaping (String) -> String,
      program: @escaping (String) -> String, quiet: @escaping (String) -> String,
      save: @escaping (Int, State, LessonProgress) -> Void
    ) {
      self.makeState = makeState
      self.prose = prose
      self.program = program
      self.quiet = quiet
      self.save = save
    }
  }

  package let lesson: Lesson
  let stops: [LessonStop]
  let outside: Outside
  package internal(set) var progress: LessonProgress
  package internal(set) var position: Int
  /// The lesson's session as it is before the stop at `position`.
  var main: State
  /// The lesson's session before each stop that was reached in this sitting.
  var checkpoints: [Int: State] = [:]
  /// What the check of the exercise says of an answer nobody has given yet.
  var untouchedVerdict: String?

  /// Begins at the top, or goes on from what `save` kept.
  package init(
    _ lesson: Lesson, progress: LessonProgress, resuming kept: (position: Int, state: State)?,
    outside: Outside
  ) {
    self.lesson = lesson
    self.outside = outside
    self.progress = progress
    stops = lesson.stops
    if let kept, stops.indices.contains(kept.position) {
      position = kept.position
      main = kept.state
    } else {
      position = 0
      main = GuidedLesson.freshState(lesson, outside)
    }
    checkpoints[position] = main
  }

  static func freshState(_ lesson: Lesson, _ outside: Outside) -> State {
    var state = outside.makeState()
    if let seed = lesson.frontMatter.seed { _ = state.run(.seed(seed)) }
    return state
  }

  /// The session to type into at this stop.
  package var sandbox: State { main }

  package var isFinished: Bool {
    if case .end = stops[position].step { true } else { false }
  }

  // MARK: Showing a stop

  /// Shows what there is to read, and what Enter will do.
  package func present(_ repl: inout REPL<State>) {
    let stop = stops[position]
    let prose = outside.prose(stop.prose)
    if !prose.isEmpty { repl.write("\n" + prose) }
    switch stop.step {
    case .cell(let index):
      guard let cell = lesson.cell(at: index) else { return }
      repl.write("\n" + outside.program(cell.content))
      repl.write(outside.quiet("\(place)   Enter runs this cell; anything else is yours to try"))
    case .exercise(let exercise):
      prepareExercise(exercise, &repl)
    case .end:
      repl.write(outside.quiet("\n\(place)   the end of the lesson; Enter leaves it"))
    }
  }

  private func prepareExercise(_ exercise: Exercise, _ repl: inout REPL<State>) {
    if let start = lesson.cell(at: exercise.start) {
      repl.write("\n" + outside.program(start.content))
      // The learner starts from what the exercise has prepared, if it runs as it stands.
      var prepared = main
      if prepared.run(lesson.source(of: start)).succeeded { repl.state = prepared }
    }
    untouchedVerdict = verdict(on: repl.state, exercise)?.message
    let hints = exercise.hints.isEmpty ? "" : " :hint"
    repl.write(
      outside.quiet(
        "\(place)   exercise: answer at the prompt, Enter checks  \(hints) :solution :skip"))
  }

  private var place: String { "[\(position + 1)/\(stops.count)]" }

  // MARK: Going on

  /// What Enter on an empty line does.
  package func goOn(_ repl: inout REPL<State>) {
    switch stops[position].step {
    case .cell(let index):
      runLessonCell(index, &repl)
      advance(&repl)
    case .exercise(let exercise): checkAnswer(exercise, isAsked: true, &repl)
    case .end: repl.isFinished = true
    }
  }

  private func runLessonCell(_ index: Int, _ repl: inout REPL<State>) {
    guard let cell = lesson.cell(at: index) else { return }
    progress.doneCells.insert(cell.number)
    guard !cell.options.contains(.skip) else { return }
    let result = runInMain(cell, &repl)
    repl.write(repl.settings.render(result.outputs))
    if !result.succeeded, !cell.options.contains(.error) {
      repl.write(outside.quiet("this cell failed here; `:back` returns to it"))
    }
  }

  private func runInMain(_ cell: Cell, _ repl: inout REPL<State>) -> CellResult {
    repl.settings.interruption.reset()
    defer {
      repl.settings.progress?.erase()
      repl.settings.interruption.reset()
    }
    return main.run(lesson.source(of: cell))
  }

  /// Moves to the next stop and shows it.
  func advance(_ repl: inout REPL<State>) {
    position += 1
    arrive(&repl)
  }

  func arrive(_ repl: inout REPL<State>) {
    checkpoints[position] = main
    repl.state = main
    outside.save(position, main, progress)
    present(&repl)
  }

  // MARK: Exercises

  /// Called after each input of the learner.
  package func didRun(_ result: CellResult, _ repl: inout REPL<State>) {
    guard case .exercise(let exercise) = stops[position].step, result.succeeded else { return }
    checkAnswer(exercise, isAsked: false, &repl)
  }

  private struct Verdict {
    let isRight: Bool
    let message: String
  }

  /// What the check says of a session, which stays as it is.
  private func verdict(on state: State, _ exercise: Exercise) -> Verdict? {
    guard let index = exercise.check, let check = lesson.cell(at: index) else { return nil }
    var judged = state
    let result = judged.run(lesson.source(of: check))
    let failures = result.outputs.compactMap { output -> String? in
      guard case .failure(let failure) = output else { return nil }
      return failure.text.split(separator: "\n").first.map(String.init)
    }
    return Verdict(isRight: result.succeeded, message: failures.first ?? "")
  }

  private func checkAnswer(_ exercise: Exercise, isAsked: Bool, _ repl: inout REPL<State>) {
    guard let verdict = verdict(on: repl.state, exercise) else { return }
    guard !verdict.isRight else {
      progress.exercises[exercise.id, default: .init()].attempts += 1
      return finish(exercise, as: .solved, saying: "✓ that is right", &repl)
    }
    // What changes nothing is play, not an answer.
    guard isAsked || verdict.message != untouchedVerdict else { return }
    progress.exercises[exercise.id, default: .init()].attempts += 1
    untouchedVerdict = verdict.message
    repl.write("not yet: \(verdict.message.withoutErrorID)")
    outside.save(position, main, progress)
  }

  /// Closes the exercise: the lesson goes on with its own solution, whatever the learner wrote.
  func finish(
    _ exercise: Exercise, as outcome: ExerciseProgress.Outcome, saying text: String,
    _ repl: inout REPL<State>
  ) {
    repl.write(text)
    progress.exercises[exercise.id, default: .init()].outcome = outcome
    for index in exercise.cells {
      if let cell = lesson.cell(at: index) { progress.doneCells.insert(cell.number) }
    }
    for index in [exercise.solution, exercise.check] {
      if let index, let cell = lesson.cell(at: index) { _ = runInMain(cell, &repl) }
    }
    advance(&repl)
  }

  // MARK: Moving

  /// Goes to another stop, running what lies between without showing it.
  func move(to target: Int, _ repl: inout REPL<State>) {
    let start = checkpoints.keys.filter { $0 <= target }.max()
    if let start, let state = checkpoints[start] {
      position = start
      main = state
    } else {
      position = 0
      main = GuidedLesson.freshState(lesson, outside)
    }
    while position < target {
      switch stops[position].step {
      case .cell(let index):
        if let cell = lesson.cell(at: index), !cell.options.contains(.skip) {
          _ = runInMain(cell, &repl)
        }
      case .exercise(let exercise):
        for index in [exercise.solution, exercise.check] {
          if let index, let cell = lesson.cell(at: index) { _ = runInMain(cell, &repl) }
        }
      case .end: break
      }
      position += 1
      checkpoints[position] = main
    }
    arrive(&repl)
  }
}

extension String {
  /// `error[expectation]: the code has 5 numbers` without what only a program needs.
  fileprivate var withoutErrorID: String {
    guard hasPrefix("error["), let end = firstRange(of: "]: ") else { return self }
    return String(self[end.upperBound...])
  }
}
