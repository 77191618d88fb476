import Models
import Tensors

/// Watches a step of `train` to learn whether later steps can be replayed without interpreting
/// them: whether the step only builds graph, from state that the engine can carry along.
///
/// It cannot if the step looks at a value (to branch, print or compare), shows something, or reads
/// a variable that an earlier step left behind. Looking at what depends on the number of the step
/// alone, as in `if step % 100 == 0`, is different: which steps do the same is known in advance.
struct StepRecorder {
  /// Blocks of the frame in which `train` stands, below the body's own.
  let outerScopeCount: Int
  /// Whether `train` itself runs inside a function.
  let isInFunction: Bool
  /// The number of the step, and the tensor in which the step finds it.
  private(set) var number = 0
  private(set) var stepNumber = Tensor(0)
  private var hasLooked = false
  /// Outer variables that the step has given new values.
  private(set) var rebound: Set<String> = []
  /// Outer variables that the step has found as they were and not given a value before.
  private(set) var carriedOver: Set<String> = []
  private var seen: [StepPath.Sight] = []
  /// Values that the step tracked, in order.
  private(set) var tracked: [(name: String, tensor: Tensor)] = []

  init(frame: Frame) {
    outerScopeCount = frame.scopes.count
    isInFunction = frame.function != nil
  }

  mutating func beginStep(_ number: Int, as tensor: Tensor) {
    self.number = number
    stepNumber = tensor
    hasLooked = false
    rebound = []
    carriedOver = []
    seen = []
    tracked = []
  }

  /// Called when the step asks for the value of a tensor or does something that shows.
  mutating func noteLook() { hasLooked = true }

  mutating func noteSeen(_ value: Float, of plan: StepNumberPlan) {
    seen.append(StepPath.Sight(plan: plan, value: value))
  }

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
    if isFromOutside(name) { carriedOver.insert(name) }
  }

  mutating func noteWrite(_ name: String, in frame: Frame) {
    if !owns(frame, name) { noteGlobalWrite(name) }
  }

  mutating func noteGlobalWrite(_ name: String) { rebound.insert(name) }

  mutating func noteTracked(_ name: String, _ tensor: Tensor) {
    tracked.append((name, tensor))
  }

  /// Whether the step has given this global no value yet.
  func isFromOutside(_ name: String) -> Bool { !rebound.contains(name) }

  var path: StepPath { StepPath(seen: seen, rebinds: !rebound.isEmpty) }

  var isReplayable: Bool { !hasLooked && rebound.isDisjoint(with: carriedOver) }
}
