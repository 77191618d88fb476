import ArgumentParser
import CAllocationCounter
import Datasets
import Kernels
import Tensors

/// Verifies the workloads, then times them, each in a process of its own so that its memory is its
/// own.
@main
struct Benchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "Benchmarks", abstract: "Verify the workloads, then time them.",
    discussion: """
      Two tables, tab-separated. Workloads: median and least microseconds of a training step \
      written in the language, steps counted, peak memory, heap allocations per step; median and \
      least microseconds of the same step through the Swift API; with --peers the medians (least) \
      of PyTorch, torch.compile and JAX, run in turn with ours, and the best of them against ours. \
      Kernels: time, rate, and its share of what the machine can do.
      """)

  @Option(help: "Only the workload of this name, or `kernels`.")
  var only: String?

  @Option(help: "Threads to compute with.")
  var threads = 2

  @Option(help: "Seconds to time each thing for.")
  var seconds = 3.0

  @Option(
    help: ArgumentHelp("A Python that has torch and jax, to compare with.", valueName: "python"))
  var peers: String?

  @Flag(help: "Show the median time of every kernel call of a step instead.")
  var profile = false

  @Flag(help: .hidden)
  var verify = false

  @Flag(help: .hidden)
  var measure = false

  @Option(help: ArgumentHelp("Folder of the data sets.", valueName: "folder"))
  var datasets = "Assets/Datasets"

  func validate() throws {
    let names = Workloads.all.map(\.name) + ["kernels"]
    if let only, !names.contains(only) {
      throw ValidationError("no workload `\(only)`; there are: \(names.joined(separator: " "))")
    }
  }

  func run() throws {
    let chosen = Workloads.all.filter { only == nil || $0.name == only }
    if profile { return try chosen.forEach(showProfile) }
    if verify { return try chosen.forEach { try Verification.verify($0, machinery) } }
    if measure { return try chosen.forEach(measure) }
    if !chosen.isEmpty { print(heading) }
    for workload in chosen { try runInTurn(workload) }
    if only == nil || only == "kernels" {
      if only == nil { print("") }
      KernelTable(threads: threads, seconds: seconds / 10).show()
    }
  }

  private var machinery: Machinery {
    Machinery(
      engine: Engine(threads: threads, memoryLimit: 4 << 30),
      datasets: DatasetLocation(folder: datasets))
  }

  // MARK: One workload

  private var heading: String {
    let own = "workload\tµs/step\tleast\tsteps\tpeak MB\tallocations/step\tSwift API\tleast"
    return own + (peers == nil ? "" : "\ttorch\ttorch.compile\tjax\tbest peer / ours")
  }

  private func runInTurn(_ workload: Workload) throws {
    // Whoever reads through a pipe sees each line when it is there.
    defer { Shell.flush() }
    try child(workload, "--verify")
    let own = try child(workload, "--measure")
    guard let peers else { return print(own) }
    let results = ["workloads_torch.py", "workloads_torch.py compile", "workloads_jax.py"].map {
      Peer.run(peers, script: $0, workload.name, threads: threads, seconds: seconds)
    }
    let ours = own.split(separator: "\t").dropFirst().first.flatMap { Double($0) } ?? .nan
    let best = results.compactMap { $0?.median }.min() ?? .nan
    let columns = results.map { $0.map { "\(rounded($0.median)) (\(rounded($0.least)))" } ?? "—" }
    print(own, columns.joined(separator: "\t"), rounded(best / ours), separator: "\t")
  }

  @discardableResult
  private func child(_ workload: Workload, _ mode: String) throws -> String {
    let command =
      "'\(CommandLine.arguments[0])' --only \(workload.name) \(mode) --threads \(threads) "
      + "--seconds \(seconds) --datasets '\(datasets)'"
    let (output, status) = Shell.run(command)
    guard status == 0 else { throw ExitCode.failure }
    return output
  }

  private func measure(_ workload: Workload) throws {
    let machinery = machinery
    var language = try LanguageRun(workload, machinery)
    try language.train(workload.chunk / 4)
    let text = try Timing.measure(seconds: seconds, units: workload.chunk) {
      try language.train(workload.chunk)
    }
    let allocations = try language.allocationsPerStep()
    let memory = peakMemory()
    let native = try timeNative(workload, machinery)
    print(
      workload.name, rounded(text.median), rounded(text.minimum), text.count * workload.chunk,
      (memory + 500_000) / 1_000_000, allocations.map { "\(Int($0.rounded()))" } ?? "—",
      rounded(native.median),
      rounded(native.minimum), separator: "\t")
  }

  private func timeNative(_ workload: Workload, _ machinery: Machinery) throws -> Timing {
    var step = try workload.native(machinery)
    try step.build()
    try step.settle()
    guard let replay = try step.record() else {
      throw BenchmarkFailure(message: "\(workload.name) cannot be replayed")
    }
    return try Timing.measure(seconds: seconds, least: 20) { try replay.step(number: 0) }
  }

  private func showProfile(of workload: Workload) throws {
    var language = try LanguageRun(workload, machinery)
    let calls = try language.profile(rounds: 200)
    print(workload.name, rounded(calls.map(\.seconds).reduce(0, +) * 1e6), "µs")
    for (index, call) in calls.enumerated() {
      print(index, rounded(call.seconds * 1e6), call.text, separator: "\t")
    }
  }
}

extension LanguageRun {
  /// Heap allocations that one more step makes; nil where nobody counts.
  mutating func allocationsPerStep() throws -> Double? {
    let start = allocationCount()
    guard start >= 0 else { return nil }
    try train(20)
    let middle = allocationCount()
    try train(40)
    let end = allocationCount()
    return Double((end - middle) - (middle - start)) / 20
  }
}
