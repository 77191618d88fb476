import Syntax

/// What could stand at a place of the text.
struct Completion {
  let names: [String: Value]
  /// Names of results, offered to who begins with their underscore.
  let results: [String]
  let host: Host

  func completions(in text: String, at cursor: Int) -> Completions {
    let bytes = Array(text.utf8.prefix(cursor))
    let before = String(decoding: bytes, as: UTF8.self)
    if let symbol = symbolCompletion(before, cursor) { return symbol }
    switch CursorPlace(before) {
    case .comment: return Completions(start: cursor, end: cursor, candidates: [])
    case .text(let start):
      var found = Completions(start: start, end: cursor, candidates: [])
      found.wantsFiles = namesFile(String(decoding: bytes[..<(start - 1)], as: UTF8.self))
      return found
    case .program: break
    }
    let word = String(
      before.reversed().prefix { $0.isLetter || $0.isNumber || $0 == "_" }.reversed())
    let start = cursor - word.utf8.count
    let prefix = before.dropLast(word.count)
    let candidates: [Completions.Candidate]
    if prefix.hasSuffix(".") {
      candidates = fields(of: String(prefix.dropLast()))
    } else {
      let numbered = word.hasPrefix("_") ? results : []
      candidates =
        labels(before: String(prefix)) + known
        + numbered.map { .init(replacement: $0, summary: "a value shown before") }
    }
    var seen = Set<String>()
    return Completions(
      start: start, end: cursor,
      candidates: candidates.filter {
        $0.replacement.hasPrefix(word) && seen.insert($0.replacement).inserted
      })
  }

  /// `\mu` becomes μ.
  private func symbolCompletion(_ before: String, _ cursor: Int) -> Completions? {
    guard let backslash = before.lastIndex(of: "\\") else { return nil }
    let name = String(before[before.index(after: backslash)...])
    guard name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "^" || $0 == "_" }) else {
      return nil
    }
    let start = cursor - name.utf8.count - 1
    if let exact = Completion.symbols[name] {
      return Completions(start: start, end: cursor, candidates: [.init(replacement: exact)])
    }
    let matching = Completion.symbols.filter { $0.key.hasPrefix(name) }.sorted { $0.key < $1.key }
    return Completions(
      start: start, end: cursor,
      candidates: matching.map { .init(replacement: "\\" + $0.key, summary: $0.value) })
  }

  private var known: [Completions.Candidate] {
    let variables = names.sorted { $0.key < $1.key }.map { name, value in
      Completions.Candidate(replacement: name, summary: value.kindName)
    }
    let builtins = (Builtin.all).sorted { $0.name < $1.name }.map {
      Completions.Candidate(replacement: $0.name, summary: $0.summary)
    }
    let words = (Completion.keywords + Evaluator.constants).map {
      Completions.Candidate(replacement: $0, summary: Notation.named($0)?.summary)
    }
    return variables + builtins + words
  }

  /// Whether a text that begins behind `prefix` names a file.
  private func namesFile(_ prefix: String) -> Bool {
    let hasLabel = prefix.reversed().drop { $0 == " " }.starts(with: ":ot")
    let isFile = callee(before: prefix)?.signature.parameters.contains { $0.name == "file" }
    return hasLabel || isFile ?? false
  }

  /// The command or call that the cursor is in.
  private func callee(before prefix: String) -> Builtin? {
    let line = prefix.split(separator: "\n", omittingEmptySubsequences: false).last ?? ""
    guard line.contains(" ") || line.contains("(") else { return nil }
    let words = line.split { !($0.isLetter || $0.isNumber || $0 == "_") }
    return words.reversed().lazy.compactMap { Builtin.named(String($0)) }.first
  }

  /// Labels of the command or call that the cursor is in.
  private func labels(before prefix: String) -> [Completions.Candidate] {
    guard let callee = callee(before: prefix) else { return [] }
    return callee.signature.parameters.filter { !$0.isVariadic && $0.isOptional }.map {
      Completions.Candidate(replacement: "\($0.name): ", summary: callee.signature.text)
    }
  }

  private func fields(of expression: String) -> [Completions.Candidate] {
    let name = String(
      expression.reversed().prefix { $0.isLetter || $0.isNumber || $0 == "_" }.reversed())
    let fields: [String] =
      switch names[name] {
      case .record(let record)?: record.names
      case .dataset(let dataset)?: dataset.fieldNames
      default: []
      }
    return fields.map {
      Completions.Candidate(replacement: $0, summary: Notation.named($0)?.summary)
    }
  }

  static let keywords = [
    "fn", "if", "else", "for", "in", "while", "break", "continue", "return", "and", "or", "not",
    "true", "false", "nothing", "by",
  ]

  /// What Tab makes of a backslash and a name.
  static let symbols: [String: String] = [
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "zeta": "ζ", "eta": "η",
    "theta": "θ", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π",
    "rho": "ρ", "sigma": "σ", "tau": "τ", "phi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω",
    "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Sigma": "Σ", "Phi": "Φ",
    "Psi": "Ψ", "Omega": "Ω", "hat": "\u{302}", "bar": "\u{304}", "tilde": "\u{303}",
    "odot": "⊙", "times": "×", "cdot": "·", "le": "≤", "ge": "≥", "ne": "≠", "prime": "′",
    "^2": "²", "^3": "³", "^-1": "⁻¹", "_0": "₀", "_1": "₁", "_2": "₂", "_3": "₃",
  ]
}

/// What the end of a text stands in.
private enum CursorPlace {
  case program
  case comment
  /// Between quotes; the offset of what stands behind the first.
  case text(start: Int)

  init(_ before: String) {
    var place = CursorPlace.program
    /// Texts around the expression that the end stands in, inside their braces.
    var outer: [Int] = []
    var isEscaped = false
    for (offset, byte) in before.utf8.enumerated() {
      switch (place, byte) {
      case (_, UInt8(ascii: "\n")): (place, outer, isEscaped) = (.program, [], false)
      case (.comment, _): break
      case (.program, UInt8(ascii: "\"")): place = .text(start: offset + 1)
      case (.program, UInt8(ascii: "#")): place = .comment
      case (.program, UInt8(ascii: "}")):
        if let start = outer.popLast() { place = .text(start: start) }
      case (.program, _): break
      case (.text, _) where isEscaped: isEscaped = false
      case (.text, UInt8(ascii: "\\")): isEscaped = true
      case (.text, UInt8(ascii: "\"")): place = .program
      case (.text(let start), UInt8(ascii: "{")):
        outer.append(start)
        place = .program
      case (.text, _): break
      }
    }
    self = place
  }
}
