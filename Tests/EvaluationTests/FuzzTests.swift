import Datasets
import Foundation
import Kernels
import Rendering
import Syntax
import Tensors
import Testing

@testable import Evaluation

/// Programs at random through whole sessions: none may crash or hang one, or leave it unusable.
///
/// `FUZZ_SEED` and `FUZZ_SECONDS` choose another start and a longer run, see `make fuzz`.
@Suite struct FuzzTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let seed = environment["FUZZ_SEED"].flatMap(UInt64.init) ?? 1
  private static let seconds = environment["FUZZ_SECONDS"].flatMap(Double.init) ?? 3
  private static let log = environment["FUZZ_LOG"]

  private static func session() -> Session {
    var host = Host(
      engine: Engine(threads: 1, memoryLimit: 1 << 20), files: MemoryFiles(),
      datasets: DatasetLocation(folder: "/nowhere"), interruption: Interruption())
    host.limits.callDepth = 50
    host.limits.listLength = 1_000
    host.limits.stringLength = 10_000
    return Session(host: host)
  }

  /// On a thread with the stack that the program gives its sessions.
  private static func run(broken: Bool) -> (count: Int, failures: [String]) {
    nonisolated(unsafe) var result = (count: 0, failures: [String]())
    let done = DispatchSemaphore(value: 0)
    let thread = Thread {
      result = runHere(broken: broken)
      done.signal()
    }
    thread.stackSize = 512 << 20
    thread.start()
    done.wait()
    return result
  }

  private static func runHere(broken: Bool) -> (count: Int, failures: [String]) {
    var generator = ProgramGenerator(seed: seed)
    var failures: [String] = []
    var count = 0
    let clock = ContinuousClock()
    let end = clock.now + .seconds(seconds)
    var session = session()
    while clock.now < end, failures.count < 5 {
      if count % 50 == 0 { session = Self.session() }
      let text = broken ? generator.brokenProgram() : generator.program()
      // What crashes leaves its text behind.
      if let log { try? text.write(toFile: log, atomically: false, encoding: .utf8) }
      let started = clock.now
      let result = session.run(Source(name: "fuzz", text: text))
      _ = PlainRenderer().text(result.outputs)
      _ = session.isIncomplete(text)
      count += 1
      if clock.now - started > .seconds(2) {
        failures.append("took \(clock.now - started): \(text)")
      }
      let ids = result.outputs.compactMap { output in
        if case .failure(let failure) = output { return failure.id } else { return nil }
      }
      if ids.contains("internal") { failures.append("internal error: \(text)") }
      let after = session.run(Source(name: "fuzz", text: "1 + 1"))
      if PlainRenderer().text(after.outputs) != "2\n" { failures.append("lost after: \(text)") }
    }
    return (count, failures)
  }

  @Test(arguments: [false, true])
  func noProgramBreaksASession(broken: Bool) {
    let (count, failures) = FuzzTests.run(broken: broken)
    print("\(count) programs from seed \(FuzzTests.seed)")
    #expect(failures.isEmpty, "\(failures.joined(separator: "\n---\n"))")
    #expect(count > 0)
  }
}
