/// Finds `$…$` and `$$…$$` in a paragraph, and leaves code and prices alone.
struct FormulaScanner {
  enum Part: Hashable {
    case text(String)
    case formula(latex: String, isDisplay: Bool)
  }

  private let characters: [Character]
  private var position = 0

  init(_ text: String) {
    characters = Array(text)
  }

  init(_ characters: [Character], at position: Int) {
    self.characters = characters
    self.position = position
  }

  /// The next stretch of text or the next formula.
  mutating func next() -> Part? {
    guard position < characters.count else { return nil }
    if characters[position] == "$", let formula = scanFormula() { return formula }
    var text = ""
    repeat {
      switch characters[position] {
      case "\\":
        text += String(characters[position..<min(position + 2, characters.count)])
        position += 2
      case "`":
        let end = codeEnd
        text += String(characters[position..<end])
        position = end
      case "$":
        let length = min(2, runLength(of: "$", at: position))
        text += String(repeating: "$", count: length)
        position += length
      default:
        text.append(characters[position])
        position += 1
      }
    } while position < characters.count && !startsFormula
    return .text(text)
  }

  private var startsFormula: Bool {
    guard characters[position] == "$" else { return false }
    var ahead = self
    return ahead.scanFormula() != nil
  }

  /// Reads the formula that begins here, if one does: its text touches both `$` and no digit
  /// follows, because prices are no formulas.
  mutating func scanFormula() -> Part? {
    let length = min(2, runLength(of: "$", at: position))
    let start = position + length
    var end = start
    while end < characters.count {
      if characters[end] == "\\" {
        end += 2
        continue
      }
      // Code binds tighter: "$5, `$x`" is a price and code.
      if characters[end] == "`" { return nil }
      let isSign = characters[end] == "$"
      if isSign, length == 1 || runLength(of: "$", at: end) >= 2 { break }
      end += 1
    }
    guard end < characters.count, end > start else { return nil }
    if length == 1 {
      let follower = end + 1 < characters.count ? characters[end + 1] : " "
      guard !characters[start].isWhitespace, !characters[end - 1].isWhitespace,
        !follower.isNumber
      else { return nil }
    }
    position = end + length
    return .formula(latex: String(characters[start..<end]), isDisplay: length == 2)
  }

  /// Where the last part ends.
  var end: Int { position }

  /// Where the code that begins here ends, or its backticks if it never does.
  var codeEnd: Int {
    let length = runLength(of: "`", at: position)
    var index = position + length
    while index < characters.count {
      let run = runLength(of: "`", at: index)
      if run == length { return index + run }
      index += max(run, 1)
    }
    return position + length
  }

  private func runLength(of character: Character, at start: Int) -> Int {
    var end = start
    while end < characters.count, characters[end] == character { end += 1 }
    return end - start
  }
}
