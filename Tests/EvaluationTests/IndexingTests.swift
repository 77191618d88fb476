import Datasets
import Kernels
import Syntax
import Tensors
import Testing

@testable import Evaluation

@Suite struct IndexingTests {
  @Test(arguments: [
    ("range(5)[1...-1]", "[1, 2, 3, 4]"), ("range(5)[-2..<5]", "[3, 4]"),
    ("range(5)[1..<9]", "[1, 2, 3, 4]"), ("range(5)[7..<9]", "[]"),
    ("range(5)[-9..<2]", "[0, 1]"),
    ("range(5)[2...]", "[2, 3, 4]"), ("range(5)[..<3]", "[0, 1, 2]"),
    ("range(5)[...-2]", "[0, 1, 2, 3]"), ("range(5)[-1...0 by -2]", "[4, 2, 0]"),
    ("range(0)[0...]", "[]"), ("r = 1...-1\nrange(4)[r]", "[1, 2, 3]"),
    ("[\"a\", \"b\", \"c\"][1...]", "[\"b\", \"c\"]"),
  ])
  func rangesClipAndCountFromTheEnd(_ program: String, _ expected: String) {
    #expect(shown(program) == expected)
  }

  /// A step that draws its indices is replayed, and finds the rows that interpretation finds.
  @Test(arguments: ["c[randint(128, 8)]", "c[randint(128, 8) - 128]", "c[sum(randint(128, 1))]"])
  func computedIndicesKeepReplay(_ index: String) {
    var host = Host(
      engine: Engine(threads: 1, memoryLimit: 1 << 28), files: MemoryFiles(),
      datasets: DatasetLocation(folder: "/nowhere"), interruption: Interruption())
    nonisolated(unsafe) var replays = 0
    host.watchReplay = { _ in replays += 1 }
    var session = Session(host: host)
    let program = """
      c = randn(128)
      w = parameter(0)
      train 30 { minimize w, with: sgd(0.1) { mean((\(index) - w)^2) } }
      """
    let result = session.run(Source(name: "test", text: program))
    #expect(result.succeeded)
    #expect(replays == 1)
  }

  @Test func anIndexOutOfRangeInAStepIsReported() {
    let text = shown(
      "c = randn(4); w = parameter(0)\ntrain 9 { minimize w { mean((c[randint(9, 50)] - w)^2) } }")
    #expect(text.contains("index-out-of-range"))
  }
}
