/// Places in a buffer of several lines, and the indentation that Enter and `}` give.
struct LineMovement {
  let cells: [Unicode.Scalar]
  let cursor: Int

  /// The first place of the cursor's line, behind its mark.
  var lineStart: Int {
    guard let newline = cells[..<cursor].lastIndex(of: "\n") else { return 0 }
    return min(afterMark(newline + 1), cursor)
  }

  var lineEnd: Int { cells[cursor...].firstIndex(of: "\n") ?? cells.count }

  /// One character to the left; a line's mark counts as part of the newline before it.
  var left: Int {
    guard cursor > 0 else { return 0 }
    if cursor == lineStart, let newline = cells[..<cursor].lastIndex(of: "\n") { return newline }
    return cursor - 1
  }

  var right: Int {
    guard cursor < cells.count else { return cells.count }
    return afterMark(cursor + 1)
  }

  /// The same column of the line above; nothing on the first line.
  var up: Int? {
    guard let newline = cells[..<cursor].lastIndex(of: "\n") else { return nil }
    let above = LineMovement(cells: cells, cursor: newline).lineStart
    return min(above + cursor - lineStart, newline)
  }

  /// The same column of the line below; nothing on the last line.
  var down: Int? {
    guard let newline = cells[cursor...].firstIndex(of: "\n") else { return nil }
    let below = afterMark(newline + 1)
    let end = cells[below...].firstIndex(of: "\n") ?? cells.count
    return min(below + cursor - lineStart, end)
  }

  /// Cells that Backspace takes: a newline with its mark, two columns of indentation, or one cell.
  var backspaceCount: Int {
    guard cursor > 0 else { return 0 }
    if cursor == lineStart { return cursor - left }
    return indentationBeforeCursor >= 2 ? 2 : 1
  }

  /// Cells of indentation to take away before a closing brace.
  var outdentCount: Int { min(indentationBeforeCursor, 2) }

  /// Spaces at the start of the line that Enter opens.
  var nextIndentation: Int {
    let line = cells[lineStart..<cursor]
    let leading = line.prefix { $0 == " " }.count
    let last = line.last { $0 != " " }
    return last == "{" || last == "(" || last == "[" ? leading + 2 : leading
  }

  /// The same input with a whole mark behind each newline and nowhere else: libedit's own functions
  /// take marks for characters, and tear newlines apart.
  var repaired: LineMovement {
    var whole: [Unicode.Scalar] = []
    var place = 0
    for (index, cell) in cells.enumerated() {
      if index == cursor { place = whole.count }
      if CellText.newline.dropFirst().contains(cell) { continue }
      whole += cell == "\n" ? CellText.newline : [cell]
    }
    if cursor >= cells.count { place = whole.count }
    // In front of a mark there is no place for the cursor.
    let isInMark = whole[..<place].last == "\n" || whole[..<place].last == CellText.lineMark
    return LineMovement(
      cells: whole,
      cursor: isInMark ? LineMovement(cells: whole, cursor: place).afterMark(place) : place)
  }

  private var indentationBeforeCursor: Int {
    let before = cells[lineStart..<cursor]
    return before.allSatisfy { $0 == " " } ? before.count : 0
  }

  private func afterMark(_ place: Int) -> Int {
    var place = place
    while place < cells.count, CellText.newline.dropFirst().contains(cells[place]) {
      place += 1
    }
    return place
  }
}
