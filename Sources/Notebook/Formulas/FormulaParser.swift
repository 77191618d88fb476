/// Reads LaTeX; what it does not know stays in the tree as it was written.
struct FormulaParser {
  private let scalars: [UnicodeScalar]
  private var position = 0
  private var depth: Int
  /// The first thing that was opened and never closed, or closed and never opened.
  private(set) var imbalance: String?

  /// Braces nested deeper than anybody writes are left out, so that no text exhausts the stack.
  private static let deepest = 60

  init(_ latex: String, depth: Int = 0) {
    scalars = Array(latex.unicodeScalars)
    self.depth = depth
  }

  mutating func parse() -> Formula {
    var items: [Formula] = []
    while position < scalars.count {
      let row = parseTable(until: { _ in false })
      items.append(
        row.count == 1 && row[0].count == 1
          ? row[0][0]
          : .grid(.init(rows: row, opening: "", closing: "", isAligned: true)))
      if position < scalars.count {
        note("a } that closes nothing")
        position += 1
      }
    }
    return items.count == 1 ? items[0] : .row(items)
  }

  // MARK: Rows

  /// Rows apart by `\\`, cells apart by `&`, up to a closing brace or where `isEnd` says.
  private mutating func parseTable(until isEnd: (FormulaParser) -> Bool) -> [[Formula]] {
    var rows: [[Formula]] = [[]]
    while true {
      let cell = parseRow(until: isEnd)
      rows[rows.count - 1].append(cell)
      if peek == "&" {
        position += 1
      } else if isAt("\\\\") {
        position += 2
        rows.append([])
      } else {
        break
      }
    }
    // `\\` behind the last row begins no other.
    if rows.count > 1, rows[rows.count - 1] == [.row([])] { rows.removeLast() }
    return rows
  }

  private mutating func parseRow(until isEnd: (FormulaParser) -> Bool) -> Formula {
    var items: [Formula] = []
    while let scalar = peek, scalar != "}", scalar != "&", !isAt("\\\\"), !isEnd(self) {
      if scalar == "^" || scalar == "_" || scalar == "'" {
        let base = items.popLast() ?? .row([])
        items.append(parseScripts(on: base))
      } else if let item = parseAtom() {
        items.append(item)
      }
    }
    return items.count == 1 ? items[0] : .row(items)
  }

  private mutating func parseScripts(on base: Formula) -> Formula {
    var lower: Formula?
    var upper: [Formula] = []
    while let scalar = peek {
      switch scalar {
      case "_" where lower == nil:
        position += 1
        lower = parseArgument()
      case "^", "_":
        // A second script in the same place is an error in LaTeX; here it joins the upper one.
        position += 1
        upper.append(parseArgument())
      case "'":
        position += 1
        upper.append(.symbol("′", .ordinary))
      case " ":
        // `x ^ 2` is `x^2`; a space before anything else ends the scripts.
        guard let next = scalars[position...].first(where: { $0 != " " }),
          next == "^" || next == "_" || next == "'"
        else { return scripts(base, lower, upper) }
        position += 1
      default: return scripts(base, lower, upper)
      }
    }
    return scripts(base, lower, upper)
  }

  private func scripts(_ base: Formula, _ lower: Formula?, _ upper: [Formula]) -> Formula {
    .scripts(
      base, lower: lower,
      upper: upper.isEmpty ? nil : upper.count == 1 ? upper[0] : .row(upper))
  }

  // MARK: Atoms

  private mutating func parseAtom() -> Formula? {
    guard let scalar = peek else { return nil }
    position += 1
    switch scalar {
    case " ", "\n", "\t", "\r", "~": return scalar == "~" ? .space(.thin) : nil
    case "{": return parseGroup()
    case "\\": return parseCommand()
    case "0"..."9": return parseNumber(from: position - 1)
    case "+", "*": return .symbol(String(scalar), .binary)
    case "-", "−": return .symbol("−", .binary)
    case "=", "<", ">", ":": return .symbol(String(scalar), .relation)
    case "(", "[": return .symbol(String(scalar), .opening)
    case ")", "]": return .symbol(String(scalar), .closing)
    case ",", ";": return .symbol(String(scalar), .punctuation)
    case "|", "/", "!", ".", "?", "\"", "%", "#", "$": return .symbol(String(scalar), .ordinary)
    default:
      let isLetter = scalar.properties.isAlphabetic || scalar.properties.isMath
      return isLetter ? .identifier(String(scalar)) : .symbol(String(scalar), .ordinary)
    }
  }

  private mutating func parseGroup() -> Formula {
    depth += 1
    defer { depth -= 1 }
    guard depth < Self.deepest else { return .row([]) }
    let rows = parseTable(until: { _ in false })
    if peek == "}" { position += 1 } else { note("a { that is never closed") }
    // Braces around a sign take its spacing away: `201{,}474`.
    if rows.count == 1, case .symbol(let text, _) = rows[0][0], rows[0].count == 1 {
      return .symbol(text, .ordinary)
    }
    return rows.count == 1 && rows[0].count == 1
      ? rows[0][0] : .grid(.init(rows: rows, opening: "", closing: "", isAligned: true))
  }

  private mutating func parseNumber(from start: Int) -> Formula {
    while let scalar = peek {
      let isPoint =
        (scalar == "." || scalar == ",") && position + 1 < scalars.count
        && ("0"..."9").contains(scalars[position + 1])
      // A comma is part of a number only between groups of three digits: 201,474.
      guard ("0"..."9").contains(scalar) || isPoint && (scalar == "." || isThousands) else { break }
      position += 1
    }
    return .number(string(start..<position))
  }

  private var isThousands: Bool {
    let digits = scalars[(position + 1)...].prefix { ("0"..."9").contains($0) }
    return digits.count == 3
  }

  /// An argument in braces, or the one thing that stands there.
  private mutating func parseArgument() -> Formula {
    skipSpaces()
    guard let scalar = peek, scalar != "}", scalar != "&" else { return .row([]) }
    if ("0"..."9").contains(scalar) {
      position += 1
      return .number(String(scalar))
    }
    if scalar == "^" || scalar == "_" || scalar == "'" {
      position += 1
      return .symbol(String(scalar), .ordinary)
    }
    depth += 1
    defer { depth -= 1 }
    guard depth < Self.deepest else {
      position += 1
      return .row([])
    }
    return parseAtom() ?? .row([])
  }

  // MARK: Commands

  private mutating func parseCommand() -> Formula {
    let name = readCommandName()
    if let known = FormulaSymbols.commands[name] { return known }
    if let accent = Formula.Accent(rawValue: name) { return .accented(accent, parseArgument()) }
    if let alphabet = FormulaAlphabet(rawValue: name) {
      return parseArgument().inAlphabet(alphabet)
    }
    switch name {
    case "frac", "tfrac", "dfrac": return .fraction(parseArgument(), parseArgument())
    case "binom":
      let rows = [[parseArgument()], [parseArgument()]]
      return .grid(.init(rows: rows, opening: "(", closing: ")", isAligned: false))
    case "sqrt":
      let degree = readOptional().flatMap { parseDegree($0) }
      return .root(parseArgument(), degree: degree)
    case "text", "textrm", "textit", "textbf", "mbox", "mathrm", "textsf", "texttt":
      return name == "mathrm" ? .function(readBraced()) : .text(readBraced())
    case "operatorname", "operatorname*": return .function(readBraced())
    case "underbrace", "overbrace":
      return .braced(parseArgument(), isUnder: name == "underbrace")
    case "left": return parseFenced()
    case "begin": return parseEnvironment()
    case "not":
      let negated = parseArgument()
      if case .symbol(let text, let kind) = negated { return .symbol(text + "\u{338}", kind) }
      return negated
    default: return .unknown("\\" + name)
    }
  }

  private func parseDegree(_ latex: String) -> Formula? {
    guard depth < Self.deepest else { return nil }
    var parser = FormulaParser(latex, depth: depth + 1)
    return parser.parse()
  }

  private mutating func parseFenced() -> Formula {
    depth += 1
    defer { depth -= 1 }
    let opening = readDelimiter()
    guard depth < Self.deepest else { return .row([]) }
    let rows = parseTable(until: { $0.isAt("\\right") && !$0.isAt("\\rightarrow") })
    var closing = ""
    if isAt("\\right") {
      position += "\\right".unicodeScalars.count
      closing = readDelimiter()
    } else {
      note("a \\left without \\right")
    }
    let body =
      rows.count == 1 && rows[0].count == 1
      ? rows[0][0] : Formula.grid(.init(rows: rows, opening: "", closing: "", isAligned: true))
    return .fenced(opening, body, closing)
  }

  private mutating func parseEnvironment() -> Formula {
    depth += 1
    defer { depth -= 1 }
    let name = readBraced()
    guard depth < Self.deepest else { return .row([]) }
    if name == "array" { _ = readBraced() }
    let rows = parseTable(until: { $0.isAt("\\end") })
    if isAt("\\end") {
      position += "\\end".unicodeScalars.count
      _ = readBraced()
    } else {
      note("a \\begin{\(name)} without \\end")
    }
    let (opening, closing) =
      switch name {
      case "pmatrix": ("(", ")")
      case "bmatrix": ("[", "]")
      case "vmatrix": ("|", "|")
      case "Vmatrix": ("‖", "‖")
      case "cases": ("{", "")
      default: ("", "")
      }
    let isAligned = !name.hasSuffix("matrix") && name != "cases" && name != "array"
    return .grid(.init(rows: rows, opening: opening, closing: closing, isAligned: isAligned))
  }

  private mutating func note(_ imbalance: String) {
    if self.imbalance == nil { self.imbalance = imbalance }
  }

  // MARK: Characters

  private var peek: UnicodeScalar? { position < scalars.count ? scalars[position] : nil }

  private func isAt(_ text: String) -> Bool {
    scalars[position...].starts(with: text.unicodeScalars)
  }

  private func string(_ range: Range<Int>) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars[range])
    return String(text)
  }

  private mutating func skipSpaces() {
    while let scalar = peek, scalar == " " || scalar == "\n" || scalar == "\r" { position += 1 }
  }

  private mutating func readCommandName() -> String {
    let start = position
    while let scalar = peek, ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) {
      position += 1
    }
    if position == start, position < scalars.count { position += 1 }
    let name = string(start..<position)
    if name == "operatorname", peek == "*" { position += 1 }
    return name
  }

  /// The text between braces, as it stands.
  private mutating func readBraced() -> String {
    skipSpaces()
    guard peek == "{" else {
      guard peek != nil else { return "" }
      position += 1
      return string(position - 1..<position)
    }
    let start = position + 1
    var open = 0
    while let scalar = peek {
      open += scalar == "{" ? 1 : scalar == "}" ? -1 : 0
      position += 1
      if open == 0 { return string(start..<(position - 1)) }
    }
    note("a { that is never closed")
    return string(start..<position)
  }

  /// The text between square brackets; a degree is short, so a bracket far away is none of it.
  private mutating func readOptional() -> String? {
    guard peek == "[", let end = scalars[position...].prefix(80).firstIndex(of: "]") else {
      return nil
    }
    defer { position = end + 1 }
    return string(position + 1..<end)
  }

  private mutating func readDelimiter() -> String {
    skipSpaces()
    guard let scalar = peek else { return "" }
    position += 1
    if scalar == "." { return "" }
    guard scalar == "\\" else { return String(scalar) }
    let name = readCommandName()
    if case .symbol(let text, _)? = FormulaSymbols.commands[name] { return text }
    return "\\" + name
  }
}

extension Formula {
  /// The formula with its letters in another alphabet.
  fileprivate func inAlphabet(_ alphabet: FormulaAlphabet) -> Formula {
    func mapped(_ text: String) -> String {
      var scalars = String.UnicodeScalarView()
      scalars.append(contentsOf: text.unicodeScalars.map(alphabet.letter))
      return String(scalars)
    }
    return switch self {
    case .identifier(let text): .identifier(mapped(text))
    case .number(let text): .number(mapped(text))
    case .row(let items): .row(items.map { $0.inAlphabet(alphabet) })
    case .scripts(let base, let lower, let upper):
      .scripts(base.inAlphabet(alphabet), lower: lower, upper: upper)
    case .accented(let accent, let body): .accented(accent, body.inAlphabet(alphabet))
    default: self
    }
  }
}
