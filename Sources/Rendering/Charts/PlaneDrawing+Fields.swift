import Typography

extension PlaneDrawing {
  mutating func shade(densityOf points: Points) {
    let density = Density(
      points, x: plane.x, y: plane.y, columns: canvas.columns, rows: canvas.rows * 2)
    if let density { shade(density.field, scale: density.range) }
  }

  /// Shades a field; the ends of the ramp stand for its lowest and highest value, or for `scale`.
  mutating func shade(_ field: Field, scale: ClosedRange<Double>? = nil) {
    guard let range = FieldSampling.range(field) else { return }
    for row in 0..<canvas.rows {
      for column in 0..<canvas.columns {
        let levels = [0.25, -0.25].map { offset -> Double? in
          let px = Double(column) / Double(max(canvas.columns - 1, 1))
          let py = 1 - (Double(row) - offset) / Double(max(canvas.rows - 1, 1))
          let value = FieldSampling.value(field, x: plane.x.value(at: px), y: plane.y.value(at: py))
          return value.map { Shade.share($0, range) }
        }
        let cell = Shade.cell(top: levels[0], bottom: levels[1], context)
        canvas.put(cell.character, column: column, row: row, style: cell.style)
      }
    }
    legend.append(Shade.legend(scale ?? range, context))
  }

  mutating func drawContour(_ field: Field, levels: [Float]?) {
    let isASCII = context.usableCanvas == .ascii
    let range = FieldSampling.range(field) ?? 0...1
    let lines = Contour.lines(field, at: levels)
    let styles = lines.map { style($0, range) }
    for (line, style) in zip(lines, styles) {
      let pen = Pen(glyph: isASCII ? Glyphs.ofClass(line.index + 1) : nil, style: style)
      for segment in line.segments { stroke(segment.start, segment.end, pen: pen) }
    }
    // Glyphs or colours tell lines apart, else numbers on them.
    if isASCII || context.color && !isOverColor {
      for (line, style) in zip(lines, styles) {
        let key = isASCII ? Glyphs.ofClass(line.index + 1) : lineKey
        legend.append(.init(key: [.init(key, isOverColor ? .plain : style)], name: line.name))
      }
    } else if !lines.isEmpty {
      let names = lines.map(\.name).joined(separator: ", ")
      legend.append(.init(key: [.init(lineKey)], name: "at " + names))
      label(lines, styles)
    }
  }

  private func style(_ line: Contour.Line, _ range: ClosedRange<Double>) -> Style {
    guard isOverColor else { return Style(.stroke(Shade.byte(line.share))) }
    // On shades, lines of the same colours would drown.
    let light: UInt8 = Shade.share(line.level, range) < 0.6 ? 255 : 0
    return Style(.rgb(light, light, light))
  }

  /// Writes each level on its line, at the highest place that leaves other numbers readable.
  private mutating func label(_ lines: [Contour.Line], _ styles: [Style]) {
    var taken = Set<Int>()
    for (line, style) in zip(lines, styles) {
      let width = DisplayWidth.of(line.name)
      let places = line.segments.compactMap { segment -> [Int]? in
        guard let cell = cell(segment.start.x, segment.start.y) else { return nil }
        let start = cell.column - width / 2
        guard start > 0, start + width < canvas.columns else { return nil }
        let first = cell.row * canvas.columns + start
        return Array(first - 1...first + width)
      }
      let free = places.filter { $0.allSatisfy { !taken.contains($0) } }
      guard let place = free.min(by: { $0[0] < $1[0] }) else { continue }
      taken.formUnion(place)
      canvas.put(
        line.name, column: place[1] % canvas.columns, row: place[1] / canvas.columns, style: style)
    }
  }

  mutating func draw(_ vectors: Vectors) {
    let isASCII = context.usableCanvas == .ascii
    let arrows = Arrows(vectors, drawing: self, spacing: isASCII ? (5, 2) : (3, 1))
    for arrow in arrows.all {
      let style = Style(.stroke(Shade.byte(arrow.strength)))
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
