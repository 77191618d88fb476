/// Vectors gathered into places far enough apart to be read.
struct Arrows {
  struct Head {
    let dx: Int
    let dy: Int
    let ascii: Character
    let arrow: Character
  }

  struct Arrow {
    let column: Int
    let row: Int
    /// Length over the longest.
    let strength: Double
    /// Nothing for a vector too short to have a direction.
    let head: Head?
  }

  private(set) var all: [Arrow] = []
  private(set) var longest = 0.0

  /// Averages the vectors that share a place of `spacing` columns and rows.
  init(_ vectors: Vectors, drawing: PlaneDrawing, spacing: (columns: Int, rows: Int)) {
    var sums: [Int: Sum] = [:]
    let perRow = drawing.canvas.columns / spacing.columns + 1
    for index in 0..<vectors.count {
      let u = Double(vectors.us[index])
      let v = Double(vectors.vs[index])
      guard u.isFinite, v.isFinite,
        let cell = drawing.cell(Double(vectors.xs[index]), Double(vectors.ys[index]))
      else { continue }
      longest = max(longest, (u * u + v * v).squareRoot())
      let key = cell.row / spacing.rows * perRow + cell.column / spacing.columns
      sums[key, default: Sum()].add(u: u, v: v, column: cell.column, row: cell.row)
    }
    for (_, sum) in sums.sorted(by: { $0.key < $1.key }) {
      let u = sum.u / sum.count
      let v = sum.v / sum.count
      let strength = longest > 0 ? (u * u + v * v).squareRoot() / longest : 0
      all.append(
        Arrow(
          column: sum.columns / Int(sum.count), row: sum.rows / Int(sum.count),
          strength: min(strength, 1),
          head: strength > 0.02 ? Self.head(u: u, v: v) : nil))
    }
  }

  /// The vectors of one place.
  private struct Sum {
    var u = 0.0
    var v = 0.0
    var columns = 0
    var rows = 0
    var count = 0.0

    mutating func add(u: Double, v: Double, column: Int, row: Int) {
      self.u += u
      self.v += v
      columns += column
      rows += row
      count += 1
    }
  }

  /// One of eight directions.
  private static func head(u: Double, v: Double) -> Head {
    // tan 22.5° separates straight directions from diagonal ones.
    let limit = 0.414_213_562_373_095
    let isFlat = v.magnitude < limit * u.magnitude
    let isSteep = u.magnitude < limit * v.magnitude
    if isFlat {
      return u > 0
        ? Head(dx: 1, dy: 0, ascii: ">", arrow: "→") : Head(dx: -1, dy: 0, ascii: "<", arrow: "←")
    }
    if isSteep {
      return v > 0
        ? Head(dx: 0, dy: -1, ascii: "^", arrow: "↑") : Head(dx: 0, dy: 1, ascii: "v", arrow: "↓")
    }
    if u > 0 {
      return v > 0
        ? Head(dx: 1, dy: -1, ascii: "/", arrow: "↗") : Head(dx: 1, dy: 1, ascii: "\\", arrow: "↘")
    }
    return v > 0
      ? Head(dx: -1, dy: -1, ascii: "\\", arrow: "↖") : Head(dx: -1, dy: 1, ascii: "/", arrow: "↙")
  }
}
