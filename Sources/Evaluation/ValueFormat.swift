import Rendering
import Typography

/// What stands behind the colon in `"{x:8.3}"`: `width`, `.digits`, and `e` or `%`, each optional.
struct ValueFormat {
  enum Style: Character { case scientific = "e", percent = "%" }

  private let width: Int?
  private let digits: Int?
  private let style: Style?

  private static let largestWidth = 200
  private static let largestDigits = 20

  /// Throws: `Fault` if the text is no format.
  init(_ text: String) throws {
    var rest = Substring(text)
    style = rest.last.flatMap(Style.init)
    if style != nil { rest.removeLast() }
    let parts = rest.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    width = parts.first.flatMap { ValueFormat.number($0, through: ValueFormat.largestWidth) }
    digits =
      parts.count == 2 ? ValueFormat.number(parts[1], through: ValueFormat.largestDigits) : nil
    guard !text.isEmpty, parts.first?.isEmpty ?? true || width != nil,
      parts.count < 2 || digits != nil
    else {
      throw Fault.invalid(
        "`\(text)` is not a format",
        help: "{x:.3} three digits, {x:.3e} power of ten, {x:.1%} percent, {x:8.3} eight columns")
    }
  }

  private static func number(_ text: Substring, through largest: Int) -> Int? {
    guard text.allSatisfy({ $0.isASCII && $0.isNumber }), let number = Int(text) else { return nil }
    return number <= largest ? number : nil
  }

  func text(of value: Float) -> String {
    switch (style, digits) {
    case (.scientific, let digits?):
      NumberFormat.scientific(Double(value), significant: digits + 1)
    case (.scientific, nil): NumberFormat.scientific(Double(value))
    case (.percent, let digits?): NumberFormat.format(Double(value) * 100, digits: digits) + "%"
    case (.percent, nil): NumberFormat.format(value * 100) + "%"
    case (nil, let digits?): NumberFormat.format(value, digits: digits)
    case (nil, nil): NumberFormat.format(value)
    }
  }

  /// Numbers stand to the right of their column, words to the left.
  func padded(_ text: String, isNumber: Bool) -> String {
    guard let width else { return text }
    return isNumber
      ? DisplayWidth.padLeft(text, to: width) : DisplayWidth.padRight(text, to: width)
  }
}
