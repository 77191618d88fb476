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
  /// Data sets that were read already.
  var datasets: [ImageSource: DatasetValue] = [:]

  init(seed: UInt64) {
    layers = LayerContext(state: StateStore(), random: RandomStream(seed: seed), isTraining: false)
  }
}

/// The recorded values of one tracked name.
struct Curve {
  let name: String
  var values: [Float]
}
