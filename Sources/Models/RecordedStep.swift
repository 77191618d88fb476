import Tensors

/// A training step as the engine can run it again: its plan, and what the store carries from step
/// to step.
package final class RecordedStep {
  package let replay: Replay
  private let keys: [StateKey]
  /// Index of each key's tensor among the carried ones; the optimizer's clock serves many keys.
  private let places: [Int]

  /// Records the step whose results the store still holds as graph.
  ///
  /// Nil if the step changed state that did not exist before it. `observed`, `stepNumber`,
  /// `firstDraw` and `drawsPerStep` are as in `Replay`.
  package init?(
    _ store: StateStore, engine: Engine, observed: [Tensor], stepNumber: Tensor?,
    firstDraw: RandomStream, drawsPerStep: UInt64
  ) throws(TensorError) {
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
      engine: engine, carried: carried, observed: observed, stepNumber: stepNumber,
      firstDraw: firstDraw, drawsPerStep: drawsPerStep)
    self.keys = keys
    self.places = places
  }

  /// Takes over the state as the recorded step left it.
  package func load(_ store: StateStore) {
    var tensors = [Tensor?](repeating: nil, count: (places.max() ?? -1) + 1)
    for (key, place) in zip(keys, places) { tensors[place] = store[key] }
    replay.load(tensors.map { $0! })
  }

  /// Gives the store the state after the latest step; the step must not run again afterwards.
  package func finish(into store: inout StateStore) {
    let final = replay.finalState
    store.restore(zip(keys, places).map { ($0, final[$1]) })
  }
}
