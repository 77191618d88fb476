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
    /// Keeps the stop that was reached, with the lesson's session.
    package var keepPlace: (Int, State) -> Void
    /// Keeps what the learner has typed at the stop.
    package var keepTyped: (Int, State) -> Void
    package var keepProgress: (LessonProgress) -> Void

    package init(
      makeState: @escaping () -> State, prose: @escaping (String) -> String,
      program: @escaping (String) -> String, quiet: @escaping (String) -> String,
      keepPlace: @escaping (Int, State) -> Void, keepTyped: @escaping (Int, State) -> Void,
      keepProgress: @escaping (LessonProgress) -> Void
    ) {
      self.makeState = makeState
      self.prose = prose
      self.program = program
      self.quiet = quiet
      self.keepPlace = keepPlace
      self.keepTyped = keepTyped
      self.keepProgress = keepProgress
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
  /// Whether what is typed at the stop has a place to come back to.
  private var hasKeptPlace = false
  /// What was typed at the stop in an earlier sitting.
  private var typed: State?
  /// What the check of the exercise said last.
  var lastVerdict: String?
  /// The variables that the learner has set at this stop.
  var ownNames: Set<String> = []
  /// Whether the learner was told that they stay behind.
  private var knowsOfOwnNames = false
  /// Whether Enter may be meant for an answer that was found to be right a moment ago.
  var ignoresEnter = false

  /// A stop that was reached before, with the lesson's session and what the learner made of it.
  package struct Place {
    let position: Int
    let state: State
    let typed: State?

    package init(position: Int, state: State, typed: State?) {
      self.position = position
      self.state = state
      self.typed = typed
    }
  }

  /// Begins at the top, or goes on from a place that was kept.
  package init(
    _ lesson: Lesson, progress: LessonProgress, resuming kept: Place?, outside: Outside
  ) {
    self.lesson = lesson
    self.outside = outside
    self.progress = progress
    stops = lesson.stops
    if let kept, stops.indices.contains(kept.position) {
      position = kept.position
      main = kept.state
      typed = kept.typed
      hasKeptPlace = true
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

  /// Shows the first stop of a sitting, with what the learner has typed there before.
  package func begin(_ repl: inout REPL<State>) {
    prepare(&repl)
    present(repl)
    guard let typed else { return }
    self.typed = nil
    repl.begin(with: typed)
  }

  /// Shows what there is to read, and what Enter will do.
  func present(_ repl: REPL<State>) {
    let stop = stops[position]
    let prose = outside.prose(stop.prose)
    if !prose.isEmpty { repl.write("\n" + prose) }
    switch stop.step {
    case .cell(let index):
      guard let cell = lesson.cell(at: index) else { return }
      repl.write("\n" + outside.program(cell.content))
      let enter =
        cell.options.contains(.skip) ? "only to read; Enter goes on" : "Enter runs this cell"
      repl.write(outside.quiet("\(place)   \(enter); anything else is yours to try"))
    case .exercise(let exercise):
      presentExercise(exercise, repl)
    case .end:
      repl.write(outside.quiet("\n\(place)   the end of the lesson; Enter leaves it"))
    }
  }

  var place: String { "[\(position + 1)/\(stops.count)]" }

  // MARK: Going on

  /// What Enter on an empty line does.
  package func goOn(_ repl: inout REPL<State>) {
    switch stops[position].step {
    case .cell(let index):
      if runLessonCell(index, &repl) { advance(&repl) }
    case .exercise where ignoresEnter, .end where ignoresEnter: break
    case .exercise(let exercise): checkAnswer(exercise, &repl)
    case .end: repl.isFinished = true
    }
    ignoresEnter = false
  }

  /// Whether the lesson can go on; a cell that failed or was stopped has changed nothing.
  private func runLessonCell(_ index: Int, _ repl: inout REPL<State>) -> Bool {
    guard let cell = lesson.cell(at: index) else { return true }
    guard !cell.options.contains(.skip) else {
      progress.doneCells.insert(cell.number)
      return true
    }
    guard runInMain(cell, &repl, isShown: true) else {
      repl.write(
        outside.quiet("\(place)   this cell did not run to its end; Enter runs it again"))
      return false
    }
    progress.doneCells.insert(cell.number)
    return true
  }

  /// Runs a cell of the lesson and says whether it ran to its end. One that fails against its word
  /// changes nothing, and neither does one that was stopped: what follows would be another lesson.
  func runInMain(_ cell: Cell, _ repl: inout REPL<State>, isShown: Bool = false) -> Bool {
    let before = main
    let interruption = repl.settings.interruption
    var isStopped = false
    let result = repl.watchedRun { _, watch in
      let result = main.run(lesson.source(of: cell), watch: isShown ? watch : nil)
      isStopped = interruption.isRaised
      return result
    }
    if isShown { repl.write(repl.settings.render(result.unseen)) }
    let isComplete = !isStopped && result.succeeded != cell.options.contains(.error)
    if !isComplete { main = before }
    return isComplete
  }

  /// Moves to the next stop and shows it.
  func advance(_ repl: inout REPL<State>) {
    if !ownNames.isEmpty, !knowsOfOwnNames {
      repl.write(outside.quiet("what you set here stays behind; the lesson goes on with its own"))
      knowsOfOwnNames = true
    }
    ownNames = []
    position += 1
    arrive(&repl)
  }

  /// Called when the learner's session is another.
  package func didChange(_ repl: REPL<State>) {
    if !hasKeptPlace { keepPlace() }
    outside.keepTyped(position, repl.state)
  }

  private func keepPlace() {
    outside.keepPlace(position, main)
    hasKeptPlace = true
  }

  func arrive(_ repl: inout REPL<State>) {
    checkpoints[position] = main
    keepPlace()
    outside.keepProgress(progress)
    prepare(&repl)
    present(repl)
  }

  // MARK: Moving

  /// Goes to another stop, running what lies between without showing it. What is stopped or fails
  /// on the way is where it ends.
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
      guard pass(&repl) else { return stopShort(&repl) }
      position += 1
      checkpoints[position] = main
    }
    arrive(&repl)
  }

  /// Runs what the stop holds without showing it, and says whether it ran to its end.
  private func pass(_ repl: inout REPL<State>) -> Bool {
    switch stops[position].step {
    case .cell(let index):
      guard let cell = lesson.cell(at: index), !cell.options.contains(.skip) else { return true }
      return runInMain(cell, &repl)
    case .exercise(let exercise): return settle(exercise, &repl)
    case .end: return true
    }
  }
}
