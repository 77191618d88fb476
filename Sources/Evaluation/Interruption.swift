import Synchronization

/// A flag that a signal handler or another thread raises to stop long work after its current step.
package final class Interruption: Sendable {
  private let raised = Atomic<Bool>(false)

  package init() {}

  package var isRaised: Bool { raised.load(ordering: .relaxed) }
  package func raise() { raised.store(true, ordering: .relaxed) }
  package func reset() { raised.store(false, ordering: .relaxed) }
}
