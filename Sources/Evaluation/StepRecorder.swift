import Models
import Tensors

/// Watches a step of `train` to learn whether later steps can be replayed without interpreting
/// them: whether the step only builds graph, from state that the engine can carry along.
///
/// It cannot if the step looks at a value (to branch, print or compare), shows something, or reads
/// a variable that an earlier step left behind.
struct StepRecorder {
  /// Blocks of the frame in which `train` stands, below the body's own.
  let outerScopeCount: Int
  /// Whether `train` itself runs inside a function.
  let isInFunction: Bool
  private var hasLooked = false
  private var written: Set<String> = []
  private var carriedOver: Set<String> = []
  private var writtenThisStep: Set<String> = []
  /// Values that the step tracked, in order.
  private(set) var tracked: [(name: String, tensor: Tensor)] = []

  init(frame: Frame) {
    outerScopeCount = frame.scopes.count
    isInFunction = frame.function != nil
  }

  mutating func beginStep() {
    hasLooked = false
    writtenThisStep = []
    tracked = []
  }

  /// Called when the step asks for the value of a tensor or does something that shows.
  mutating func noteLook() { hasLooked = true }

  /// Whether the innermost block that has the name is part of the step.
  private func owns(_ frame: Frame, _ name: String) -> Bool {
    // A frame of a function called by the step lives inside the step.
    if frame.function != nil, !isInFunction { return true }
    return (frame.scopeIndex(of: name) ?? -1) >= outerScopeCount
  }

  mutating func noteRead(_ name: String, in frame: Frame) {
    if !owns(frame, name) { noteGlobalRead(name) }
  }

  mutating func noteGlobalRead(_ name: String) {
    if !writtenThisStep.contains(name) { carriedOver.insert(name) }
  }

  mutating func noteWrite(_ name: String, in frame: Frame) {
    if !owns(frame, name) { noteGlobalWrite(name) }
  }

  mutating func noteGlobalWrite(_ name: String) {
    written.insert(name)
    writtenThisStep.insert(name)
  }

  mutating func noteTracked(_ name: String, _ tensor: Tensor) {
    tracked.append((name, tensor))
  }

  /// Whether the step has found this global as it is and not given it a value.
  func isFromOutside(_ name: String) -> Bool { !writtenThisStep.contains(name) }

  /// Outer variables that the step has given new values.
  var rebound: Set<String> { writtenThisStep }

  var isReplayable: Bool { !hasLooked && written.isDisjoint(with: carriedOver) }
}
