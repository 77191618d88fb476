import Tensors

/// A training step as the engine can run it again: its plan, and what the store carries from step
/// to step.
package final class RecordedStep {
  package let replay: Replay
  private let keys: [StateKey]
  /// Index of each key's tensor among the carried ones; the optimizer's clock serves many keys.
  private let places: [Int]
  private let frozen: Set<ParameterID>

  /// Records the step whose results the store still holds as graph.
  ///
  /// Nil if the step changed state that did not exist before it. `sharesTraining` says that steps
  /// of another kind come in between, which may change the state that this one only reads.
  /// `observed`, `stepNumber`, `firstDraw` and `drawsPerStep` are as in `Replay`.
  package init?(
    _ store: StateStore, engine: Engine, sharesTraining: Bool, observed: [Tensor],
    stepNumber: Tensor?, firstDraw: RandomStream, drawsPerStep: UInt64
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
    if sharesTraining {
      let outputs = carried.map(\.after) + observed
      let changing = carried.map(\.before.node)
      for (key, tensor) in store.givenState(for: outputs)
      where !changing.contains(where: { $0 === tensor.node }) {
        keys.append(key)
        places.append(carried.count)
        carried.append(Replay.Carried(before: tensor, after: tensor))
      }
    }
    frozen = store.frozen
    replay = try Replay(
      engine: engine, carried: carried, observed: observed, stepNumber: stepNumber,
      firstDraw: firstDraw, drawsPerStep: drawsPerStep)
    self.keys = keys
    self.places = places
  }

  /// Whether the step would still do the same: not if parameters were frozen or freed since, or if
  /// an optimizer's clock that served several parameters has become several clocks.
  package func isCurrent(for store: StateStore) -> Bool {
    guard store.frozen == frozen else { return false }
    var nodes: [Int: Node] = [:]
    for (key, place) in zip(keys, places) {
      guard let node = store[key]?.node else { return false }
      if nodes.updateValue(node, forKey: place).map({ $0 !== node }) ?? false { return false }
    }
    return true
  }

  /// Takes over the state before the next step, and the random stream that it draws from.
  package func load(_ store: StateStore, stream: RandomStream) {
    var tensors = [Tensor?](repeating: nil, count: (places.max() ?? -1) + 1)
    for (key, place) in zip(keys, places) { tensors[place] = store[key] }
    replay.load(tensors.map { $0! }, stream: stream)
  }

  /// Gives the store the state after the latest step.
  package func finish(into store: inout StateStore) throws(TensorError) {
    let state = try replay.state()
    store.restore(zip(keys, places).map { ($0, state[$1]) })
  }
}
