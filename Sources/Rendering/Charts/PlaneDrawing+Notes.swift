import Typography

extension PlaneDrawing {
  mutating func drawReferences() {
    let isASCII = context.usableCanvas == .ascii
    for line in plane.chart.references {
      let value = Double(line.value)
      if line.direction == .horizontal, let row = row(of: value) {
        for column in stride(from: 0, to: canvas.columns, by: isASCII ? 2 : 1) {
          canvas.put(isASCII ? "-" : "╌", column: column, row: row, style: .faint)
        }
      } else if line.direction == .vertical, let column = column(of: value) {
        for row in 0..<canvas.rows {
          canvas.put(isASCII ? ":" : "┊", column: column, row: row, style: .faint)
        }
      }
    }
  }

  /// Labels stand at the end of their line, where nothing was drawn if possible; from above to
  /// below, so that the names of lines close together stand in the order of the lines.
  mutating func labelReferences() {
    var taken = Set<Int>()
    for line in plane.chart.references.sorted(by: { $0.value > $1.value }) {
      guard let label = line.label.map(context.spelled) else { continue }
      let value = Double(line.value)
      switch line.direction {
      case .horizontal:
        if let row = row(of: value) { taken.insert(write(label, alongRow: row, taken: taken)) }
      case .vertical:
        if let column = column(of: value) { write(label, besideColumn: column) }
      }
    }
  }

  /// Gives the row of the label: above the line, on it, or below.
  private mutating func write(_ label: String, alongRow row: Int, taken: Set<Int>) -> Int {
    let start = canvas.columns - DisplayWidth.of(label) - 1
    let places = [row > 0 ? row - 1 : row + 1, row, row + 1, row + 2]
    let place = places.first { $0 == row ? !taken.contains(row) : isFree(label, start, $0) }
    put(label, column: max(start, 0), row: place ?? row, style: .faint)
    return place ?? row
  }

  private mutating func write(_ label: String, besideColumn column: Int) {
    let fitsRight = column + 2 + DisplayWidth.of(label) <= canvas.columns
    let start = fitsRight ? column + 2 : max(column - 1 - DisplayWidth.of(label), 0)
    let free = (0..<canvas.rows).first { isFree(label, start, $0) }
    put(label, column: start, row: free ?? 0, style: .faint)
  }

  private func isFree(_ label: String, _ column: Int, _ row: Int) -> Bool {
    (0..<DisplayWidth.of(label)).allSatisfy { canvas.isBlank(column: column + $0, row: row) }
  }

  /// Words with a space on either side, so that they end where a line goes on.
  private mutating func put(_ text: String, column: Int, row: Int, style: Style) {
    for side in [column - 1, column + DisplayWidth.of(text)] {
      let cells = canvas.grid.row(row)
      let isMark = cells.indices.contains(side) && "x×".contains(cells[side].character)
      if !isMark { canvas.put(" ", column: side, row: row, style: style) }
    }
    canvas.put(text, column: column, row: row, style: style)
  }

  private func row(of value: Double) -> Int? {
    guard let position = plane.y.position(value), (-1e-9...1 + 1e-9).contains(position) else {
      return nil
    }
    return Int(((1 - position) * Double(canvas.rows - 1)).rounded())
  }

  private func column(of value: Double) -> Int? {
    guard let position = plane.x.position(value), (-1e-9...1 + 1e-9).contains(position) else {
      return nil
    }
    return Int((position * Double(canvas.columns - 1)).rounded())
  }

  mutating func annotate(_ note: Annotation) {
    guard let cell = cell(Double(note.x), Double(note.y)) else { return }
    let text = context.spelled(note.text)
    let width = DisplayWidth.of(text)
    let left = max(cell.column - 1, 0)
    let right = max(canvas.columns - cell.column - 2, 0)
    let goesRight = width <= right || width > left && left <= right
    let shown = DisplayWidth.truncate(
      text, to: goesRight ? right : left, unicode: context.unicode)
    let start = goesRight ? cell.column + 2 : cell.column - 1 - DisplayWidth.of(shown)
    canvas.put(
      context.usableCanvas == .ascii ? "x" : "×", column: cell.column, row: cell.row,
      style: .title)
    if !shown.isEmpty { put(shown, column: start, row: cell.row, style: .title) }
  }
}
