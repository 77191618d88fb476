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

  /// Labels of the command or call that the cursor is in.
  private func labels(before prefix: String) -> [Completions.Candidate] {
    let line = prefix.split(separator: "\n", omittingEmptySubsequences: false).last ?? ""
    let words = line.split { !($0.isLetter || $0.isNumber || $0 == "_") }
    let callee = words.reversed().lazy.compactMap { Builtin.named(String($0)) }.first
    guard let callee, line.contains(" ") || line.contains("(") else { return [] }
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
