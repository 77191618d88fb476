import Evaluation
import Synchronization

/// Shows how far a `train` has come, on a line that is gone when the training is over.
package final class ProgressBar: Sendable {
  package enum Style: Sendable, Hashable {
    /// One line, drawn over and over, for a terminal.
    case redraw
    /// A line for each tenth, for a log.
    case tenths
    case silent
  }

  private struct Drawn {
    var seconds = 0.0
    var step = 0
    var tenth = 0
    /// Columns of the line on the screen; 0 if there is none.
    var columns = 0
  }

  /// Faster than this, nobody sees it and the terminal costs more than the training step.
  private static let secondsBetweenDrawings = 1.0 / 12

  private let style: Style
  private let write: @Sendable (String) -> Void
  private let width: @Sendable () -> Int
  private let format: @Sendable (TrainingProgress, _ width: Int) -> String
  private let echo: TerminalEcho?
  private let drawn = Mutex(Drawn())

  /// `echo` is turned off for as long as there is a line.
  package init(
    style: Style, echo: TerminalEcho? = nil,
    write: @escaping @Sendable (String) -> Void = { StandardStream.error.write($0) },
    width: @escaping @Sendable () -> Int = { TerminalCapabilities.currentWidth() },
    format: @escaping @Sendable (TrainingProgress, _ width: Int) -> String
  ) {
    self.style = style
    self.echo = echo
    self.write = write
    self.width = width
    self.format = format
  }

  /// Takes the state after a step; most calls return at once.
  package func update(_ progress: TrainingProgress) {
    guard style != .silent else { return }
    drawn.withLock { drawn in
      if progress.step < drawn.step || progress.elapsedSeconds < drawn.seconds {
        drawn = Drawn(columns: drawn.columns)
      }
      drawn.step = progress.step
      if style == .redraw {
        redraw(progress, &drawn)
      } else {
        writeTenth(progress, &drawn)
      }
    }
  }

  /// Takes the line off the screen.
  package func erase() {
    drawn.withLock { drawn in
      if drawn.columns > 0 {
        write(start(drawn, width: width()) + "\u{1B}[J")
        echo?.turnOn()
      }
      drawn = Drawn()
    }
  }

  private func redraw(_ progress: TrainingProgress, _ drawn: inout Drawn) {
    guard progress.elapsedSeconds - drawn.seconds >= Self.secondsBetweenDrawings else { return }
    drawn.seconds = progress.elapsedSeconds
    let width = width()
    let line = format(progress, width)
    if drawn.columns == 0 { echo?.turnOff() }
    // Automatic wrapping is off while the line is written, so that it cannot become two.
    write(start(drawn, width: width) + "\u{1B}[?7l\(line)\u{1B}[J\u{1B}[?7h")
    drawn.columns = min(line.columnsOnTerminal, width)
  }

  /// Moves to where the line on the screen begins; a terminal that became narrower has wrapped it.
  private func start(_ drawn: Drawn, width: Int) -> String {
    let rowsAbove = max(drawn.columns - 1, 0) / max(width, 1)
    return rowsAbove > 0 ? "\r\u{1B}[\(rowsAbove)A" : "\r"
  }

  private func writeTenth(_ progress: TrainingProgress, _ drawn: inout Drawn) {
    guard progress.stepCount > 0 else { return }
    let tenth = progress.step * 10 / progress.stepCount
    guard tenth > drawn.tenth else { return }
    drawn.tenth = tenth
    drawn.seconds = progress.elapsedSeconds
    write(format(progress, width()) + "\n")
  }
}
