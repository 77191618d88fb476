/// Tells whoever watches how far a `train` has come, at most some twenty times a second.
final class TrainingWatch {
  private let report: ((TrainingProgress?) -> Void)?
  private let stepCount: Int
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private var nextReport: ContinuousClock.Instant

  init(host: Host, stepCount: Int) {
    report = host.watchTraining
    self.stepCount = stepCount
    start = clock.now
    nextReport = start + .milliseconds(150)
  }

  func note(step: Int, history: [Curve]) {
    guard let report else { return }
    let now = clock.now
    guard now >= nextReport || step == stepCount else { return }
    nextReport = now + .milliseconds(50)
    let elapsed = (now - start).components
    report(
      TrainingProgress(
        step: step, stepCount: stepCount,
        elapsedSeconds: Double(elapsed.seconds) + Double(elapsed.attoseconds) * 1e-18,
        curves: history.map { ($0.name, $0.thinned(to: 24)) }))
  }

  func finish() { report?(nil) }
}

extension Curve {
  /// About `count` of the values, evenly spread, with the last.
  fileprivate func thinned(to count: Int) -> [Float] {
    let stride = max(1, values.count / count)
    var thinned: [Float] = []
    var index = (values.count - 1) % stride
    while index >= 0, index < values.count {
      thinned.append(values[index])
      index += stride
    }
    return thinned
  }
}
