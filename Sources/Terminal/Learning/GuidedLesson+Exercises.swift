import Evaluation
import Notebook
import Rendering
import Syntax

/// Exercises: what the learner starts from, and what the check says of an answer.
extension GuidedLesson {
  /// Gives the learner the lesson's session, at an exercise with what that has prepared.
  func prepare(_ repl: inout REPL<State>) {
    repl.begin(with: main)
    guard case .exercise(let exercise) = stops[position].step else { return }
    if let start = lesson.cell(at: exercise.start) {
      // An exercise need not run as it stands.
      var prepared = main
      if prepared.run(lesson.source(of: start)).succeeded { repl.begin(with: prepared) }
    }
    untouchedVerdict = verdict(on: repl.state, exercise)?.message
  }

  func presentExercise(_ exercise: Exercise, _ repl: REPL<State>) {
    if let start = lesson.cell(at: exercise.start) {
      repl.write("\n" + outside.program(start.content))
    }
    let hints = exercise.hints.isEmpty ? "" : " :hint"
    repl.write(
      outside.quiet(
        "\(place)   exercise: answer at the prompt, Enter checks  \(hints) :solution :skip"))
  }

  /// Called after each input of the learner.
  package func didRun(_ result: CellResult, _ repl: inout REPL<State>) {
    guard case .exercise(let exercise) = stops[position].step, result.succeeded else { return }
    checkAnswer(exercise, isAsked: false, &repl)
  }

  struct Verdict {
    let isRight: Bool
    let message: String
  }

  /// What the check says of a session, which stays as it is.
  func verdict(on state: State, _ exercise: Exercise) -> Verdict? {
    guard let index = exercise.check, let check = lesson.cell(at: index) else { return nil }
    var judged = state
    let result = judged.run(lesson.source(of: check))
    let failures = result.outputs.compactMap { output -> String? in
      guard case .failure(let failure) = output else { return nil }
      return failure.text.split(separator: "\n").first.map(String.init)
    }
    return Verdict(isRight: result.succeeded, message: failures.first ?? "")
  }

  func checkAnswer(_ exercise: Exercise, isAsked: Bool, _ repl: inout REPL<State>) {
    guard let verdict = verdict(on: repl.state, exercise) else { return }
    guard !verdict.isRight else {
      progress.exercises[exercise.id, default: .init()].attempts += 1
      return finish(exercise, as: .solved, saying: "✓ that is right", &repl)
    }
    // What changes nothing is play, not an answer.
    guard isAsked || verdict.message != untouchedVerdict else { return }
    progress.exercises[exercise.id, default: .init()].attempts += 1
    untouchedVerdict = verdict.message
    repl.write("not yet; \(verdict.message.withoutErrorID)")
    outside.keepProgress(progress)
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
    if settle(exercise, &repl) { advance(&repl) } else { stopShort(&repl) }
  }

  /// Runs the lesson's own solution, and says whether it ran to its end.
  func settle(_ exercise: Exercise, _ repl: inout REPL<State>) -> Bool {
    let before = main
    for index in [exercise.solution, exercise.check] {
      guard let index, let cell = lesson.cell(at: index) else { continue }
      if !runInMain(cell, &repl) {
        main = before
        return false
      }
    }
    return true
  }

  func stopShort(_ repl: inout REPL<State>) {
    arrive(&repl)
    repl.write(
      outside.quiet("the lesson's own cells did not run to their end; this is before them"))
  }
}

extension String {
  /// `error[expectation]: the code has 5 numbers` without what only a program needs.
  fileprivate var withoutErrorID: String {
    guard hasPrefix("error["), let end = firstRange(of: "]: ") else { return self }
    return String(self[end.upperBound...])
  }
}
