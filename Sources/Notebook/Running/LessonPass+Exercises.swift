import Evaluation

extension LessonPass {
  /// Holds the exercise to its protocol, then runs its solution for the cells below.
  mutating func runExercise(_ exercise: Exercise) {
    let cells = exercise.cells.compactMap { lesson.cell(at: $0) }
    guard let solutionIndex = exercise.solution, let solution = lesson.cell(at: solutionIndex)
    else { return }
    if cells.contains(where: isJudged), let check = exercise.check.flatMap(lesson.cell(at:)) {
      runUntouched(exercise, check: check)
      for index in exercise.wrongs where !isStopped { runWrong(at: index, check: check) }
    }
    guard !isStopped, let run = executeInMain(solution) else { return }
    runs[solutionIndex] = run
    guard run.succeeded else {
      return stop(.failure, solution, "this solution failed", details: run.text)
    }
    compareOutput(of: solution, at: solutionIndex, run: run)
    guard let checkIndex = exercise.check, let check = lesson.cell(at: checkIndex),
      let verdict = executeInMain(check)
    else { return }
    runs[checkIndex] = verdict
    if verdict.succeeded {
      compareOutput(of: check, at: checkIndex, run: verdict)
    } else if cells.contains(where: isJudged) {
      add(.check, check, "the check refuses the lesson's own solution", details: verdict.text)
    }
  }

  private mutating func runUntouched(_ exercise: Exercise, check: Cell) {
    guard let start = lesson.cell(at: exercise.start) else { return }
    var sandbox = session
    guard let run = execute(start, in: &sandbox) else { return }
    runs[exercise.start] = run
    guard let verdict = execute(check, in: &sandbox) else { return }
    if run.succeeded, verdict.succeeded {
      add(.check, start, "the check accepts the untouched exercise \(exercise.id)")
    }
  }

  private mutating func runWrong(at index: Int, check: Cell) {
    guard let wrong = lesson.cell(at: index), case .wrong(let words) = wrong.role else { return }
    var sandbox = session
    guard var refusal = execute(wrong, in: &sandbox) else { return }
    runs[index] = refusal
    if refusal.succeeded {
      guard let verdict = execute(check, in: &sandbox) else { return }
      refusal = verdict
    }
    if refusal.succeeded {
      add(.check, wrong, "the check accepts this wrong answer")
    } else if !refusal.text.containsText(words) {
      add(
        .check, wrong, "this wrong answer is refused without the words \"\(words)\"",
        details: refusal.text)
    }
  }
}
