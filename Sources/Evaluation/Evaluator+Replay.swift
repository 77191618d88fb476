import Models
import Tensors

/// A step of `train` that is run again without being interpreted, with the curves it tracks.
struct ReplayedStep {
  private let recorded: RecordedStep
  private let tracked: [String]
  private let drawsPerStep: UInt64

  /// Nil if the step changed state that did not exist before it.
  init?(
    state: SessionState, engine: Engine, tracked: [(name: String, tensor: Tensor)],
    stepNumber: Tensor, firstDraw: RandomStream
  ) throws(TensorError) {
    drawsPerStep = state.layers.random.counter - firstDraw.counter
    let recorded = try RecordedStep(
      state.layers.state, engine: engine, observed: tracked.map(\.tensor), stepNumber: stepNumber,
      firstDraw: firstDraw, drawsPerStep: drawsPerStep)
    guard let recorded else { return nil }
    self.recorded = recorded
    self.tracked = tracked.map(\.name)
  }

  /// Takes over the state as the recorded step left it.
  func load(_ state: SessionState) { recorded.load(state.layers.state) }

  func show(to watch: (Replay) throws -> Void) throws { try watch(recorded.replay) }

  /// Runs steps until `end` or an interruption; gives the number of the next step.
  func run(
    from start: Int, to end: Int, _ state: inout SessionState, host: Host, _ watch: TrainingWatch
  ) throws(TensorError) -> Int {
    let curves = tracked.map { state.curveIndex(of: $0) }
    var step = start
    defer {
      recorded.finish(into: &state.layers.state)
      state.layers.random.advance(by: drawsPerStep * UInt64(step - start))
    }
    while step < end, !host.interruption.isRaised {
      try recorded.replay.step(number: step)
      step += 1
      for (position, curve) in curves.enumerated() {
        state.history[curve].values.append(recorded.replay.observedValue(position))
      }
      watch.note(step: step, history: state.history)
    }
    return step
  }
}

extension SessionState {
  mutating func append(_ value: Float, to name: String) {
    history[curveIndex(of: name)].values.append(value)
  }

  /// Index of the curve of this name, which begins now if there is none.
  mutating func curveIndex(of name: String) -> Int {
    if let index = history.firstIndex(where: { $0.name == name }) { return index }
    history.append(Curve(name: name, values: []))
    return history.count - 1
  }
}
