import Datasets
import Rendering
import Syntax
import Tensors
import Testing

@testable import Evaluation

/// A session kept as bytes goes on as if it had never been away.
@Suite struct ArchiveTests {
  private func host() -> Host {
    let root = String(#filePath).split(separator: "/").dropLast(3).joined(separator: "/")
    return Host(
      engine: Engine(threads: 2, memoryLimit: 1 << 30), files: MemoryFiles(),
      datasets: DatasetLocation(folder: "/\(root)/Assets/Datasets"), interruption: Interruption())
  }

  private func text(_ session: inout Session, _ program: String) -> String {
    PlainRenderer().text(session.run(Source(name: "test", text: program)).outputs)
  }

  /// What a session holds of every kind, and what it does next.
  private static let programs: [(before: String, after: String)] = [
    (
      "x = randn(3, 4)\ny = x\nz = x > 0\nn = nothing\ns = \"μ\"\nb = true\nr = 2..<9\nq = 1...4",
      "[s, b, r, q]\nx\ny - x\nz\n_ + _2"
    ),
    ("l = [1, \"a\", [2, 3]]\nq = record(a: 1, b: record(c: [1, 2]))", "l\nq.b.c\nq"),
    ("fn f(x, k = 2) = x * k + c\nc = 5\ng = x => f(x) + 1\nh = f", "f(1)\ng(1)\nh(1, 3)"),
    ("fn add(n) { x => x + n }\nadd3 = add(3)", "add3(4)"),
    (
      "m = mlp(3, 8, 2)\nk = copy(m)\nopt = adam(1e-2, beta1: 0.5)\nfreeze k\n"
        + "train 7 { minimize m, with: opt { mean(m(randn(4, 3))^2) } }",
      "train 5 { minimize m, with: opt { mean(m(randn(4, 3))^2) } }\nm(ones(1, 3))\n"
        + "k(ones(1, 3))\nrandn(2)"
    ),
    (
      "p = parameter([1, 2])\nnet = conv(1, 2, 3) >> batchnorm(2) >> relu >> pool(2) >> flatten "
        + ">> dropout(0.2) >> dense(8, 2)\nx = randn(4, 1, 6, 6)\n"
        + "train 3 { loss = minimize [net, p], with: sgd(0.1, momentum: 0.9) "
        + "{ mean(net(x)^2) + sum(p^2) }\n track loss }",
      "summary net\nnet(x)\np\nhistory.loss\n"
        + "train 2 { minimize [net, p] { mean(net(x)^2) } }\nnet(x)"
    ),
    ("d = digits8()\nt = d.train\ni = d.images[0]", "d\nt\nsum(i)\nmean(d.images)"),
    (
      "e = shapes(5)\nu = upsample(2) >> layernorm(4)\nv = embedding(3, 2)",
      "e.kind\nu([[[[1, 2]]]])\nv([1])"
    ),
  ]

  @Test(arguments: 0..<8) func goesOnAsBefore(index: Int) throws {
    let program = ArchiveTests.programs[index]
    var session = Session(host: host(), seed: 3)
    #expect(session.run(Source(name: "test", text: program.before)).succeeded)
    var restored = try Session(archive: session.archived(), host: host())
    for line in program.after.split(separator: "\n") {
      let expected = text(&session, String(line))
      #expect(text(&restored, String(line)) == expected, "\(line)")
      #expect(!expected.hasPrefix("error"), "\(line): \(expected)")
    }
    #expect(try restored.archived() == session.archived())
  }

  @Test func damageIsNoticed() throws {
    var session = Session(host: host(), seed: 1)
    _ = text(&session, "x = randn(20)\nm = dense(2, 2)")
    let bytes = try session.archived()
    for length in [0, 3, 8, bytes.count / 2, bytes.count - 1] {
      #expect(throws: ArchiveError.damaged) {
        try Session(archive: Array(bytes[..<length]), host: host())
      }
    }
    for place in stride(from: 0, to: bytes.count, by: 7) {
      var damaged = bytes
      damaged[place] ^= 0x10
      #expect(throws: ArchiveError.damaged) { try Session(archive: damaged, host: host()) }
    }
  }
}
