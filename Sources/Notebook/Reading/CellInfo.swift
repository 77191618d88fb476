/// What the words behind a cell's opening fence say, for example `latent exercise bottleneck`.
struct CellInfo {
  private(set) var role: Cell.Role
  private(set) var options: Cell.Options = []
  /// What is wrong with the words, if anything.
  private(set) var problem: String?

  /// Whether a fence with these words is a cell rather than prose.
  static func isCell(_ info: String) -> Bool {
    let word = info.split(separator: " ", maxSplits: 1).first
    return word == "latent" || word == "output"
  }

  var isOutput: Bool {
    if case .output = role { true } else { false }
  }

  init(_ info: String) {
    var words = info.split(whereSeparator: { $0 == " " || $0 == "\t" }).map(String.init)
    let language = words.isEmpty ? "" : words.removeFirst()
    role = .code
    if language == "output" {
      readOutput(words)
    } else {
      readProgram(words, info: info)
    }
  }

  private mutating func readOutput(_ words: [String]) {
    role = .output(isVolatile: words.first == "volatile")
    if let stray = words.first(where: { $0 != "volatile" }) {
      problem = "an output knows no word \(stray), only volatile"
    }
  }

  private mutating func readProgram(_ words: [String], info: String) {
    switch words.first {
    case "exercise":
      role = .exercise(id: words.count > 1 ? words[1] : "")
      if words.count != 2 { problem = "an exercise has one name: latent exercise NAME" }
    case "hint": readRole(.hint, rest: words.dropFirst())
    case "solution": readRole(.solution, rest: words.dropFirst())
    case "check": readRole(.check, rest: words.dropFirst())
    case "wrong": readWrong(info)
    default: readOptions(words)
    }
  }

  private mutating func readRole(_ role: Cell.Role, rest: ArraySlice<String>) {
    self.role = role
    if let stray = rest.first { problem = "a \(role.name) knows no word \(stray)" }
  }

  /// What the check must answer is the rest of the line; quotes around it are optional.
  private mutating func readWrong(_ info: String) {
    var words = info.drop { $0 != "w" }.dropFirst("wrong".count).trimmed
    if words.count >= 2, words.hasPrefix("\""), words.hasSuffix("\"") {
      words = String(words.dropFirst().dropLast())
    }
    role = .wrong(words: words)
    if words.isEmpty {
      problem = "a wrong answer says what the check must answer: latent wrong \"WORDS\""
    }
  }

  private mutating func readOptions(_ words: [String]) {
    for word in words {
      switch word {
      case "volatile": options.insert(.volatile)
      case "error": options.insert(.error)
      case "skip": options.insert(.skip)
      case _ where problem != nil: break
      default:
        problem =
          "a cell knows no word \(word); it may say exercise, hint, solution, check, "
          + "wrong, volatile, error or skip"
      }
    }
  }
}
