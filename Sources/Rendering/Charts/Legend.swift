import Typography

/// What the glyphs and colours of a chart mean.
struct Legend {
  struct Entry: Sendable {
    var key: [TextGrid.Cell]
    var name: String
  }

  /// Entries three spaces apart, wrapped to `width`.
  static func lines(_ entries: [Entry], width: Int, unicode: Bool) -> [TextGrid] {
    var lines: [TextGrid] = []
    var column = 0
    for entry in entries {
      let keyWidth = entry.key.count
      let name = DisplayWidth.truncate(
        entry.name, to: max(width - keyWidth - 1, 1), unicode: unicode)
      let entryWidth = keyWidth + 1 + DisplayWidth.of(name)
      if lines.isEmpty || column + entryWidth > width {
        lines.append(TextGrid(width: width, height: 1))
        column = 0
      }
      let last = lines.count - 1
      for (offset, cell) in entry.key.enumerated() {
        lines[last].put(cell.character, column: column + offset, row: 0, style: cell.style)
      }
      lines[last].put(name, column: column + keyWidth + 1, row: 0)
      column += entryWidth + 3
    }
    return lines
  }
}

/// Glyphs that tell series and classes apart without colour.
enum Glyphs {
  private static let series = Array("*o+x#@%&=$")
  private static let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")

  static func ofSeries(_ index: Int) -> Character { series[index % series.count] }

  /// Classes 0–9 are their own digit.
  static func ofClass(_ index: Int) -> Character {
    if (0...9).contains(index) { return Character(String(index)) }
    return letters[(index - 10 + 2 * letters.count) % letters.count]
  }
}
