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
    lastVerdict = nil
  }

  func presentExercise(_ exercise: Exercise, _ repl: REPL<State>) {
    if let start = lesson.cell(at: exercise.start) {
      repl.write("\n" + outside.program(start.content))
    }
    let hints = exercise.hints.isEmpty ? "" : " :hint"
    repl.write(
      outside.quiet(
        "\(place)   exercise: answer at the prompt; Enter checks it  \(hints) :solution :skip"))
  }

  /// Called after each input of the learner. One that completes the answer is checked at once.
  package func didRun(_ result: CellResult, _ repl: inout REPL<State>) {
    ownNames.formUnion(result.namesSet)
    guard case .exercise(let exercise) = stops[position].step, result.succeeded else { return }
    let asked = namesAsked(by: exercise)
    guard asked.isSubset(of: ownNames), !asked.isDisjoint(with: result.namesSet) else { return }
    if checkAnswer(exercise, &repl) { ignoresEnter = true }
  }

  /// The names that an answer has to set: those of the solution that the check looks at.
  private func namesAsked(by exercise: Exercise) -> Set<String> {
    func source(_ index: Int?) -> Source? {
      index.flatMap { lesson.cell(at: $0) }.map { lesson.source(of: $0) }
    }
    guard let solution = source(exercise.solution), let check = source(exercise.check) else {
      return []
    }
    let program = Parser.parse(solution, commands: Builtin.commands)
    return Set(program.statements.flatMap(\.namesSet)).intersection(Lexer.names(in: check))
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
    return Verdict(isRight: result.succeeded, message: result.failure?.verdict ?? "")
  }

  /// Says what the check says, and whether the answer is right.
  @discardableResult
  func checkAnswer(_ exercise: Exercise, _ repl: inout REPL<State>) -> Bool {
    guard let verdict = verdict(on: repl.state, exercise) else { return false }
    progress.exercises[exercise.id, default: .init()].attempts += 1
    guard !verdict.isRight else {
      finish(exercise, as: .solved, saying: "✓ that is right", &repl)
      return true
    }
    repl.write("\(verdict.message == lastVerdict ? "still not" : "not yet"); \(verdict.message)")
    lastVerdict = verdict.message
    outside.keepProgress(progress)
    return false
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

extension Statement {
  fileprivate var namesSet: [String] {
    switch kind {
    case .assign(let targets, _): targets.map(\.name)
    case .define(let function): [function.name].compactMap(\.self)
    default: []
    }
  }
}

extension CellResult {
  fileprivate var failure: Failure? {
    for case .failure(let failure) in outputs { return failure }
    return nil
  }
}

extension Failure {
  /// `error[expectation-failed]: the code has 5 numbers` without what only a program needs.
  fileprivate var verdict: String {
    let line = text.prefix { $0 != "\n" }
    let sentence = line.firstRange(of: "]: ").map { String(line[$0.upperBound...]) } ?? String(line)
    // A name that is missing speaks for itself.
    let isPlain = id == "expectation-failed" || id == "unknown-name"
    return isPlain ? sentence : "the check stops, as \(sentence)"
  }
}
