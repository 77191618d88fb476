import Evaluation
import Rendering
import Syntax

/// Runs one cell under the time limit.
struct CellExecutor<Session: Interpreter> {
  let lesson: Lesson
  let watchdog: Watchdog
  let timeLimitSeconds: Double
  let willRun: (Lesson, Cell) -> Void
  let render: ([Output]) -> String

  /// Nil if the cell had to be stopped.
  func execute(_ cell: Cell, in session: inout Session) -> CellRun? {
    willRun(lesson, cell)
    let clock = ContinuousClock()
    let start = clock.now
    let source = lesson.source(of: cell)
    var result = CellResult(outputs: [], succeeded: false)
    let isOverdue = watchdog.guarding(seconds: timeLimitSeconds) { result = session.run(source) }
    guard !isOverdue else { return nil }
    return CellRun(
      outputs: result.outputs, text: render(result.outputs), succeeded: result.succeeded,
      seconds: (clock.now - start).inSeconds)
  }
}
