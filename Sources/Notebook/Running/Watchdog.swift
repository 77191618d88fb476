import Dispatch
import Evaluation
import Synchronization

/// Raises an interruption when a piece of work takes too long.
final class Watchdog: Sendable {
  private let interruption: Interruption
  private let queue = DispatchQueue(label: "watchdog")
  /// Number of the guarded piece of work; an alarm of an earlier one must not stop a later one.
  private let turn = Mutex(0)

  init(_ interruption: Interruption) {
    self.interruption = interruption
  }

  /// Runs `work` and gives whether it was told to stop because it took longer than `seconds`.
  func guarding(seconds: Double, _ work: () -> Void) -> Bool {
    interruption.reset()
    let current = turn.withLock { turn in
      turn += 1
      return turn
    }
    let alarm = DispatchWorkItem { [self] in
      turn.withLock { turn in
        if turn == current { interruption.raise() }
      }
    }
    queue.asyncAfter(deadline: .now() + seconds, execute: alarm)
    work()
    alarm.cancel()
    return turn.withLock { turn in
      turn += 1
      defer { interruption.reset() }
      return interruption.isRaised
    }
  }
}
