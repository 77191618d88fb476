extension PlaneDrawing {
  func density(of points: Points) -> Field {
    Density.field(
      points, x: plane.x, y: plane.y, columns: canvas.columns, rows: canvas.rows * 2)
  }

  mutating func shade(_ field: Field) {
    guard let range = FieldSampling.range(field) else { return }
    for row in 0..<canvas.rows {
      for column in 0..<canvas.columns {
        let levels = [0.25, -0.25].map { offset -> Double? in
          let px = Double(column) / Double(max(canvas.columns - 1, 1))
          let py = 1 - (Double(row) - offset) / Double(max(canvas.rows - 1, 1))
          let value = FieldSampling.value(field, x: plane.x.value(at: px), y: plane.y.value(at: py))
          return value.map { ($0 - range.lowerBound) / (range.upperBound - range.lowerBound) }
        }
        let cell = Shade.cell(top: levels[0], bottom: levels[1], context)
        canvas.put(cell.character, column: column, row: row, style: cell.style)
      }
    }
    legend.append(Shade.legend(range, context))
  }

  mutating func drawContour(_ field: Field, levels: [Float]?) {
    let levels = levels?.map(Double.init) ?? Contour.roundLevels(field)
    let names = levels.map { NumberFormat.format($0, significant: 4) }
    let tellsApart = context.usableCanvas == .ascii || context.color
    if !tellsApart, !names.isEmpty {
      legend.append(.init(key: [.init(lineKey)], name: "at " + names.joined(separator: ", ")))
    }
    for (index, level) in levels.enumerated() {
      let share = levels.count > 1 ? Double(index) / Double(levels.count - 1) : 0.5
      let style = Style(.level(UInt8(40 + share * 200)))
      let isASCII = context.usableCanvas == .ascii
      let glyph = Glyphs.ofClass(index + 1)
      // On shades, lines of the same colours would drown.
      let isDark = Shade.share(level, FieldSampling.range(field) ?? 0...1) < 0.6
      let light: UInt8 = isDark ? 255 : 0
      let pen = Pen(
        glyph: isASCII ? glyph : nil, style: isOverColor ? Style(.rgb(light, light, light)) : style)
      for segment in Contour.segments(field, level: level) {
        stroke(segment.start, segment.end, pen: pen)
      }
      guard tellsApart else { continue }
      legend.append(.init(key: [.init(isASCII ? glyph : lineKey, style)], name: names[index]))
    }
  }

  mutating func draw(_ vectors: Vectors) {
    let isASCII = context.usableCanvas == .ascii
    let arrows = Arrows(vectors, drawing: self, spacing: isASCII ? (5, 2) : (3, 1))
    for arrow in arrows.all {
      let style = Style(.level(UInt8(60 + arrow.strength * 180)))
      if isASCII {
        canvas.put(".", column: arrow.column, row: arrow.row, style: style)
        guard let head = arrow.head else { continue }
        canvas.put(
          head.ascii, column: arrow.column + head.dx, row: arrow.row + head.dy, style: style)
      } else {
        canvas.put(arrow.head?.arrow ?? "·", column: arrow.column, row: arrow.row, style: style)
      }
    }
    let largest = NumberFormat.format(arrows.longest, significant: 3)
    legend.append(
      .init(
        key: isASCII ? [.init("."), .init(">")] : [.init("→")], name: "length up to \(largest)"))
  }
}
