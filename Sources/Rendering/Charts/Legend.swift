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
  private static let letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
  private static let series = Array("*o+x#@%&=$" + letters.filter { !"oxX".contains($0) })
  private static let classes = Array("0123456789" + letters + "*+#@%&=$?!<>^~/")
  private static let shapes = Array("●▲■◆○△□◇")

  static func ofSeries(_ index: Int) -> Character { glyph(index, of: series) }

  /// Classes 0–9 are their own digit.
  static func ofClass(_ index: Int) -> Character { glyph(index, of: classes) }

  /// Beside colour: the first five, whose colours are furthest apart, are discs.
  static func shape(ofSeries index: Int) -> Character { glyph(index / 5, of: shapes) }

  /// Counted from the start again behind the last, and from the end for what is below zero.
  private static func glyph(_ index: Int, of glyphs: [Character]) -> Character {
    let place = index % glyphs.count
    return glyphs[place < 0 ? place + glyphs.count : place]
  }
}
