import Syntax

/// Stands for one side of an operator in a sentence that is written before the program is known.
enum Operand: Character, CustomStringConvertible, CaseIterable {
  // Characters of Unicode's private use, which no sentence contains.
  case left = "\u{E000}"
  case right = "\u{E001}"

  var description: String { String(rawValue) }

  /// Longer operands would hide the advice.
  private static let longest = 24

  /// The sentence with what the program says on each side, or `…` for what is long.
  static func spelled(_ sentence: String, _ sides: [Span], _ source: Source) -> String {
    var result = ""
    for character in sentence {
      guard let operand = Operand(rawValue: character) else {
        result.append(character)
        continue
      }
      result += operand.text(in: sides, source)
    }
    return result
  }

  private func text(in sides: [Span], _ source: Source) -> String {
    guard sides.count == Operand.allCases.count else { return "…" }
    let text = source.slice(sides[self == .left ? 0 : 1])
    return text.count <= Operand.longest && !text.contains("\n") ? text : "…"
  }
}
