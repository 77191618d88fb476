import Typography

/// The one surface that charts draw on: a grid of characters, each divided into dots.
///
/// Dots count from the top left. Drawing outside is ignored.
package protocol Canvas: Sendable {
  /// Dots of one character cell, across and down.
  static var dotsPerColumn: Int { get }
  static var dotsPerRow: Int { get }

  var cells: DotCells { get set }

  /// The character for a cell whose set dots are `mask`, counted along rows from bit 0.
  static func character(for mask: UInt16) -> Character
}

/// How a stroke looks: its style, and the glyph that tells series apart without colour.
package struct Pen: Sendable, Hashable {
  /// Stands in every cell that the stroke touches; without one, dots are drawn.
  package var glyph: Character?
  package var style: Style

  package init(glyph: Character? = nil, style: Style = .plain) {
    self.glyph = glyph
    self.style = style
  }
}

/// The state behind every canvas: characters written, and dots set in cells not written on.
package struct DotCells: Sendable {
  package let columns: Int
  package let rows: Int
  fileprivate var text: TextGrid
  fileprivate var masks: [UInt16]

  package init(columns: Int, rows: Int) {
    self.columns = max(columns, 1)
    self.rows = max(rows, 1)
    text = TextGrid(width: self.columns, height: self.rows)
    masks = [UInt16](repeating: 0, count: self.columns * self.rows)
  }
}

extension Canvas {
  package var columns: Int { cells.columns }
  package var rows: Int { cells.rows }
  package var dotWidth: Int { columns * Self.dotsPerColumn }
  package var dotHeight: Int { rows * Self.dotsPerRow }

  /// Sets the dot at `x`, `y`.
  package mutating func dot(x: Int, y: Int, pen: Pen) {
    guard (0..<dotWidth).contains(x), (0..<dotHeight).contains(y) else { return }
    let column = x / Self.dotsPerColumn
    let row = y / Self.dotsPerRow
    if let glyph = pen.glyph {
      put(glyph, column: column, row: row, style: pen.style)
      return
    }
    let bit = (y % Self.dotsPerRow) * Self.dotsPerColumn + x % Self.dotsPerColumn
    let index = row * columns + column
    cells.masks[index] |= 1 << UInt16(bit)
    let character = Self.character(for: cells.masks[index])
    cells.text.put(character, column: column, row: row, style: pen.style)
  }

  /// Draws a straight stroke between two dots.
  package mutating func line(
    from start: (x: Int, y: Int), to end: (x: Int, y: Int), pen: Pen
  ) {
    let steps = max(abs(end.x - start.x), abs(end.y - start.y), 1)
    for step in 0...steps {
      let share = Double(step) / Double(steps)
      let x = Double(start.x) + share * Double(end.x - start.x)
      let y = Double(start.y) + share * Double(end.y - start.y)
      dot(x: Int(x.rounded()), y: Int(y.rounded()), pen: pen)
    }
  }

  /// Writes one character into a cell, over what was there.
  package mutating func put(_ character: Character, column: Int, row: Int, style: Style) {
    guard (0..<columns).contains(column), (0..<rows).contains(row) else { return }
    cells.masks[row * columns + column] = 0
    cells.text.put(character, column: column, row: row, style: style)
  }

  /// Writes text that starts in a cell, over what was there.
  package mutating func put(_ text: String, column: Int, row: Int, style: Style) {
    guard (0..<rows).contains(row) else { return }
    for place in max(column, 0)..<max(column, 0, min(column + DisplayWidth.of(text), columns)) {
      cells.masks[row * columns + place] = 0
    }
    cells.text.put(text, column: column, row: row, style: style)
  }

  /// Whether nothing was drawn into a cell.
  package func isBlank(column: Int, row: Int) -> Bool {
    guard (0..<columns).contains(column), (0..<rows).contains(row) else { return false }
    return cells.text.row(row)[column].character == " "
  }

  package var grid: TextGrid { cells.text }
}
