import Models
import Tensors

/// A step of `train` as the engine can run it again: its plan, and what the session carries from
/// step to step.
struct RecordedStep {
  private let replay: Replay
  private let keys: [StateKey]
  /// Index of each key's tensor among the carried ones; the optimizer's clock serves many keys.
  private let places: [Int]
  private let tracked: [String]
  private let drawsPerStep: UInt64

  /// Nil if the step changed state that did not exist before it.
  init?(
    state: SessionState, engine: Engine, tracked: [(name: String, tensor: Tensor)],
    stepNumber: Tensor, draws: UInt64
  ) throws(TensorError) {
    let store = state.layers.state
    var carried: [Replay.Carried] = []
    var keys: [StateKey] = []
    var places: [Int] = []
    for change in store.pendingChanges {
      guard let before = change.before, let after = store[change.key] else { return nil }
      keys.append(change.key)
      let known = carried.firstIndex { $0.after.node === after.node }
      places.append(known ?? carried.count)
      if known == nil { carried.append(Replay.Carried(before: before, after: after)) }
    }
    replay = try Replay(
      engine: engine, carried: carried, observed: tracked.map(\.tensor), stepNumber: stepNumber,
      drawsPerStep: draws)
    self.keys = keys
    self.places = places
    self.tracked = tracked.map(\.name)
    drawsPerStep = draws
  }

  /// Takes over the state as the recorded step left it.
  func load(_ state: SessionState) {
    var tensors = [Tensor?](repeating: nil, count: (places.max() ?? -1) + 1)
    for (key, place) in zip(keys, places) { tensors[place] = state.layers.state[key] }
    replay.load(tensors.map { $0! })
  }

  /// Runs steps until `end` or an interruption; gives the number of the next step.
  func run(
    from start: Int, to end: Int, _ state: inout SessionState, host: Host, _ watch: TrainingWatch
  ) throws(TensorError) -> Int {
    let curves = tracked.map { state.curveIndex(of: $0) }
    var step = start
    defer {
      let final = replay.finalState
      state.layers.state.restore(zip(keys, places).map { ($0, final[$1]) })
      state.layers.random.advance(by: drawsPerStep * UInt64(step - start))
    }
    while step < end, !host.interruption.isRaised {
      try replay.step(number: step)
      step += 1
      for (position, curve) in curves.enumerated() {
        state.history[curve].values.append(replay.observedValue(position))
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
