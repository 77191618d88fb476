import Datasets
import Kernels
import Tensors

/// What a session needs from outside: computing, files, and somebody who watches.
package struct Host {
  package let engine: Engine
  package var files: FileAccess
  package let datasets: DatasetLocation
  package let interruption: Interruption
  /// Called now and then while `train` runs, and once with nil when it ends.
  package var watchTraining: ((TrainingProgress?) -> Void)?
  /// Called with the recorded step when `train` is about to replay it.
  package var watchReplay: ((Replay) throws -> Void)?
  package var limits = Limits()

  package init(
    engine: Engine, files: FileAccess, datasets: DatasetLocation, interruption: Interruption
  ) {
    self.engine = engine
    self.files = files
    self.datasets = datasets
    self.interruption = interruption
  }
}

/// Bounds that keep a program from taking the machine down.
package struct Limits: Sendable {
  package var callDepth = 1_000
  /// Statements and expressions inside each other, over all calls.
  package var evaluationDepth = 20_000
  package var stringLength = 1_000_000
  package var listLength = 1_000_000
  /// Lists, records and functions inside each other.
  package var listDepth = 100
  /// Layers and functions joined by `>>`.
  package var compositionLength = 1_000
  /// Unevaluated operations behind a variable before they are computed.
  package var pendingDepth = 512

  package init() {}
}
