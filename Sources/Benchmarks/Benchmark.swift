import ArgumentParser
import Datasets
import Kernels
import Tensors

/// Verifies the workloads, then times them.
@main
struct Benchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "Benchmarks", abstract: "Verify the workloads, then time them.")

  @Option(help: "Only the workload of this name.")
  var only: String?

  @Option(help: "Threads to compute with.")
  var threads = 2

  @Option(help: "Seconds to time each thing for.")
  var seconds = 3.0

  @Flag(help: "Show the median time of every kernel call of a step instead.")
  var profile = false

  @Option(help: ArgumentHelp("Folder of the data sets.", valueName: "folder"))
  var datasets = "Assets/Datasets"

  func run() throws {
    let machinery = Machinery(
      engine: Engine(threads: threads, memoryLimit: 4 << 30),
      datasets: DatasetLocation(folder: datasets))
    for workload in Workloads.all where only == nil || workload.name == only {
      if profile {
        try showProfile(of: workload, machinery)
      } else {
        try time(workload, machinery)
      }
    }
  }

  private func time(_ workload: Workload, _ machinery: Machinery) throws {
    var language = try LanguageRun(workload, machinery)
    try language.train(workload.chunk / 4 + 5)
    let text = try Timing.measure(seconds: seconds, units: workload.chunk) {
      try language.train(workload.chunk)
    }
    var step = try workload.native(machinery)
    try step.build()
    try step.settle()
    guard let replay = try step.record() else { return }
    let native = try Timing.measure(seconds: seconds, least: 20) { try replay.step(number: 0) }
    print(workload.name, text.median, text.minimum, text.count * workload.chunk, native.median, native.minimum)
  }

  private func showProfile(of workload: Workload, _ machinery: Machinery) throws {
    var language = try LanguageRun(workload, machinery)
    let calls = try language.profile(rounds: 200)
    print(workload.name, calls.map(\.seconds).reduce(0, +) * 1e6)
    for (index, call) in calls.enumerated() {
      let time = (call.seconds * 1e7).rounded() / 10
      print("\(index)\t\(time)\t\(call.text)")
    }
  }
}
