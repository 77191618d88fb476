import Datasets
import Foundation
import Rendering
import Syntax
import Tensors
import Testing

@testable import Evaluation

/// Ctrl-C while something is computed: the cell ends soon, and the session goes on.
@Suite struct InterruptionTests {
  private func session(_ interruption: Interruption) -> Session {
    Session(
      host: Host(
        engine: Engine(threads: 2, memoryLimit: 1 << 30), files: MemoryFiles(),
        datasets: DatasetLocation(folder: "/nowhere"), interruption: interruption))
  }

  /// What a program shows that is stopped after 200 ms.
  private func stopped(_ program: String, then next: String) -> (first: String, second: String) {
    let interruption = Interruption()
    var session = session(interruption)
    // A thread of its own: the pool that tests run on may have none to spare.
    Thread.detachNewThread {
      Thread.sleep(forTimeInterval: 0.2)
      interruption.raise()
    }
    let first = session.run(Source(name: "test", text: program))
    interruption.reset()
    let second = session.run(Source(name: "test", text: next))
    return (PlainRenderer().text(first.outputs), PlainRenderer().text(second.outputs))
  }

  @Test(
    .timeLimit(.minutes(1)),
    arguments: [
      // A long product, a long chain of them, and one that waits behind a loop.
      "a = randn(6000, 6000); b = a @ a",
      "a = randn(1000, 1000); b = 1; for i in 0..<300 { a = a @ a / 1000 }",
      "a = randn(1000, 1000)\nfn f(x, n) = if n == 0 { x } else { f(x @ a / 30, n - 1) }\n"
        + "b = f(a, 300)",
    ])
  func computingStops(program: String) {
    let clock = ContinuousClock()
    let start = clock.now
    let (first, second) = stopped("b = 7\n" + program, then: "1 + 1")
    #expect(first.hasPrefix("error[interrupted]"))
    #expect(second == "2\n")
    // What is left behind may still be computed for two seconds.
    #expect(clock.now - start < .seconds(20))
  }

  @Test func trainingSaysWhereItStopsAndKeepsWhatItLearned() {
    let (first, second) = stopped(
      "w = parameter(1)\ntrain 1_000_000_000 { minimize w, with: sgd(1e-6) { w } }\n"
        + "print \"after\"",
      then: "w < 1")
    #expect(first.hasPrefix("error[interrupted]: stopped by Ctrl-C after step "))
    #expect(!first.contains("after\n"))
    #expect(second == "true\n")
  }

  @Test func outputsAreSeenWhileTheCellRuns() {
    var session = session(Interruption())
    var seen: [String] = []
    let result = session.run(
      Source(name: "test", text: "print \"a\"; print \"b\"; nosuch")
    ) { seen.append(PlainRenderer().text([$0])) }
    #expect(seen == ["a\n", "b\n"])
    #expect(result.outputs.count == 3 && result.unseen.count == 1)
  }
}
