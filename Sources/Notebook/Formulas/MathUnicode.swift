/// Shows formulas as one line of Unicode text, for terminals: `‖x − x̂‖²`.
package enum MathUnicode {
  /// The LaTeX, without its `$`, as text; equations below each other are lines of their own.
  package static func text(latex: String) -> String {
    text(Formula(latex: latex)).trimmed
  }

  static func text(_ formula: Formula) -> String {
    switch formula {
    case .row(let items): rowText(items)
    case .identifier(let text), .number(let text), .function(let text), .symbol(let text, _),
      .text(let text), .unknown(let text):
      text
    case .fraction(let top, let bottom): fractionText(top, bottom)
    case .root(let body, let degree): rootText(body, degree)
    case .scripts(let base, let lower, let upper): scriptsText(base, lower, upper)
    case .accented(let accent, let body): accentedText(accent, body)
    case .fenced(let opening, let body, let closing): opening + text(body) + closing
    case .grid(let grid): gridText(grid)
    case .braced(let body, _): text(body)
    case .space(.thin): " "
    case .space(.quad): "  "
    case .space(.qquad): "    "
    }
  }

  // MARK: Rows

  /// What a piece of a row does to the space around it.
  private enum Spacing {
    case operand, quotient, function, large, opening, closing, punctuation, relation, binary
    case prefix, space, none
  }

  private static func spacing(_ formula: Formula) -> Spacing {
    switch formula {
    case .identifier, .number, .text, .root, .accented, .unknown, .braced: .operand
    case .fenced(let opening, _, _): opening.isEmpty ? .operand : .opening
    case .grid: .operand
    case .fraction(let top, let bottom): vulgar(top, bottom) == nil ? .quotient : .operand
    case .function: .function
    case .symbol(_, let kind):
      switch kind {
      case .binary: .binary
      case .relation: .relation
      case .large: .large
      case .opening: .opening
      case .closing: .closing
      case .punctuation: .punctuation
      case .ordinary: .none
      }
    case .scripts(let base, _, _): spacing(base)
    case .row(let items): items.isEmpty ? .none : .operand
    case .space: .space
    }
  }

  private static func rowText(_ items: [Formula]) -> String {
    var result = ""
    var previous: Spacing?
    for (index, item) in items.enumerated() {
      let piece = text(item)
      if piece.isEmpty { continue }
      var current = spacing(item)
      if current == .binary, !isOperandEnd(previous) || index == items.count - 1 {
        current = .prefix
      }
      let isRunOn = index > 0 && items[index - 1].endsInWord && (piece.first?.isLetter ?? false)
      if let previous, isRunOn || needsSpace(previous, current), !result.hasSuffix(" ") {
        result += " "
      }
      // Of spaces that touch, the widest counts.
      let before = result.reversed().prefix { $0 == " " }.count
      result += current == .space ? String(piece.dropFirst(before)) : piece
      previous = item.isFenced ? .closing : current
    }
    return result
  }

  private static func isOperandEnd(_ spacing: Spacing?) -> Bool {
    switch spacing {
    case .operand, .quotient, .closing, .function, .space: true
    // A bar, a factorial or dots may end an operand.
    case Spacing.none?: true
    case .large, .opening, .punctuation, .relation, .binary, .prefix, nil: false
    }
  }

  private static func needsSpace(_ left: Spacing, _ right: Spacing) -> Bool {
    switch (left, right) {
    case (_, .space), (.space, _), (.opening, _), (_, .closing), (_, .punctuation): false
    case (.relation, _), (_, .relation), (.binary, _), (_, .binary): true
    case (.punctuation, _): true
    case (.prefix, _): false
    case (.function, .opening), (.function, .none): false
    case (.function, _), (.large, _): true
    case (.operand, .function), (.quotient, .function), (.closing, .function): true
    case (.operand, .large), (.quotient, .large), (.closing, .large): true
    case (.quotient, .operand), (.quotient, .quotient), (.quotient, .opening): true
    case (.operand, .quotient), (.closing, .quotient): true
    default: false
    }
  }

  // MARK: Parts

  /// `½` and its like, for fractions of small numbers.
  private static func vulgar(_ top: Formula, _ bottom: Formula) -> String? {
    guard case .number(let top) = top, case .number(let bottom) = bottom else { return nil }
    return ["1/2": "½", "1/3": "⅓", "2/3": "⅔", "1/4": "¼", "3/4": "¾"]["\(top)/\(bottom)"]
  }

  private static func fractionText(_ top: Formula, _ bottom: Formula) -> String {
    vulgar(top, bottom) ?? "\(factorText(top))/\(factorText(bottom, isDivisor: true))"
  }

  private static func rootText(_ body: Formula, _ degree: Formula?) -> String {
    switch degree.map(text) {
    case nil: "√" + factorText(body, isDivisor: true)
    case "3": "∛" + factorText(body, isDivisor: true)
    case "4": "∜" + factorText(body, isDivisor: true)
    case let degree?:
      (Script.upper.text(degree) ?? "(\(degree))") + "√" + factorText(body, isDivisor: true)
    }
  }

  /// The text with parentheses unless it reads as one factor without them.
  private static func factorText(_ formula: Formula, isDivisor: Bool = false) -> String {
    let body = text(formula)
    return isFactor(formula, isDivisor: isDivisor) ? body : "(\(body))"
  }

  private static func isFactor(_ formula: Formula, isDivisor: Bool) -> Bool {
    switch formula {
    case .identifier, .number, .function, .text, .root, .accented, .unknown, .symbol: true
    case .fenced(let opening, _, _): !opening.isEmpty
    case .scripts(let base, _, _): isFactor(base, isDivisor: isDivisor)
    case .row(let items):
      // ∂L and p(x) read as one; a product may stand above a fraction's bar, not below it.
      items.allSatisfy { isFactor($0, isDivisor: true) && !$0.isSpread }
        && (!isDivisor || isCall(items) || isDifferential(items))
    case .grid(let grid): !grid.opening.isEmpty
    case .fraction, .braced, .space: false
    }
  }

  /// Whether the row is a name with its arguments in parentheses, such as `p(x)`.
  private static func isCall(_ items: [Formula]) -> Bool {
    guard items.count > 2, case .symbol(_, .closing)? = items.last else {
      return items.count == 2 && items[1].isFenced
    }
    let openings = items.count { if case .symbol(_, .opening) = $0 { true } else { false } }
    if case .symbol(_, .opening) = items[0] { return openings == 1 }
    if case .symbol(_, .opening) = items[1] { return openings == 1 }
    return false
  }

  private static func isDifferential(_ items: [Formula]) -> Bool {
    items.count == 2
      && (items[0] == .symbol("∂", .ordinary) || items[0] == .identifier("d")
        || items[0] == .symbol("∇", .ordinary))
  }

  private static func accentedText(_ accent: Formula.Accent, _ body: Formula) -> String {
    let base = text(body)
    let mark = accent.combining
    if base.count == 1 { return base + mark }
    if accent == .overline || accent == .underline || accent == .bar {
      return base.map { String($0) + mark }.joined()
    }
    // A wide hat over several letters: the mark on the first is read as a mark on all.
    guard let first = base.first else { return "" }
    return "\(first)\(mark)\(base.dropFirst())"
  }

  private static func gridText(_ grid: Formula.Grid) -> String {
    let isMatrix = !grid.isAligned
    let rows = grid.rows.map { row in
      isMatrix ? row.map(text).joined(separator: ", ") : rowText(row.flatMap(\.items))
    }
    if !isMatrix, grid.opening.isEmpty { return rows.joined(separator: "\n") }
    let space = grid.opening == "{" ? " " : ""
    return grid.opening + space + rows.joined(separator: "; ") + grid.closing
  }

  // MARK: Scripts

  private static func scriptsText(
    _ base: Formula, _ lower: Formula?, _ upper: Formula?
  ) -> String {
    let isSimple = isFactor(base, isDivisor: true) || base.isLargeOperator
    let body = base == .row([]) ? "" : isSimple ? text(base) : "(\(text(base)))"
    return body + (lower.map { script($0, .lower) } ?? "")
      + (upper.map { script($0, .upper) } ?? "")
  }

  private static func script(_ formula: Formula, _ script: Script) -> String {
    let content = text(formula).trimmed
    if content.isEmpty { return "" }
    let compact = String(content.filter { $0 != " " })
    if let small = script.text(compact) { return small }
    let isOne = content.count == 1 || content.allSatisfy { $0.isLetter || $0.isNumber }
    return script.mark + (isOne ? content : "(\(content))")
  }

  /// Characters that Unicode has as small ones below or above the line.
  private enum Script {
    case lower, upper

    var mark: String { self == .lower ? "_" : "^" }

    /// The text in small characters, if all of it exists.
    func text(_ content: String) -> String? {
      let table = self == .lower ? Self.lowerTable : Self.upperTable
      var result = ""
      for character in content {
        guard let small = table[character] else { return nil }
        result.append(small)
      }
      return result
    }

    private static let lowerTable = table(
      "0123456789+−=()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ")
    private static let upperTable = table(
      "0123456789+−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδθφχ′∗*⊤∘°†",
      "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᶿᵠᵡ′**ᵀ°°†")

    private static func table(_ from: String, _ to: String) -> [Character: Character] {
      Dictionary(zip(from, to), uniquingKeysWith: { first, _ in first })
    }
  }
}

extension Formula {
  fileprivate var isFenced: Bool {
    if case .fenced = self { true } else { false }
  }

  fileprivate var isLargeOperator: Bool {
    if case .symbol(_, .large) = self { true } else { false }
  }

  /// Whether its text ends in a script such as `_θ` that the next letter would seem part of.
  fileprivate var endsInWord: Bool {
    guard case .scripts = self else { return false }
    let text = MathUnicode.text(self)
    guard let mark = text.lastIndex(where: { $0 == "_" || $0 == "^" }) else { return false }
    return text[mark...].dropFirst().allSatisfy { $0.isLetter || $0.isNumber }
  }

  /// The pieces of a row, or the formula alone.
  fileprivate var items: [Formula] {
    if case .row(let items) = self { items } else { [self] }
  }

  /// Whether the formula is written with space around it, so that it ends a factor.
  fileprivate var isSpread: Bool {
    switch self {
    case .symbol(_, .binary), .symbol(_, .relation), .symbol(_, .large), .function, .fraction: true
    case .scripts(let base, _, _): base.isSpread
    default: false
    }
  }
}

extension Formula.Accent {
  /// The combining character that puts the mark over the letter before it.
  var combining: String {
    switch self {
    case .hat, .widehat: "\u{302}"
    case .tilde, .widetilde: "\u{303}"
    case .bar: "\u{304}"
    case .overline: "\u{305}"
    case .underline: "\u{332}"
    case .dot: "\u{307}"
    case .ddot: "\u{308}"
    case .vec: "\u{20D7}"
    case .check: "\u{30C}"
    case .breve: "\u{306}"
    case .acute: "\u{301}"
    case .grave: "\u{300}"
    case .mathring: "\u{30A}"
    }
  }
}
