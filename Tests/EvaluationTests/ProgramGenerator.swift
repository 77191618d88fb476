import Evaluation

/// Writes programs at random: mostly well-formed, with values that do not fit one another.
struct ProgramGenerator {
  private var state: UInt64
  private static let names = ["a", "b", "c", "f", "g", "m", "μ", "x₁", "nosuch"]
  private static let numbers = [
    "0", "1", "2", "3", "-1", "-2", "7", "0.5", "1e3", "1e9", "1e15", "1e18", "1e38", "1e300",
    "nan", "inf", "-inf", "16777217", "1e-45",
  ]
  private static let operators = [
    "+", "-", "*", "/", "%", "^", "@", "==", "!=", "<", "<=", " and ", " or ", " |> ", " >> ",
    " ⊙ ",
  ]
  /// Built-ins that would make a run slow or leave the session; each has tests of its own.
  private static let left: Set = [
    "mnist", "faces", "digits8", "train", "time",
  ]
  private static let builtins = Builtin.all.map(\.name).filter { !left.contains($0) }

  init(seed: UInt64) { state = seed }

  /// Source: Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (SplitMix64),
  /// DOI 10.1145/2660193.2660195.
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

  mutating func pick<Element>(_ choices: [Element]) -> Element { choices[below(choices.count)] }

  mutating func program() -> String {
    (0...below(4)).map { _ in statement(2) }.joined(separator: below(8) == 0 ? "; " : "\n")
  }

  /// A program of which some bytes are lost, doubled, exchanged or replaced.
  mutating func brokenProgram() -> String {
    var bytes = Array(program().utf8)
    for _ in 0...below(4) where !bytes.isEmpty {
      let place = below(bytes.count)
      switch below(4) {
      case 0: bytes.remove(at: place)
      case 1: bytes.insert(bytes[below(bytes.count)], at: place)
      case 2: bytes.swapAt(place, below(bytes.count))
      default: bytes[place] = pick(Array("(){}[]\"\\.,:;=<>|&#\n\t 0eE-²μ\u{301}".utf8))
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private mutating func statement(_ depth: Int) -> String {
    guard depth > 0 else { return expression(1) }
    switch below(20) {
    case 18: return "train \(below(9)) { step => \(condition()) { \(exit()) }; track step }"
    case 19: return pick(Self.habits)
    case 12: return "\(pick(["m", "f"])) = \(model())"
    case 13: return training(depth)
    case 14: return file()
    case 15: return "a = record(x: \(expression(2)), y: \(pick(["b", model(), expression(1)])))"
    case 16: return "\(pick(Self.figures)) \(expression(2)), \(pick(Self.labels))"
    case 17: return "help \(pick(Self.builtins + Self.operators + ["for", "nosuch"]))"
    case 0...3: return "\(pick(Self.names)) = \(expression(3))"
    case 4: return "\(pick(Self.names)), \(pick(Self.names)) = \(expression(3))"
    case 5: return "\(pick(Self.names))[\(expression(1))] = \(expression(2))"
    case 6: return "fn \(pick(["f", "g"]))(x, y = 2) { \(statement(depth - 1)) }"
    case 7:
      let names = pick(["a", "a", "a, b", "x, y, a"])
      return "for \(names) in \(expression(1)) { \(statement(depth - 1)); break }"
    case 8: return "if \(expression(2)) { \(statement(depth - 1)) } else { \(expression(1)) }"
    case 9: return "\(pick(Self.builtins)) \(expression(2)), \(expression(1))"
    default: return expression(4)
    }
  }

  private mutating func expression(_ depth: Int) -> String {
    guard depth > 0 else { return below(2) == 0 ? pick(Self.names) : pick(Self.numbers) }
    switch below(14) {
    case 0...2: return expression(depth - 1) + pick(Self.operators) + expression(depth - 1)
    case 3: return pick(["-", "not ", "+"]) + expression(depth - 1)
    case 4: return "[" + expressions(depth - 1) + "]"
    case 5...8: return "\(pick(Self.builtins))(\(expressions(depth - 1)))"
    case 9: return "\(expression(depth - 1))[\(subscripts(depth - 1))]"
    case 10: return "(x => \(expression(depth - 1)))"
    case 11: return "\"a {\(expression(depth - 1)):.\(below(30))} \(pick(["é", "{{", "\\n"]))\""
    case 12: return "(\(expression(depth - 1)))\(pick(["²", ".x", "⁻¹", "(1)", ".train"]))"
    default: return "(\(range(depth - 1)))"
    }
  }

  private mutating func condition() -> String {
    "if " + pick(["step == 3", "step % 2 == 0", "a", "step > \(below(5))", expression(1)])
  }

  private mutating func exit() -> String {
    pick([
      "break", "continue", "return a", "a = step", "for b in 0..<2 { break }", "b = append(b, a)",
    ])
  }

  /// What other languages would say.
  private static let habits = [
    "f\"a{1}\"", "[1; 2]", "[1 2]", "{a: 1}", "{\"a\": 1}", "help mean(a)", "a = 1, 2", "?a", "a.T",
    "a.backward()", "for i, j in [[1, 2]] { i }", "range(1, 5, 2)", "stack(a)", "concat([a, b])",
    "a[[true, false]]", "a[a > 0]", "history.a", "[] + a", "1e39", "1e-60 + a", "del a",
  ]

  /// Layers of sizes that sometimes fit.
  private mutating func model() -> String {
    (0...below(3)).map { _ in
      if below(3) == 0 {
        return pick(["relu", "sigmoid", "flatten", "softmax", "(x => x * 2)", "m"])
      }
      let sizes = (0...below(3)).map { _ in pick(Self.sizes) }
      return "\(pick(Self.layers))(\(sizes.joined(separator: ", ")))"
    }.joined(separator: " >> ")
  }

  private mutating func training(_ depth: Int) -> String {
    let input = pick([
      "ones(2, 3)", "randn(4, 2)", "ones(1, 1, 4, 4)", "batch(a, 2)", expression(2),
    ])
    let loss = pick(["mean(m(\(input))^2)", "sum(m(\(input)))", "m(\(input))", expression(2)])
    let with = pick(["", ", with: adam()", ", with: sgd(momentum: 0.9)", ", with: a"])
    let rate = pick(["", ", rate: 1e-2", ", rate: 1e38", ", rate: nan", ", rate: b"])
    let targets = pick(["m", "[m, a]", "a", "parameter(ones(2))"])
    let step = "\(pick(["minimize", "maximize"])) \(targets)\(rate)\(with) { \(loss) }"
    switch below(4) {
    case 0: return step
    case 1: return "a = grad(\(pick(["m", "x"])) => \(loss), \(pick(["m", input])))"
    case 2: return "train \(below(4)) { \(statement(depth - 1)); \(step) }"
    default: return "train \(below(4)) { b = \(step); track b, c }\nhistory"
    }
  }

  private mutating func file() -> String {
    let name = "\"\(pick(["a", "b"])).\(pick(Self.formats))\""
    return switch below(3) {
    case 0: "\(pick(Self.names)) = load(\(name))"
    case 1: "save \(pick(["m", "a", "b", expression(2)])), \(name)"
    default: "load \(name), \(pick(["m", expression(1)]))"
    }
  }

  private static let layers = [
    "dense", "mlp", "conv", "deconv", "pool", "upsample", "reshape", "batchnorm", "layernorm",
    "dropout", "embedding",
  ]
  private static let sizes = ["1", "2", "3", "4", "0", "0.5", "-1", "1e9", "a", "stride: 2"]
  private static let formats = [
    "npy", "npz", "safetensors", "csv", "pgm", "ppm", "png", "txt", "svg", "json", "nosuch",
  ]
  private static let figures = [
    "plot", "scatter", "hist", "bars", "heatmap", "contour", "show", "grid", "summary", "print",
  ]
  private static let labels = [
    "title: \"t\"", "columns: 2", "to: \"a.svg\"", "to: \"a.pgm\"", "labels: a", "bins: 3",
    "bins: 1e9", "width: 0", "x: b", "nosuch: 1",
  ]

  private mutating func expressions(_ depth: Int) -> String {
    (0..<below(4)).map { _ in
      (below(8) == 0 ? pick(["axis: ", "keep: ", "x: ", "step: "]) : "") + expression(depth)
    }.joined(separator: ", ")
  }

  private mutating func range(_ depth: Int) -> String {
    let by = below(3) == 0 ? " by \(expression(depth))" : ""
    return expression(depth) + pick(["..<", "..."]) + expression(depth) + by
  }

  private mutating func subscripts(_ depth: Int) -> String {
    (0...below(3)).map { _ in
      switch below(6) {
      case 0: return ":"
      case 1: return range(depth)
      case 2: return pick(["2...", "..<3", "...-1", "1... by 2", "-1...0 by -1"])
      default: return expression(depth)
      }
    }.joined(separator: ", ")
  }
}
