import Datasets
import Kernels
import Rendering
import Syntax
import Tensors
import Testing

@testable import Evaluation

/// A session without files that computes on one thread.
struct Bench {
  var session: Session

  init() {
    let tests = String(#filePath).split(separator: "/").dropLast(3).joined(separator: "/")
    session = Session(
      host: Host(
        engine: Engine(threads: 1, memoryLimit: 1 << 30), files: MemoryFiles(),
        datasets: DatasetLocation(folder: "/" + tests + "/Assets/Datasets"),
        interruption: Interruption()))
  }

  mutating func run(_ text: String) -> CellResult {
    session.run(Source(name: "test", text: text))
  }

  /// What a cell shows, as plain text without its last line break.
  mutating func shown(_ text: String) -> String {
    let result = run(text)
    var shown = PlainRenderer().text(result.outputs)
    while shown.hasSuffix("\n") { shown.removeLast() }
    return shown
  }
}

extension Bench {
  /// The value of an expression, if it is a tensor: its sizes and its numbers in row-major order.
  func tensor(_ expression: String) throws -> (shape: [Int], values: [Float])? {
    let source = Source(name: "test", text: expression)
    let program = Parser.parse(source, commands: Builtin.commands)
    guard let tensor = session.lastTensor(of: program, source) else { return nil }
    return (tensor.shape.sizes, try session.host.engine.values(of: tensor))
  }
}

/// What a fresh session shows of a program.
func shown(_ text: String) -> String {
  var bench = Bench()
  return bench.shown(text)
}

@Suite struct BuiltinTests {
  @Test(arguments: Builtin.all.map(\.name))
  func everyExampleRuns(_ name: String) throws {
    let builtin = try #require(Builtin.named(name))
    var bench = Bench()
    let result = bench.run(builtin.example)
    #expect(result.succeeded, "\(PlainRenderer().text(result.outputs))")
    #expect(builtin.example.contains(name), "the example shows something else")
  }

  @Test(arguments: Notation.all.map { $0.spellings[0] })
  func everyExampleOfNotationRuns(_ spelling: String) throws {
    let notation = try #require(Notation.named(spelling))
    var bench = Bench()
    let result = bench.run(notation.example)
    #expect(result.succeeded, "\(PlainRenderer().text(result.outputs))")
    // An idea has no spelling of its own in a program.
    #expect(
      notation.group == .concepts
        || notation.spellings.contains(where: notation.example.contains),
      "it shows something else")
  }

  @Test(arguments: ["expect shape(3) == []", "expect zeros(0, 2) == zeros(0, 2)"])
  func equalsOfNoElementsAreAccepted(_ program: String) { #expect(shown(program).isEmpty) }

  @Test(arguments: ["expect shape(3) == [5]", "expect [] == [5]"])
  func aConditionOfNoElementsDoesNotHold(_ text: String) {
    var bench = Bench()
    #expect(!bench.run(text).succeeded)
  }

  @Test func helpExplainsSignsWordsAndConstants() {
    // These begin something else behind help: text, a comment, the next statement, a value.
    for notation in Notation.all {
      for spelling in notation.spellings where !["\"", "#", ";", "="].contains(spelling) {
        #expect(shown("help \(spelling)") == Help.text(for: spelling), "\(spelling)")
      }
    }
    #expect(shown("pi = 3\nhelp pi") == "a number")
    #expect(shown("help zyxwv").contains("help alone lists every name"))
    #expect(Help.text(for: "operators")?.contains("the matrix product") == true)
  }

  @Test func everyKeywordAndConstantIsExplained() {
    for word in Completion.keywords + Evaluator.constants {
      #expect(Notation.named(word) != nil, "\(word)")
    }
  }

  @Test func everyNameIsDefinedOnceAndSaysWhatItIs() {
    let names = Builtin.all.map(\.name)
    #expect(Set(names).count == names.count)
    for builtin in Builtin.all {
      #expect(!builtin.summary.isEmpty && !builtin.summary.hasSuffix("."), "\(builtin.name)")
      #expect(!builtin.summary.contains("\n"), "\(builtin.name)")
      #expect(Help.text(for: builtin.name)?.isEmpty == false)
      #expect(Help.overview.contains(builtin.name))
    }
  }

  @Test func helpExplainsNamesAndGuesses() {
    #expect(shown("help relu").hasPrefix("relu(x)\n"))
    #expect(shown("relu") == shown("help relu"))
    #expect(shown("help \"relu\"") == shown("help relu"))
    #expect(shown("help minimize").hasPrefix("minimize targets, rate?, with?, clip? { … }\n"))
    #expect(shown("help") == Help.overview)
    #expect(shown("help reul").contains("did you mean `relu`"))
  }

  // MARK: Calculus over structures

  @Test func gradientsHaveTheStructureOfTheirTargets() {
    #expect(
      shown("grad(r => sum(r.a^2) * r.b, record(a: [1, 2], b: 3))") == "a: [6, 12]\nb: 5")
    #expect(shown("grad(l => sum(l[0]) * l[1], [zeros(2), 5])") == "[[5, 5], 0]")
  }

  @Test func gradientsSeeThroughReshapes() {
    #expect(shown("grad(x => sum(reshape(x, 4)^2), ones(2, 2))") == "[[2, 2],\n [2, 2]]")
    #expect(shown("jacobian(x => sum(x), 3)") == "1")
    #expect(shown("grad(x => grad(y => sum(reshape(y, 2)^3), x)[0], [2, 5])") == "[12, 0]")
  }

  @Test func quantilesTakeSeveralAxes() {
    #expect(shown("median([[1, 2], [3, 5]], axis: [0, 1])") == "2.5")
    #expect(shown("shape(median(zeros(2, 3, 4), axis: [0, 2], keep: true))") == "[1, 3, 1]")
    #expect(shown("median(zeros(0))").contains("error[empty-reduction]"))
  }

  @Test func limitsOfClippingAreNumbers() {
    let program = "w = parameter([3, 4])\nminimize w, rate: 1, with: sgd(), clip: 1 "
    #expect(shown(program + "{ sum(w^2) / 2 };\nw") == "[2.4, 3.2]")
    #expect(shown("w = parameter(1)\nminimize w, clip: [1, 2] { w }").contains("error["))
  }

  @Test func gradientsOfModelsAreSlopes() {
    let models = [
      "mlp(3, 4, 2, activation: tanh)", "dense(3, 2) >> (x => x * 2) >> dense(2, 1)",
      "[dense(3, 2), dense(2, 2)]", "record(a: batchnorm(3), b: [dense(3, 2)])",
      "parameter([1, 2])",
    ]
    let functions = [
      "m => sum(m(randn(4, 3))^2)", "m => sum(m(randn(4, 3))^2)",
      "m => sum(m[1](m[0](randn(4, 3)))^2)", "r => sum(r.b[0](r.a(randn(4, 3)))^2)",
      "w => sum(sin(w) * w)",
    ]
    for (model, function) in zip(models, functions) {
      #expect(shown("gradcheck(\(function), \(model)) < 2e-3") == "true", "\(model)")
    }
  }

  // MARK: Models

  @Test func modelsInRecordsListsAndCompositionsTrain() {
    let program = """
      r = record(net: dense(2, 2), more: [dense(2, 1)])
      scale = parameter(1)
      head = dense(1, 1) >> (x => x * 2)
      x = randn(32, 2)
      fn loss() = mean((head(r.more[0](r.net(x))) * scale - 1)^2)
      before = loss()
      train 200 { minimize [r, scale, head], rate: 1e-2 { loss() } }
      loss() < before / 10
      """
    #expect(shown(program) == "true")
  }

  @Test func copiesGoTheirOwnWay() {
    let program = """
      a = record(net: dense(2, 1) >> batchnorm(1), w: parameter(3))
      b = copy(a)
      x = randn(16, 2)
      start = b.net(x)
      train 20 { minimize a, rate: 0.1 { mean((a.net(x) - 5)^2) + a.w^2 } }
      [all(b.net(x) == start), b.w == 3, a.w < 3, any(a.net(x) != start)]
      """
    #expect(shown(program) == "[true, true, true, true]")
  }

  @Test func frozenModelsStayAsTheyAre() {
    let program = """
      f = dense(2, 2) >> batchnorm(2)
      head = dense(2, 1)
      freeze f
      x = randn(16, 2)
      start = f(x)
      train 10 { minimize [f, head], rate: 0.1 { mean(head(f(x))^2) } }
      all(f(x) == start)
      """
    #expect(shown(program) == "true")
  }

  @Test func layersTrainInsideMinimizeOnly() {
    let program = """
      d = dropout(0.5)
      w = parameter(1)
      inside = minimize w, rate: 0 { mean(abs(d(ones(1000)) - 1)) * w }
      [inside, mean(abs(d(ones(1000)) - 1))]
      """
    #expect(shown(program) == "[1, 0]")
  }

  @Test func summariesShowShapesAndParameters() {
    let expected = """
      conv 1 → 4, 3×3   2×4×6×6   40
      relu              2×4×6×6
      pool max 2×2      2×4×3×3
      flatten           2×36
      dense 36 → 10     2×10      370
      410 parameters
      """
    let model = "conv(1, 4) >> relu >> pool() >> flatten >> dense(36, 10)"
    #expect(shown("summary \(model), zeros(2, 1, 8, 8)") == expected)
  }

  /// A step of layers without branches is interpreted a few times only, and means the same.
  @Test(arguments: [
    "conv(1, 4) >> batchnorm(4) >> relu >> pool() >> flatten >> dense(36, 1)",
    "conv(1, 2, 4, stride: 2, padding: 1) >> leaky_relu >> deconv(2, 1) >> tanh",
    "upsample() >> pool(2, kind: mean) >> dropout(0.2) >> flatten >> layernorm(64) >> dense(64, 1)",
    "flatten >> reshape(4, 4, 4) >> conv(4, 1, 2) >> softplus >> (x => x * 2)",
  ])
  func layersAreReplayed(_ model: String) {
    func history(_ steps: [Int]) -> (shown: String, replays: Int) {
      final class Count { var value = 0 }
      let count = Count()
      var bench = Bench()
      bench.session.host.watchReplay = { _ in count.value += 1 }
      _ = bench.run("m = \(model); data = randn(32, 1, 8, 8)")
      for number in steps {
        _ = bench.run(
          """
          train \(number) {
            x = batch(data, 8)
            loss = minimize m, with: adamw(), clip: 1 { mean((m(x) - 1)^2) }
            track loss
          }
          """)
      }
      return (bench.shown("history.loss"), count.value)
    }
    let whole = history([12])
    #expect(whole.replays == 1)
    // Trainings of one step have nothing to replay.
    let single = history([Int](repeating: 1, count: 12))
    #expect(single.replays == 0)
    #expect(whole.shown == single.shown && whole.shown.hasPrefix("["))
  }

  // MARK: Batches

  @Test func batchesKeepRowsTogether() {
    let checks = """
      data = record(x: range(100), y: 2 * range(100), name: "pairs")
      b = batch(data, 10)
      u, v = batch(data.x, data.y, 10)
      e = epochs(data.x, data.y, 30)
      xs = sort(concat(e[0][0], e[1][0], e[2][0], e[3][0]))
      [all(b.y == 2 * b.x), all(v == 2 * u), count(e), all(xs == range(100)), rows(e[3][1])]
      """
    #expect(shown(checks) == "[true, true, 4, true, 10]")
    #expect(shown("batch(range(3), range(4), 2)").contains("error[shape-mismatch]"))
    #expect(shown("batch(zeros(0, 2), 2)").contains("error[empty-data]"))
  }

  @Test func syntheticSetsFollowTheSeed() {
    for name in ["blobs", "moons", "rings", "swiss_roll", "ring_of_gaussians"] {
      let same = "seed 3; a = \(name)(20).points; seed 3; all(a == \(name)(20).points)"
      #expect(shown(same) == "true", "\(name)")
      #expect(shown("all(\(name)(20).points == \(name)(20).points)") == "false", "\(name)")
    }
    #expect(shown("d = shapes(30, size: 24); shape(d.images)") == "[30, 576]")
    #expect(
      shown("d = shapes(30); max(abs(max(d.images, axis: 1) - d.brightness)) < 1e-6") == "true")
  }
}
