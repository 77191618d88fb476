import Evaluation
import Foundation
import Testing

@testable import Terminal

@Suite struct TerminalSignalsTests {
  @Test func interruptRaisesTheFlagAndWakesTheReader() {
    let signals = TerminalSignals(interruption: Interruption())
    #expect(!signals.interruption.isRaised)
    #expect(signals.pending().isEmpty)
    raise(SIGINT)
    #expect(signals.interruption.isRaised)
    #expect(signals.pending() == [SIGINT])
    signals.interruption.reset()
    raise(SIGINT)
    signals.beginEditing()
    #expect(!signals.interruption.isRaised)
    #expect(signals.pending().isEmpty)
    raise(SIGWINCH)
    #expect(signals.pending() == [SIGWINCH])
    #expect(!signals.interruption.isRaised)
    signals.endEditing()
  }
}
