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

  /// Labels stand at the end of their line, where nothing was drawn if possible.
  mutating func labelReferences() {
    for line in plane.chart.references {
      guard let label = line.label.map(context.spelled) else { continue }
      let value = Double(line.value)
      if line.direction == .horizontal, let row = row(of: value) {
        let start = canvas.columns - DisplayWidth.of(label) - 1
        let above = row > 0 ? row - 1 : row + 1
        let free = (0..<DisplayWidth.of(label)).allSatisfy {
          canvas.isBlank(column: start + $0, row: above)
        }
        put(label, column: max(start, 0), row: free ? above : row, style: .faint)
      } else if line.direction == .vertical, let column = column(of: value) {
        let fitsRight = column + 2 + DisplayWidth.of(label) <= canvas.columns
        let start = fitsRight ? column + 2 : max(column - 1 - DisplayWidth.of(label), 0)
        let free = (0..<canvas.rows).first { row in
          (0..<DisplayWidth.of(label)).allSatisfy { canvas.isBlank(column: start + $0, row: row) }
        }
        put(label, column: start, row: free ?? 0, style: .faint)
      }
    }
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
    let fitsRight = cell.column + 2 + DisplayWidth.of(text) <= canvas.columns
    let start = fitsRight ? cell.column + 2 : max(cell.column - 1 - DisplayWidth.of(text), 0)
    canvas.put(
      context.usableCanvas == .ascii ? "x" : "×", column: cell.column, row: cell.row,
      style: .title)
    put(text, column: start, row: cell.row, style: .title)
  }
}
