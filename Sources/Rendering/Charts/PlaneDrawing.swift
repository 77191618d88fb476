/// The layers of a plane chart drawn on a canvas, in order.
struct PlaneDrawing {
  let plane: Plane
  let context: RenderContext
  var canvas: any Canvas
  var legend: [Legend.Entry] = []

  init(plane: Plane, context: RenderContext, columns: Int, rows: Int) {
    self.plane = plane
    self.context = context
    canvas = context.makeCanvas(columns: columns, rows: rows)
    for (layer, start) in zip(plane.layers, plane.seriesStarts) where layer.isShading {
      draw(layer, firstSeries: start)
    }
    drawReferences()
    drawHistograms()
    for (layer, start) in zip(plane.layers, plane.seriesStarts) where !layer.isShading {
      draw(layer, firstSeries: start)
    }
    labelReferences()
    for note in plane.chart.annotations { annotate(note) }
  }

  mutating func draw(_ layer: Layer, firstSeries: Int) {
    switch layer {
    case .line(let line): draw(line, series: firstSeries)
    case .points(let points): draw(points, firstSeries: firstSeries)
    case .field(let field): shade(field)
    case .density(let points): shade(densityOf: points)
    case .contour(let field, let levels): drawContour(field, levels: levels)
    case .vectors(let vectors): draw(vectors)
    case .histogram: break
    }
  }

  // MARK: Places

  /// The dot of a point; nothing if it has no place on the axes.
  func dot(_ x: Double, _ y: Double) -> (x: Int, y: Int)? {
    guard let px = plane.x.position(x), let py = plane.y.position(y),
      px.magnitude < 1e6, py.magnitude < 1e6
    else { return nil }
    return dot(position: (px, py))
  }

  func dot(position: (x: Double, y: Double)) -> (x: Int, y: Int) {
    let across = Double(canvas.dotWidth / canvas.columns)
    let down = Double(canvas.dotHeight / canvas.rows)
    let x = position.x * Double(canvas.columns - 1) * across + (across - 1) / 2
    let y = (1 - position.y) * Double(canvas.rows - 1) * down + (down - 1) / 2
    return (Int(x.rounded()), Int(y.rounded()))
  }

  func cell(_ x: Double, _ y: Double) -> (column: Int, row: Int)? {
    guard let px = plane.x.position(x), let py = plane.y.position(y),
      px > -1e-9, px < 1 + 1e-9, py > -1e-9, py < 1 + 1e-9
    else { return nil }
    return (
      Int((px * Double(canvas.columns - 1)).rounded()),
      Int(((1 - py) * Double(canvas.rows - 1)).rounded())
    )
  }

  /// Draws the part of a straight line that is inside the plot.
  mutating func stroke(
    _ start: (x: Double, y: Double), _ end: (x: Double, y: Double), pen: Pen
  ) {
    guard let x0 = plane.x.position(start.x), let y0 = plane.y.position(start.y),
      let x1 = plane.x.position(end.x), let y1 = plane.y.position(end.y),
      let clipped = Clipping.clip((x0, y0), (x1, y1))
    else { return }
    canvas.line(from: dot(position: clipped.0), to: dot(position: clipped.1), pen: pen)
  }

  // MARK: Lines

  var lineCount: Int {
    plane.layers.count { if case .line = $0 { true } else { false } }
  }

  mutating func draw(_ line: Line, series: Int) {
    let style = Style(.series(series))
    let needsGlyph = lineCount > 1 && context.usableCanvas == .ascii
    let pen = Pen(glyph: needsGlyph ? Glyphs.ofSeries(series) : nil, style: style)
    for index in 0..<line.count {
      let end = (x: line.x(index), y: Double(line.ys[index]))
      let start = index == 0 ? end : (x: line.x(index - 1), y: Double(line.ys[index - 1]))
      // A lone value between gaps still shows.
      stroke(start.x.isFinite && start.y.isFinite ? start : end, end, pen: pen)
    }
    let hasOwnColor = context.color && lineCount <= Palette.seriesCount
    let needsMarks = lineCount > 1 && context.usableCanvas != .ascii && !hasOwnColor
    if needsMarks { mark(line, series: series, style: style) }
    if let name = line.name {
      let key = needsGlyph || needsMarks ? Glyphs.ofSeries(series) : lineKey
      legend.append(Legend.Entry(key: [.init(key, style)], name: context.spelled(name)))
    }
  }

  var lineKey: Character { context.usableCanvas == .ascii ? "-" : "━" }

  /// Sets the series' glyph on its line here and there, where no colour tells lines apart.
  mutating func mark(_ line: Line, series: Int, style: Style) {
    var next = 3 + 4 * series
    for index in 0..<line.count {
      guard let cell = cell(line.x(index), Double(line.ys[index])), cell.column >= next else {
        continue
      }
      canvas.put(Glyphs.ofSeries(series), column: cell.column, row: cell.row, style: style)
      next = cell.column + 14
    }
  }
}

extension Layer {
  /// Drawn under everything else.
  var isShading: Bool {
    switch self {
    case .field, .density: true
    case .line, .points, .histogram, .contour, .vectors: false
    }
  }
}
