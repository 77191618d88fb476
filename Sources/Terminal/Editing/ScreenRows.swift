import Typography

/// How much of a terminal the edit buffer takes, and which part to show when that is too much.
enum ScreenRows {
  /// Rows that the prompt and the cells behind it reach into.
  static func count(of cells: some Sequence<Unicode.Scalar>, promptWidth: Int, width: Int) -> Int {
    var rows = 1
    var column = promptWidth
    for cell in cells {
      if cell == "\n" {
        rows += 1
        column = 0
        continue
      }
      column += DisplayWidth.of(cell)
      if column > width {
        rows += 1
        column = DisplayWidth.of(cell)
      }
    }
    return rows
  }

  /// The whole lines around the cursor that fit into `height` rows, beginning where the last window
  /// began if the cursor allows.
  static func window(
    of cells: [Unicode.Scalar], cursor: Int, lastStart: Int, promptWidth: Int, width: Int,
    height: Int
  ) -> Range<Int> {
    let lines = lineRanges(of: cells)
    let rows = lines.map { count(of: cells[$0], promptWidth: promptWidth, width: width) }
    let current = lines.lastIndex { $0.lowerBound <= cursor } ?? 0
    var first = min(lines.lastIndex { $0.lowerBound <= lastStart } ?? 0, current)
    var used = rows[first...current].reduce(0, +)
    while used > height, first < current {
      used -= rows[first]
      first += 1
    }
    var last = current
    while last + 1 < lines.count, used + rows[last + 1] <= height {
      last += 1
      used += rows[last]
    }
    while first > 0, last + 1 == lines.count, used + rows[first - 1] <= height {
      first -= 1
      used += rows[first]
    }
    return lines[first].lowerBound..<lines[last].upperBound
  }

  /// Each line without its newline and mark; at least one.
  private static func lineRanges(of cells: [Unicode.Scalar]) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var start = 0
    while let newline = cells[start...].firstIndex(of: "\n") {
      ranges.append(start..<newline)
      start = newline + 1
      while start < cells.count, CellText.newline.dropFirst().contains(cells[start]) { start += 1 }
    }
    return ranges + [start..<cells.count]
  }
}
