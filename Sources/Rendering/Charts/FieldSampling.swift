/// Reading a field between its lattice points.
enum FieldSampling {
  /// The value at a point by bilinear interpolation; nothing outside or where it is not finite.
  static func value(_ field: Field, x: Double, y: Double) -> Double? {
    guard let column = place(x, field.xRange, field.columns),
      let row = place(y, field.yRange, field.rows)
    else { return nil }
    let left = Int(column)
    let low = Int(row)
    let right = min(left + 1, field.columns - 1)
    let high = min(low + 1, field.rows - 1)
    let across = column - Double(left)
    let up = row - Double(low)
    func at(_ column: Int, _ row: Int) -> Double {
      Double(field.values[row * field.columns + column])
    }
    let bottom = at(left, low) * (1 - across) + at(right, low) * across
    let top = at(left, high) * (1 - across) + at(right, high) * across
    let value = bottom * (1 - up) + top * up
    return value.isFinite ? value : nil
  }

  private static func place(_ value: Double, _ range: ClosedRange<Float>, _ count: Int) -> Double? {
    let lower = Double(range.lowerBound)
    let span = Double(range.upperBound) - lower
    guard count > 0 else { return nil }
    let share = span > 0 ? (value - lower) / span : 0.5
    guard share > -1e-6, share < 1 + 1e-6 else { return nil }
    return min(max(share, 0), 1) * Double(count - 1)
  }

  /// The finite values' range.
  static func range(_ field: Field) -> ClosedRange<Double>? {
    range(field.values)
  }

  static func range(_ values: [Float]) -> ClosedRange<Double>? {
    let finite = values.lazy.filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max() else { return nil }
    return Double(low)...Double(high)
  }
}

/// How many points are near.
struct Density {
  /// Points to a cell.
  let field: Field
  /// The lowest and the highest share of all points to a unit of area, whatever the cells; on a
  /// log axis a decade is the unit.
  let range: ClosedRange<Double>

  /// Nothing if no point has a place on the axes.
  init?(_ points: Points, x: Axis, y: Axis, columns: Int, rows: Int) {
    let known = (0..<points.count).count {
      x.position(Double(points.xs[$0])) != nil && y.position(Double(points.ys[$0])) != nil
    }
    guard known > 0 else { return nil }
    field = Self.field(points, x: x, y: y, columns: columns, rows: rows)
    let width = x.length / Double(max(columns - 1, 1))
    let height = y.length / Double(max(rows - 1, 1))
    let unit = 1 / (Double(known) * width * height)
    let counts = FieldSampling.range(field) ?? 0...0
    range = counts.lowerBound * unit...counts.upperBound * unit
  }

  /// Counts points in cells, then blurs three times with a box: close to a Gaussian kernel.
  private static func field(
    _ points: Points, x: Axis, y: Axis, columns: Int, rows: Int
  ) -> Field {
    var counts = [Float](repeating: 0, count: columns * rows)
    for index in 0..<points.count {
      guard let px = x.position(Double(points.xs[index])), (0...1).contains(px),
        let py = y.position(Double(points.ys[index])), (0...1).contains(py)
      else { continue }
      let column = Int((px * Double(columns - 1)).rounded())
      let row = Int((py * Double(rows - 1)).rounded())
      counts[row * columns + column] += 1
    }
    for _ in 0..<3 {
      counts = blurred(counts, columns: columns, rows: rows, radius: max(columns / 36, 1))
      counts = transposed(counts, columns: columns, rows: rows)
      counts = blurred(counts, columns: rows, rows: columns, radius: max(rows / 26, 1))
      counts = transposed(counts, columns: rows, rows: columns)
    }
    return Field(
      columns: columns, rows: rows, values: counts, xRange: Float(x.lower)...Float(x.upper),
      yRange: Float(y.lower)...Float(y.upper))
  }

  private static func blurred(
    _ values: [Float], columns: Int, rows: Int, radius: Int
  ) -> [Float] {
    var result = values
    for row in 0..<rows {
      for column in 0..<columns {
        var sum: Float = 0
        for near in max(column - radius, 0)...min(column + radius, columns - 1) {
          sum += values[row * columns + near]
        }
        result[row * columns + column] = sum / Float(2 * radius + 1)
      }
    }
    return result
  }

  private static func transposed(_ values: [Float], columns: Int, rows: Int) -> [Float] {
    var result = values
    for row in 0..<rows {
      for column in 0..<columns { result[column * rows + row] = values[row * columns + column] }
    }
    return result
  }
}

/// Values as characters: a ramp of ink without colour, a colour map with it.
enum Shade {
  static let ramp: [Character] = Array(" .:-=+*#%@")

  /// The cell for the two halves of a character, each 0…1 or nothing.
  static func cell(top: Double?, bottom: Double?, _ context: RenderContext) -> TextGrid.Cell {
    guard context.color else {
      let known = [top, bottom].compactMap(\.self)
      return known.isEmpty
        ? .blank : TextGrid.Cell(glyph(known.reduce(0, +) / Double(known.count)))
    }
    if context.unicode, let top, let bottom {
      return TextGrid.Cell("▀", Style(.level(byte(top)), background: .level(byte(bottom))))
    }
    return (top ?? bottom).map { TextGrid.Cell(" ", Style(background: .level(byte($0)))) } ?? .blank
  }

  static func glyph(_ share: Double) -> Character {
    ramp[min(max(Int(share * Double(ramp.count)), 0), ramp.count - 1)]
  }

  static func share(_ value: Double, _ range: ClosedRange<Double>) -> Double {
    let span = range.upperBound - range.lowerBound
    return span > 0 ? (value - range.lowerBound) / span : 0.5
  }

  static func byte(_ share: Double) -> UInt8 { UInt8((min(max(share, 0), 1) * 255).rounded()) }

  /// An end of a range, to a hundredth of the range's length.
  static func endLabel(_ value: Double, _ range: ClosedRange<Double>) -> String {
    let span = range.upperBound - range.lowerBound
    guard span > 1e-4, span < 1e6 else { return NumberFormat.format(value, significant: 3) }
    let unit = NumberFormat.powerOfTen(max(0, 2 - NumberFormat.exponent(of: span)))
    let rounded = (value * unit).rounded(.toNearestOrEven) / unit
    return NumberFormat.format(rounded == 0 ? 0 : rounded)
  }

  /// The ramp between the values that its ends stand for; one shade if there is one value.
  static func legend(_ range: ClosedRange<Double>, _ context: RenderContext) -> Legend.Entry {
    let low = endLabel(range.lowerBound, range)
    let high = endLabel(range.upperBound, range)
    func shade(_ share: Double) -> TextGrid.Cell {
      context.color
        ? TextGrid.Cell(" ", Style(background: .level(byte(share)))) : TextGrid.Cell(glyph(share))
    }
    guard range.lowerBound < range.upperBound else {
      return Legend.Entry(key: [TextGrid.Cell("["), shade(0.5), TextGrid.Cell("]")], name: low)
    }
    let shades = ramp.indices.map { shade(Double($0) / Double(ramp.count - 1)) }
    let lowCells = (low + " [").map { TextGrid.Cell($0) }
    return Legend.Entry(key: lowCells + shades + [TextGrid.Cell("]")], name: high)
  }
}
