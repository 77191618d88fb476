import Evaluation
import Synchronization
import Testing

@testable import Terminal

@Suite struct ProgressBarTests {
  private final class Screen: Sendable {
    let text = Mutex("")
    let width = Mutex(80)
    var written: String { text.withLock { $0 } }
    func clear() { text.withLock { $0 = "" } }
  }

  private func bar(_ style: ProgressBar.Style, _ screen: Screen) -> ProgressBar {
    ProgressBar(
      style: style, write: { text in screen.text.withLock { $0 += text } },
      width: { screen.width.withLock { $0 } },
      format: { progress, width in
        String(repeating: "#", count: min(progress.step, width))
      })
  }

  private func progress(_ step: Int, of count: Int = 100, at seconds: Double) -> TrainingProgress {
    TrainingProgress(step: step, stepCount: count, elapsedSeconds: seconds, curves: [])
  }

  @Test func isDrawnTwelveTimesASecond() {
    let screen = Screen()
    let bar = bar(.redraw, screen)
    for step in 1...1000 { bar.update(progress(step, of: 1000, at: Double(step) / 1000)) }
    let drawings = screen.written.ranges(of: "\u{1B}[?7l").count
    #expect((11...12).contains(drawings))
  }

  @Test func shortTrainingShowsNothing() {
    let screen = Screen()
    let bar = bar(.redraw, screen)
    bar.update(progress(1, at: 0.01))
    bar.erase()
    #expect(screen.written.isEmpty)
  }

  @Test func eraseLeavesNothing() {
    let screen = Screen()
    let bar = bar(.redraw, screen)
    bar.update(progress(3, at: 1))
    #expect(screen.written == "\r\u{1B}[?7l###\u{1B}[J\u{1B}[?7h\r")
    screen.clear()
    bar.erase()
    #expect(screen.written == "\r\u{1B}[J")
    screen.clear()
    bar.erase()
    #expect(screen.written.isEmpty)
  }

  @Test func hiddenLineComesBackWithTheNextStep() {
    let screen = Screen()
    let bar = bar(.redraw, screen)
    bar.update(progress(3, at: 1))
    screen.clear()
    bar.hide()
    #expect(screen.written == "\r\u{1B}[J")
    bar.hide()
    #expect(screen.written == "\r\u{1B}[J")
    bar.update(progress(4, at: 2))
    #expect(screen.written.contains("####"))
  }

  @Test func nextTrainingStartsAfresh() {
    let screen = Screen()
    let bar = bar(.redraw, screen)
    bar.update(progress(50, at: 5))
    screen.clear()
    bar.update(progress(1, at: 0.2))
    #expect(screen.written.contains("#"))
  }

  @Test func tenthsAreLines() {
    let screen = Screen()
    let bar = bar(.tenths, screen)
    for step in 1...20 { bar.update(progress(step, of: 20, at: Double(step))) }
    bar.erase()
    let lines = screen.written.split(separator: "\n")
    #expect(lines.map(\.count) == [2, 4, 6, 8, 10, 12, 14, 16, 18, 20])
  }

  @Test func silentWritesNothing() {
    let screen = Screen()
    let bar = bar(.silent, screen)
    bar.update(progress(5, at: 5))
    bar.erase()
    #expect(screen.written.isEmpty)
  }
}
