import Notebook
import Rendering
import Synchronization
import Terminal
import Typography

/// What `check` shows: a line for every lesson that has ended and, on a terminal, one below them
/// that says what is under way.
final class CheckView: Sendable {
  private struct Step {
    let name: String
    let cell: Int
    let count: Int
  }

  private struct State {
    var doneCount = 0
    /// By path.
    var running: [String: Step] = [:]
    var isDrawn = false
  }

  private let lessonCount: Int
  private let nameWidth: Int
  private let hasColour: Bool
  private let isLive: Bool
  private let state = Mutex(State())

  init(_ lessons: [Lesson]) {
    let screen = Screen()
    lessonCount = lessons.count
    nameWidth = lessons.map { $0.name.count }.max() ?? 0
    hasColour = screen.context.color
    isLive = screen.capabilities.errorIsTerminal && !screen.capabilities.isDumb
  }

  func willRun(_ cell: Cell, of lesson: Lesson) {
    guard isLive else { return }
    state.withLock { state in
      state.running[lesson.path] = Step(
        name: lesson.name, cell: cell.number, count: lesson.cells.count)
      draw(&state)
    }
  }

  func didRun(_ run: LessonRun) {
    let report = run.report
    state.withLock { state in
      erase(&state)
      state.running[run.lesson.path] = nil
      state.doneCount += 1
      write(report)
      if state.doneCount < lessonCount { draw(&state) }
    }
  }

  /// A file that did not come to run.
  func didFail(_ report: LessonReport) { write(report) }

  private func write(_ report: LessonReport) {
    let line = report.line(nameWidth: nameWidth)
    let mark = paint(String(line.prefix(4)), report.passed ? "32" : "1;31")
    StandardStream.output.write(mark + line.dropFirst(4) + "\n")
  }

  /// The findings, and a line that sums up.
  func show(_ report: Report) {
    for finding in report.lessons.flatMap(\.findings) {
      StandardStream.output.write("\n" + painted(finding) + "\n")
    }
    let summary = paint(report.summary, report.failedCount == 0 ? "32" : "1;31")
    StandardStream.output.write((report.failedCount == 0 ? "" : "\n") + summary + "\n")
  }

  // MARK: The line below

  private func draw(_ state: inout State) {
    guard isLive else { return }
    let steps = state.running.values.sorted { $0.name < $1.name }
      .map { "\($0.name) \($0.cell)/\($0.count)" }
    let text = "\(state.doneCount) of \(lessonCount) done: \(steps.joined(separator: ", "))"
    let shown = DisplayWidth.truncate(
      text, to: TerminalCapabilities.currentWidth() - 1, unicode: true)
    StandardStream.error.write("\r\u{1B}[K" + paint(shown, "2"))
    state.isDrawn = true
  }

  private func erase(_ state: inout State) {
    if state.isDrawn { StandardStream.error.write("\r\u{1B}[K") }
    state.isDrawn = false
  }

  // MARK: Colour

  private func painted(_ finding: Finding) -> String {
    let lines = finding.text.split(separator: "\n", omittingEmptySubsequences: false)
    guard let headline = lines.first else { return "" }
    let details = lines.dropFirst().map { line -> String in
      guard finding.kind == .output else { return String(line) }
      switch line.first(where: { $0 != " " && !$0.isNumber }) {
      case "-": return paint(String(line), "31")
      case "+": return paint(String(line), "32")
      default: return String(line)
      }
    }
    return ([paint(String(headline), "1")] + details).joined(separator: "\n")
  }

  private func paint(_ text: String, _ code: String) -> String {
    hasColour ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
