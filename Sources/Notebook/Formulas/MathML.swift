/// Shows formulas as MathML, for woven pages.
package enum MathML {
  /// The LaTeX, without its `$`, as a `<math>` element that carries the LaTeX as an annotation,
  /// which is not shown, and from which it can be copied.
  package static func element(latex: String, isDisplay: Bool) -> String {
    let body = single(content(Formula(latex: latex), isDisplay: isDisplay))
    let display = isDisplay ? " display=\"block\"" : ""
    let source = latex.trimmed.split(whereSeparator: { $0.isNewline }).joined(separator: " ")
    return "<math xmlns=\"http://www.w3.org/1998/Math/MathML\"\(display)><semantics>\(body)"
      + "<annotation encoding=\"application/x-tex\">\(source.xmlEscaped)</annotation>"
      + "</semantics></math>"
  }

  private static func content(_ formula: Formula, isDisplay: Bool) -> String {
    func inner(_ formula: Formula) -> String { content(formula, isDisplay: isDisplay) }
    func tag(_ name: String, _ parts: [Formula]) -> String {
      "<\(name)>" + parts.map { single(inner($0)) }.joined() + "</\(name)>"
    }
    switch formula {
    case .row(let items): return "<mrow>" + rowContent(items, isDisplay: isDisplay) + "</mrow>"
    case .identifier(let text): return "<mi>\(text.xmlEscaped)</mi>"
    case .number(let text): return "<mn>\(text.xmlEscaped)</mn>"
    case .function(let text): return "<mi mathvariant=\"normal\">\(text.xmlEscaped)</mi>"
    case .symbol(let text, let kind): return symbol(text, kind)
    case .text(let text), .unknown(let text): return "<mtext>\(nonBreaking(text))</mtext>"
    case .fraction(let top, let bottom): return tag("mfrac", [top, bottom])
    case .root(let body, nil): return tag("msqrt", [body])
    case .root(let body, let degree?): return tag("mroot", [body, degree])
    case .scripts(let base, let lower, let upper):
      return scripts(base, lower, upper, isDisplay: isDisplay)
    case .accented(let accent, let body):
      return letter(body, under: accent) ?? accented(accent, inner(body))
    case .fenced(let opening, let body, let closing):
      return "<mrow>\(fence(opening, "prefix"))\(inner(body))\(fence(closing, "postfix"))</mrow>"
    case .grid(let grid): return table(grid, isDisplay: isDisplay)
    case .braced(let body, let isUnder):
      let brace = "<mo stretchy=\"true\">\(isUnder ? "⏟" : "⏞")</mo>"
      let name = isUnder ? "munder" : "mover"
      return "<\(name)>\(single(inner(body)))\(brace)</\(name)>"
    case .space(.thin): return "<mspace width=\"0.17em\"/>"
    case .space(.quad): return "<mspace width=\"1em\"/>"
    case .space(.qquad): return "<mspace width=\"2em\"/>"
    }
  }

  /// A function is followed by the invisible sign of application, which gives it its space.
  private static func rowContent(_ items: [Formula], isDisplay: Bool) -> String {
    var result = ""
    var previous: Formula?
    for (index, item) in items.enumerated() {
      if let sign = item.sign, previous?.endsOperand != true {
        result += "<mo form=\"prefix\">\(sign)</mo>"
      } else {
        result += content(item, isDisplay: isDisplay)
      }
      if !item.isSpace { previous = item }
      if item.isFunction, index + 1 < items.count {
        result += "<mo>\u{2061}</mo>"
        // Below a function with limits, such as min over θ, a thin space would not show.
        if case .scripts = item {
          result += "<mspace width=\"0.28em\"/>"
        } else if !items[index + 1].isOpening {
          result += "<mspace width=\"0.17em\"/>"
        }
      }
    }
    return result
  }

  private static func symbol(_ text: String, _ kind: Formula.SymbolClass) -> String {
    let escaped = text.xmlEscaped
    return switch kind {
    case .opening: "<mo stretchy=\"false\" form=\"prefix\">\(escaped)</mo>"
    case .closing: "<mo stretchy=\"false\" form=\"postfix\">\(escaped)</mo>"
    case .punctuation: "<mo separator=\"true\">\(escaped)</mo>"
    case .relation where text == "|":
      "<mo stretchy=\"false\" lspace=\"0.28em\" rspace=\"0.28em\">|</mo>"
    case .relation, .binary, .large: "<mo>\(escaped)</mo>"
    case .ordinary where text == "∂" || text == "∞" || text == "∇" || text == "…":
      "<mi mathvariant=\"normal\">\(escaped)</mi>"
    case .ordinary: "<mo stretchy=\"false\" lspace=\"0\" rspace=\"0\">\(escaped)</mo>"
    }
  }

  private static func fence(_ delimiter: String, _ form: String) -> String {
    delimiter.isEmpty
      ? ""
      : "<mo stretchy=\"true\" fence=\"true\" form=\"\(form)\">\(delimiter.xmlEscaped)</mo>"
  }

  private static func scripts(
    _ base: Formula, _ lower: Formula?, _ upper: Formula?, isDisplay: Bool
  ) -> String {
    let hasLimits = base.isBrace || isDisplay && base.takesLimits
    let parts = [base, lower, upper].compactMap(\.self)
      .map { single(content($0, isDisplay: isDisplay)) }.joined()
    let name =
      switch (lower != nil, upper != nil) {
      case (true, true): hasLimits ? "munderover" : "msubsup"
      case (true, false): hasLimits ? "munder" : "msub"
      case (false, _): hasLimits ? "mover" : "msup"
      }
    return "<\(name)>\(parts)</\(name)>"
  }

  /// A letter and its mark as one character, nil where fonts do not know how to set them apart:
  /// they do for Latin letters and digits, and have no arrows.
  private static func letter(_ formula: Formula, under accent: Formula.Accent) -> String? {
    if accent == .vec { return nil }
    return switch formula {
    case .identifier(let text) where text.count == 1 && text.utf8.count == 1:
      // Browsers make a letter italic only if nothing else stands with it: the class does.
      "<mi class=\"marked\">\(text)\(accent.combining)</mi>"
    case .number(let text) where text.count == 1: "<mn>\(text)\(accent.combining)</mn>"
    default: nil
    }
  }

  /// A base and its mark, which is no accent to MathML: without a font for mathematics that would
  /// touch its base.
  private static func accented(_ accent: Formula.Accent, _ body: String) -> String {
    if accent == .underline {
      return "<munder>\(single(body))<mo stretchy=\"true\">_</mo></munder>"
    }
    let isWide = accent == .overline || accent == .widehat || accent == .widetilde
    return "<mover>\(single(body))"
      + "<mo stretchy=\"\(isWide)\">\(accent.spacing)</mo></mover>"
  }

  private static func table(_ grid: Formula.Grid, isDisplay: Bool) -> String {
    let rows = grid.rows.map { row in
      "<mtr>" + row.map { "<mtd>\(content($0, isDisplay: isDisplay))</mtd>" }.joined() + "</mtr>"
    }.joined()
    // Aligned equations meet at their `&`: right, left, right, left.
    let style =
      grid.isAligned
      ? " columnalign=\"right left\" columnspacing=\"0\" displaystyle=\"true\" class=\"aligned\""
      : grid.opening == "{" ? " columnalign=\"left\" class=\"cases\"" : ""
    return "<mrow>\(fence(grid.opening, "prefix"))<mtable\(style)>\(rows)</mtable>"
      + "\(fence(grid.closing, "postfix"))</mrow>"
  }

  /// One element, as an argument has to be.
  private static func single(_ content: String) -> String {
    content.isEmpty ? "<mrow></mrow>" : content
  }

  private static func nonBreaking(_ text: String) -> String {
    text.xmlEscaped.split(separator: " ", omittingEmptySubsequences: false)
      .joined(separator: "\u{A0}")
  }
}

extension Formula {
  fileprivate var isFunction: Bool {
    switch self {
    case .function: true
    case .scripts(let base, _, _): base.isFunction
    default: false
    }
  }

  fileprivate var isOpening: Bool {
    switch self {
    case .symbol(_, .opening), .fenced: true
    default: false
    }
  }

  fileprivate var isSpace: Bool {
    if case .space = self { true } else { false }
  }

  /// A sign that may stand before a single operand, as in `−x`.
  fileprivate var sign: String? {
    guard case .symbol(let text, .binary) = self, "+−±∓".contains(text) else { return nil }
    return text
  }

  /// Whether a sign behind it stands between two operands.
  fileprivate var endsOperand: Bool {
    switch self {
    case .symbol(_, let kind): kind == .closing || kind == .ordinary
    case .function: false
    case .scripts(let base, _, _): base.endsOperand
    default: true
    }
  }

  fileprivate var isBrace: Bool {
    if case .braced = self { true } else { false }
  }

  fileprivate var takesLimits: Bool {
    switch self {
    case .symbol(let text, .large): text != "∫" && text != "∬" && text != "∮"
    case .function(let name): FormulaSymbols.functionsWithLimits.contains(name)
    default: false
    }
  }
}

extension Formula.Accent {
  /// The mark as a character of its own.
  fileprivate var spacing: String {
    switch self {
    case .hat, .widehat: "^"
    case .tilde, .widetilde: "~"
    case .bar, .overline: "¯"
    case .underline: "_"
    case .dot: "˙"
    case .ddot: "¨"
    case .vec: "→"
    case .check: "ˇ"
    case .breve: "˘"
    case .acute: "´"
    case .grave: "`"
    case .mathring: "˚"
    }
  }
}
