import Tensors

/// What a step of `train` has seen of its own number: steps that would see the same do the same
/// work.
struct StepPath {
  struct Sight {
    let plan: StepNumberPlan
    let value: Float
  }

  let seen: [Sight]
  /// Whether the step gives outer variables new values.
  let rebinds: Bool

  /// Whether every step does this work.
  var isOnlyOne: Bool { seen.isEmpty }

  /// How many steps to look ahead at a time.
  private static let horizon = 256

  /// Where replaying from `start` on, and before `last`, has to stop: at the first step that does
  /// other work, or one earlier if that step must find variables as the step before leaves them.
  /// Nil if replaying so few steps is not worth moving the state there and back.
  func end(from start: Int, before last: Int) throws(TensorError) -> Int? {
    guard start < last else { return nil }
    if isOnlyOne { return last }
    let last = min(last, start + Self.horizon)
    var end = start
    while end < last, try isTaken(byStep: end) { end += 1 }
    if end == last {
      if !rebinds { return last }
      if try isTaken(byStep: last) { return last }
    }
    if rebinds { end -= 1 }
    return end - start >= 2 ? end : nil
  }

  private func isTaken(byStep step: Int) throws(TensorError) -> Bool {
    for sight in seen where try sight.plan.value(atStep: step) != sight.value { return false }
    return true
  }
}
