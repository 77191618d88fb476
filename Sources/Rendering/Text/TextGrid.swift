import Typography

/// A rectangle of styled characters: what every figure becomes before a renderer writes it.
package struct TextGrid: Sendable, Hashable {
  package struct Cell: Sendable, Hashable {
    package var character: Character
    package var style: Style

    package init(_ character: Character, _ style: Style = .plain) {
      self.character = character
      self.style = style
    }

    package static let blank = Cell(" ")
    /// The second column of a wide character; written as nothing.
    static let continuation = Cell("\0")
  }

  package let width: Int
  package private(set) var rows: [[Cell]]

  package var height: Int { rows.count }

  package init(width: Int, height: Int = 0) {
    self.width = max(width, 0)
    let blankRow = [Cell](repeating: .blank, count: self.width)
    rows = [[Cell]](repeating: blankRow, count: max(height, 0))
  }

  /// Writes one character; places outside the grid are ignored.
  package mutating func put(
    _ character: Character, column: Int, row: Int, style: Style = .plain
  ) {
    guard rows.indices.contains(row), (0..<width).contains(column) else { return }
    var style = style
    style.background = style.background ?? rows[row][column].style.background
    set(Cell(Self.printable(character), style), column: column, row: row)
  }

  /// A tab or an escape in a title would break the rectangle, or reach the terminal.
  private static func printable(_ character: Character) -> Character {
    character.unicodeScalars.first?.properties.generalCategory == .control ? " " : character
  }

  /// Fills a cell; what is left of a wide character that it covers by half becomes a space.
  private mutating func set(_ cell: Cell, column: Int, row: Int) {
    if rows[row][column] == .continuation, column > 0 { rows[row][column - 1] = .blank }
    if column + 1 < width, rows[row][column + 1] == .continuation {
      rows[row][column + 1] = .blank
    }
    rows[row][column] = cell
  }

  /// Writes text from `column` on, cut at the right edge.
  package mutating func put(
    _ text: String, column: Int, row: Int, style: Style = .plain
  ) {
    guard rows.indices.contains(row) else { return }
    var column = column
    for character in text.lazy.map(Self.printable) {
      let characterWidth = DisplayWidth.of(character)
      if characterWidth == 0 { continue }
      if column + characterWidth > width { return }
      let isWhole = column >= 0
      if characterWidth == 2, isWhole { put(" ", column: column + 1, row: row) }
      put(isWhole ? character : " ", column: column, row: row, style: style)
      if characterWidth == 2, isWhole { rows[row][column + 1] = .continuation }
      column += characterWidth
    }
  }

  /// Writes text in the middle of `room` columns, or from their start if it is longer.
  package mutating func putCentered(
    _ text: String, column: Int, room: Int, row: Int, style: Style = .plain
  ) {
    let indent = max((room - DisplayWidth.of(text)) / 2, 0)
    let latest = max(width - DisplayWidth.of(text), 0)
    put(text, column: max(min(column + indent, latest), 0), row: row, style: style)
  }

  package mutating func paste(_ other: TextGrid, column: Int, row: Int) {
    for (otherRow, cells) in other.rows.enumerated() {
      guard rows.indices.contains(row + otherRow) else { continue }
      for (otherColumn, cell) in cells.enumerated()
      where (0..<width).contains(column + otherColumn) {
        let place = column + otherColumn
        if cell == .continuation {
          if place > 0 { rows[row + otherRow][place] = cell }
        } else {
          let isCut = DisplayWidth.of(cell.character) == 2 && place + 1 >= width
          set(isCut ? .blank : cell, column: place, row: row + otherRow)
        }
      }
    }
  }

  /// Adds rows at the bottom and gives the index of the first.
  @discardableResult
  package mutating func addRows(_ count: Int = 1) -> Int {
    let first = rows.count
    rows += TextGrid(width: width, height: count).rows
    return first
  }

  /// Lines without colour and without spaces at their ends.
  package var lines: [String] {
    rows.map { row in
      var text = ""
      for cell in row.prefix(Self.usedWidth(row)) where cell != .continuation {
        text.append(cell.character)
      }
      return text
    }
  }

  /// Columns up to the last one that shows something.
  static func usedWidth(_ row: [Cell]) -> Int {
    let last = row.lastIndex { $0.character != " " || $0.style.background != nil }
    return last.map { $0 + 1 } ?? 0
  }

  package func row(_ index: Int) -> [Cell] { rows[index] }

  package var usedWidth: Int { rows.map(Self.usedWidth).max() ?? 0 }
}
