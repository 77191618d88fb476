/// Cuts text into tokens. It never fails: what it cannot read becomes `unknown` and a diagnostic.
package struct Lexer {
  let source: Source
  let scalars: [Unicode.Scalar]
  /// UTF-8 offset of each scalar, and of the end.
  let offsets: [Int]
  var position = 0
  private(set) var tokens: [Token] = []
  var faults: [(SyntaxFault, Span)] = []

  package static func tokenize(_ source: Source) -> [Token] {
    var lexer = Lexer(source)
    lexer.run()
    return lexer.tokens
  }

  /// Every name that the text mentions.
  package static func names(in source: Source) -> Set<String> {
    Set(
      tokenize(source).compactMap { token in
        if case .name(let name) = token.kind { name } else { nil }
      })
  }

  /// Lexes `range` of the source's UTF-8 offsets, or all of it.
  init(_ source: Source, range: Span? = nil) {
    self.source = source
    var scalars: [Unicode.Scalar] = []
    var offsets: [Int] = []
    var offset = 0
    for scalar in source.text.unicodeScalars {
      if range.map({ offset >= $0.start && offset < $0.end }) ?? true {
        scalars.append(scalar)
        offsets.append(offset)
      }
      offset += UTF8.width(scalar)
    }
    offsets.append(range?.end ?? offset)
    self.scalars = scalars
    self.offsets = offsets
  }

  mutating func run() {
    var isSpaced = true
    while position < scalars.count {
      let start = position
      let scalar = scalars[position]
      if scalar == "\n" {
        position += 1
        add(.newline, from: start, isSpaced)
        isSpaced = true
        continue
      }
      if scalar.properties.isWhitespace {
        position += 1
        isSpaced = true
        continue
      }
      if scalar == "#" {
        while position < scalars.count, scalars[position] != "\n" { position += 1 }
        continue
      }
      lexToken(start, isSpaced)
      isSpaced = false
    }
    tokens.append(
      Token(kind: .end, span: Span(offsets[position], offsets[position]), isSpaced: isSpaced))
  }

  private mutating func lexToken(_ start: Int, _ isSpaced: Bool) {
    let scalar = scalars[position]
    if isDigit(scalar) {
      lexNumber(start, isSpaced)
    } else if Lexer.isNameStart(scalar) {
      lexName(start, isSpaced)
    } else if scalar == "\"" {
      lexString(start, isSpaced)
    } else if Lexer.superscripts[scalar] != nil {
      lexSuperscript(start, isSpaced)
    } else {
      lexSymbol(start, isSpaced)
    }
  }

  mutating func add(_ kind: Token.Kind, from start: Int, _ isSpaced: Bool) {
    tokens.append(
      Token(kind: kind, span: Span(offsets[start], offsets[position]), isSpaced: isSpaced))
  }

  func peek(_ ahead: Int = 0) -> Unicode.Scalar? {
    position + ahead < scalars.count ? scalars[position + ahead] : nil
  }

  func text(from start: Int) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars[start..<position])
    return String(text)
  }

  mutating func fault(_ fault: SyntaxFault, from start: Int) {
    faults.append((fault, Span(offsets[start], offsets[position])))
  }

  // MARK: Numbers

  private func isDigit(_ scalar: Unicode.Scalar?) -> Bool {
    scalar.map { ("0"..."9").contains($0) } ?? false
  }

  private mutating func skipDigits() {
    while isDigit(peek()) || (peek() == "_" && isDigit(peek(1))) { position += 1 }
  }

  private mutating func lexNumber(_ start: Int, _ isSpaced: Bool) {
    skipDigits()
    if peek() == ".", isDigit(peek(1)) {
      position += 1
      skipDigits()
    }
    if peek() == "e" || peek() == "E",
      isDigit(peek(1)) || ((peek(1) == "-" || peek(1) == "+" || peek(1) == "−") && isDigit(peek(2)))
    {
      position += 2
      skipDigits()
    }
    if peek() == ".", refuseDot(from: start) { return add(.number(0), from: start, isSpaced) }
    if let next = peek(), Lexer.isNameStart(next) {
      let number = text(from: start)
      let nameStart = position
      while let next = peek(), Lexer.isNamePart(next) { position += 1 }
      let name = text(from: nameStart)
      // Mathematics writes a factor before a name; half an exponent and 0xFF are something else.
      let isFactor = name.lowercased() != "e" && number != "0"
      fault(
        isFactor ? .missingProduct(number: number, name: name) : .badNumber(number + name),
        from: start)
      return add(.number(0), from: start, isSpaced)
    }
    let digits = text(from: start).filter { $0 != "_" }.map { $0 == "−" ? "-" : $0 }
    let value = Double(String(digits)) ?? 0
    if Lexer.isBeyondRange(value, String(digits)) {
      fault(.beyondRange(text(from: start), isLarge: value > 1), from: start)
    }
    add(.number(value), from: start, isSpaced)
  }

  /// Numbers are 32-bit floats: in silence a large one would become infinity, a small one 0.
  private static func isBeyondRange(_ value: Double, _ digits: String) -> Bool {
    if value >= 1 { return Float(value).isInfinite }
    let significand = digits.prefix { $0 != "e" && $0 != "E" }
    return Float(value) == 0 && significand.contains { ("1"..."9").contains($0) }
  }

  /// `1.` and `1.2.3`; the dots of `1..<5` and of `2.name` are others.
  private mutating func refuseDot(from start: Int) -> Bool {
    let whole = text(from: start)
    if isDigit(peek(1)) {
      while isDigit(peek()) || (peek() == "." && isDigit(peek(1))) { position += 1 }
      fault(.twoDots(text(from: start)), from: start)
      return true
    }
    if let next = peek(1), next == "." || Lexer.isNameStart(next) { return false }
    position += 1
    fault(.endingDot(whole), from: start)
    return true
  }

  private static let superscripts: [Unicode.Scalar: Character] = [
    "⁰": "0", "¹": "1", "²": "2", "³": "3", "⁴": "4", "⁵": "5", "⁶": "6", "⁷": "7", "⁸": "8",
    "⁹": "9", "⁻": "-",
  ]

  private mutating func lexSuperscript(_ start: Int, _ isSpaced: Bool) {
    var digits = ""
    while let scalar = peek(), let digit = Lexer.superscripts[scalar],
      digit != "-" || digits.isEmpty
    {
      digits.append(digit)
      position += 1
    }
    guard let value = Double(digits), Float(value).isFinite else {
      fault(.badNumber(text(from: start)), from: start)
      return add(.superscript(1), from: start, isSpaced)
    }
    add(.superscript(value), from: start, isSpaced)
  }

  // MARK: Names

  static func isNameStart(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "_" || (scalar.properties.isAlphabetic && !isSubscript(scalar) && scalar != "ᵀ")
  }

  static func isNamePart(_ scalar: Unicode.Scalar) -> Bool {
    if isNameStart(scalar) || isSubscript(scalar) || scalar == "′" { return true }
    switch scalar.properties.generalCategory {
    case .decimalNumber, .nonspacingMark, .spacingMark, .enclosingMark: return true
    default: return false
    }
  }

  private static func isSubscript(_ scalar: Unicode.Scalar) -> Bool {
    ("\u{2080}"..."\u{209C}").contains(scalar)
  }

  private mutating func lexName(_ start: Int, _ isSpaced: Bool) {
    while let scalar = peek(), Lexer.isNamePart(scalar) { position += 1 }
    let name = text(from: start)
    if let keyword = Keyword(rawValue: name) {
      return add(.keyword(keyword), from: start, isSpaced)
    }
    add(.name(name == "π" ? "pi" : name), from: start, isSpaced)
  }

  // MARK: Symbols

  private static let longestFirst = Symbol.allCases.sorted { $0.rawValue.count > $1.rawValue.count }

  /// Spellings that papers and other keyboards use.
  private static let aliases: [Unicode.Scalar: Symbol] = [
    "−": .minus, "–": .minus, "·": .times, "×": .times, "⊙": .times, "∗": .times, "÷": .divide,
    "≤": .lessOrEqual, "≥": .greaterOrEqual, "≠": .notEqual, "⇒": .arrow, "…": .closedRange,
  ]

  private mutating func lexSymbol(_ start: Int, _ isSpaced: Bool) {
    if peek() == ".", isDigit(peek(1)), isSpaced || tokens.isEmpty {
      position += 1
      skipDigits()
      fault(.leadingDot(text(from: start)), from: start)
      return add(.number(0), from: start, isSpaced)
    }
    if let alias = Lexer.aliases[scalars[position]] {
      position += 1
      return add(.symbol(alias), from: start, isSpaced)
    }
    if peek() == "∞" {
      position += 1
      return add(.name("inf"), from: start, isSpaced)
    }
    if let (text, advice) = Lexer.foreign.first(where: { matches($0.text) && isForeign($0.text) }) {
      position += text.unicodeScalars.count
      fault(.otherLanguage(text, here: Lexer.named(advice, after: lastName)), from: start)
      return add(.unknown, from: start, isSpaced)
    }
    if let text = quotedOtherwise(isSpaced) {
      fault(.quotedOtherwise(text), from: start)
      return add(.unknown, from: start, isSpaced)
    }
    if matches(".."), peek(2) != ".", peek(2) != "<" {
      position += 2
      fault(.otherLanguage("..", here: Lexer.rangeAdvice), from: start)
      return add(.unknown, from: start, isSpaced)
    }
    for symbol in Lexer.longestFirst where matches(symbol.rawValue) {
      position += symbol.rawValue.unicodeScalars.count
      return add(.symbol(symbol), from: start, isSpaced)
    }
    position += 1
    let character = Character(scalars[start])
    let beginsStatement = tokens.last.map { $0.kind == .newline } ?? true
    fault(
      .badCharacter(
        character,
        instead: character == "?" && beginsStatement ? "help name" : Lexer.instead[character]),
      from: start)
    add(.unknown, from: start, isSpaced)
  }

  /// `x <- 1` gives a value in R, but `x<-1` compares.
  private func isForeign(_ text: String) -> Bool {
    switch text {
    case "<-": return peek(2) == " " && position > 0 && scalars[position - 1] == " "
    case "--":
      // `a--b` takes a negative number away; nothing follows what counts down.
      var ahead = 2
      while peek(ahead) == " " { ahead += 1 }
      return peek(ahead).map { "\n;})#".unicodeScalars.contains($0) } ?? !tokens.isEmpty
    default: return true
    }
  }

  /// The name that stands just before, for advice that repeats it.
  private var lastName: String? {
    if case .name(let name) = tokens.last?.kind { return name }
    return nil
  }

  private static func named(_ advice: String, after name: String?) -> String {
    guard let name, advice.hasPrefix("write x = x") else { return advice }
    return "write \(name) = \(name)" + advice.dropFirst("write x = x".count)
  }

  /// The text between quotes of another kind, which are left behind, if they are closed.
  private mutating func quotedOtherwise(_ isSpaced: Bool) -> String? {
    // In f'(x) it is a prime.
    if !isSpaced, lastName != nil { return nil }
    guard let close = Lexer.quotes[scalars[position]] else { return nil }
    var ahead = 1
    while let scalar = peek(ahead), scalar != "\n", !close.unicodeScalars.contains(scalar) {
      ahead += 1
    }
    guard let end = peek(ahead), end != "\n" else { return nil }
    let start = position + 1
    position += ahead
    defer { position += 1 }
    return text(from: start)
  }

  private static let quotes: [Unicode.Scalar: String] = [
    "'": "'", "“": "”\"", "‘": "’'", "„": "“”",
  ]

  private static let foreign: [(text: String, advice: String)] = [
    ("**", "a power is written x^2 or x²"), ("&&", "write and"), ("||", "write or"),
    ("++", "write x = x + 1"), ("--", "write x = x - 1"), ("+=", "write x = x + …"),
    ("-=", "write x = x - …"),
    ("*=", "write x = x * …"), ("/=", "write x = x / …"),
    (
      "//", "a comment begins with #; a quotient without its fraction is floor(a / b)"
    ),
    ("->", "a function is written x => …"), ("<-", "a value is given with ="),
    (":=", "a value is given with ="), (".*", "* works element by element, @ multiplies matrices"),
    ("./", "/ works element by element"), (".^", "^ works element by element"),
  ]

  private static let rangeAdvice = "0..<5 ends before 5, 0...5 with 5"

  private static let instead: [Character: String] = [
    "!": "not x, or a != b", "“": "\"", "”": "\"", "’": "\"", "‘": "\"",
    "'": "\" around text, ′ behind a name, transpose(x) for a transpose",
    "&": "and", "|": "or, or |> to pass a value on", "?": "if c { a } else { b }",
    "√": "sqrt(x)", "½": "0.5", "ᵀ": "transpose(x)", "∑": "sum(x)", "$": "no $ before names",
    "~": "not x",
    "\\": "a name after the backslash and Tab, as in \\mu",
  ]

  private func matches(_ text: String) -> Bool {
    var ahead = 0
    for scalar in text.unicodeScalars {
      guard peek(ahead) == scalar else { return false }
      ahead += 1
    }
    return true
  }
}
