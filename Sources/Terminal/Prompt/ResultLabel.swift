import Typography

/// The number of a shown value, at the right, where it disturbs nobody.
package enum ResultLabel {
  /// Numbers of short values stand under each other at this column.
  private static let column = 72

  /// The text with `_3` behind its last line, or below where that line leaves no room.
  package static func labelled(
    _ text: String, _ number: Int?, width: Int, usesColour: Bool
  ) -> String {
    guard let number, !text.isEmpty else { return text }
    let body = text.hasSuffix("\n") ? String(text.dropLast()) : text
    let label = "_\(number)"
    let last = body.split(separator: "\n", omittingEmptySubsequences: false).last ?? ""
    let used = String(last).columnsOnTerminal
    let end = min(Self.column, width - 1)
    let gap = end - DisplayWidth.of(label) - used
    let painted = usesColour ? "\u{1B}[2m\(label)\u{1B}[0m" : label
    guard gap < 2 else { return body + String(repeating: " ", count: gap) + painted + "\n" }
    guard used + 2 + DisplayWidth.of(label) >= width else { return body + "  " + painted + "\n" }
    let indentation = String(repeating: " ", count: max(0, end - DisplayWidth.of(label)))
    return body + "\n" + indentation + painted + "\n"
  }
}
