import Datasets
import Evaluation
import Syntax
import Tensors

/// A workload as a learner runs it: a session whose cells are the program's text.
struct LanguageRun {
  private var session: Session
  private let workload: Workload

  init(_ workload: Workload, _ machinery: Machinery) throws {
    self.workload = workload
    let host = Host(
      engine: machinery.engine, files: SystemFiles(), datasets: machinery.datasets,
      interruption: Interruption())
    session = Session(host: host, seed: 1)
    try run(workload.setup)
  }

  mutating func train(_ steps: Int) throws {
    try run("train \(steps) {\n\(workload.step)\n}")
  }

  /// The replay that training settles into.
  mutating func recordedReplay() throws -> Replay? {
    var found: Replay?
    session.host.watchReplay = { found = $0 }
    try train(5)
    session.host.watchReplay = nil
    return found
  }

  /// The median time of every kernel call of a step.
  mutating func profile(rounds: Int) throws -> [(text: String, seconds: Double)] {
    var profile: [(text: String, seconds: Double)] = []
    session.host.watchReplay = { replay in
      _ = try replay.profile(rounds: rounds / 4)
      profile = Array(
        zip(PlanPrinter.steps(replay.plan), try replay.profile(rounds: rounds)))
    }
    try train(5)
    session.host.watchReplay = nil
    return profile
  }

  private mutating func run(_ text: String) throws {
    let result = session.run(Source(name: workload.name, text: text + ";"))
    guard !result.succeeded else { return }
    throw BenchmarkFailure(message: "\(workload.name) failed: \(result.outputs)")
  }
}

struct BenchmarkFailure: Error, CustomStringConvertible {
  let message: String
  var description: String { message }
}
