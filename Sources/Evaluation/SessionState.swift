import Datasets
import Models
import Tensors

/// Everything that a session remembers; a value, so a copy is a snapshot.
struct SessionState {
  var globals: [String: Value] = [:]
  /// Parameters, optimizer memory, and the source of random numbers.
  var layers: LayerContext
  /// Curves recorded by `track`, by name, in order of first use.
  var history: [Curve] = []
  /// What cells have shown.
  var results = Results()
  /// Data sets that were read already.
  var datasets: [ImageSource: DatasetValue] = [:]

  /// Parameters that were left when unreachable ones were last forgotten.
  private var livingIdentities = 0

  /// Forgets parameters that no variable leads to, once they may have become as many as the others.
  mutating func forgetUnreachable() {
    guard layers.state.identityCount > 2 * livingIdentities + 64 else { return }
    var reachable: Set<ParameterID> = []
    for value in globals.values { value.collectIdentities(&reachable) }
    for (_, value) in results.numbered { value.collectIdentities(&reachable) }
    layers.state.keep(reachable)
    livingIdentities = layers.state.identityCount
  }

  init(seed: UInt64) {
    layers = LayerContext(state: StateStore(), random: RandomStream(seed: seed), isTraining: false)
  }
}

/// The recorded values of one tracked name.
struct Curve {
  let name: String
  var values: [Float]
}

extension Value {
  /// The parameters and statistics that the value leads to.
  fileprivate func collectIdentities(_ found: inout Set<ParameterID>) {
    switch self {
    case .model(let model):
      found.formUnion(model.parameters)
      found.formUnion(model.statistics)
    case .parameter(let id): found.insert(id)
    case .list(let values), .composition(let values):
      for value in values { value.collectIdentities(&found) }
    case .record(let record):
      for field in record.fields { field.value.collectIdentities(&found) }
    case .function(let closure):
      for value in closure.captured.values { value.collectIdentities(&found) }
    default: break
    }
  }
}
