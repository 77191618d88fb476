import Evaluation
import Foundation
import Testing

@testable import Terminal

@Suite struct TerminalSignalsTests {
  /// Sends this process a signal and gives what the pipe then holds. The tests' own threads block
  /// signals, so that another thread handles it, a little later.
  private func send(_ signal: Int32, _ signals: TerminalSignals) -> [Int32] {
    kill(getpid(), signal)
    for _ in 0..<2000 {
      let pending = signals.pending()
      if !pending.isEmpty { return pending }
      usleep(1000)
    }
    return []
  }

  @Test func interruptRaisesTheFlagAndWakesTheReader() {
    let signals = TerminalSignals(interruption: Interruption())
    #expect(!signals.interruption.isRaised)
    #expect(send(SIGINT, signals) == [SIGINT])
    #expect(signals.interruption.isRaised)
    signals.beginEditing()
    #expect(!signals.interruption.isRaised)
    #expect(send(SIGWINCH, signals) == [SIGWINCH])
    #expect(!signals.interruption.isRaised)
    signals.endEditing()
  }
}
