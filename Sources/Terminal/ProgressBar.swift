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
    /// Whether there is a line on the screen. The cursor stands at its start, which a terminal
    /// that folds the line anew, because it became narrower, keeps.
    var isOnScreen = false
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

  /// What a session calls while it trains.
  package var watch: (TrainingProgress?) -> Void {
    { progress in
      if let progress { self.update(progress) } else { self.erase() }
    }
  }

  /// Takes the state after a step; most calls return at once.
  package func update(_ progress: TrainingProgress) {
    guard style != .silent else { return }
    drawn.withLock { drawn in
      if progress.step < drawn.step || progress.elapsedSeconds < drawn.seconds {
        drawn = Drawn(isOnScreen: drawn.isOnScreen)
      }
      drawn.step = progress.step
      if style == .redraw {
        redraw(progress, &drawn)
      } else {
        writeTenth(progress, &drawn)
      }
    }
  }

  /// Takes the line off the screen: the training is over.
  package func erase() {
    drawn.withLock { drawn in
      takeOff(&drawn)
      drawn = Drawn()
    }
  }

  /// Takes the line off the screen for a moment, in which something else is written there.
  package func hide() {
    drawn.withLock { drawn in takeOff(&drawn) }
  }

  private func takeOff(_ drawn: inout Drawn) {
    guard drawn.isOnScreen else { return }
    write("\r\u{1B}[J")
    echo?.turnOn()
    drawn.isOnScreen = false
  }

  private func redraw(_ progress: TrainingProgress, _ drawn: inout Drawn) {
    guard progress.elapsedSeconds - drawn.seconds >= Self.secondsBetweenDrawings,
      drawn.isOnScreen || progress.step < progress.stepCount
    else { return }
    drawn.seconds = progress.elapsedSeconds
    let line = format(progress, width())
    if !drawn.isOnScreen { echo?.turnOff() }
    // Automatic wrapping is off while the line is written, so that it cannot become two.
    write("\r\u{1B}[?7l\(line)\u{1B}[J\u{1B}[?7h\r")
    drawn.isOnScreen = true
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
