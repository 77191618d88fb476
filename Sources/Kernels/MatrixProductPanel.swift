/// A panel of the result: some rows by at most four vectors of columns, with what feeds it.
struct ProductPanel {
  /// Rows of the tallest tile, and the vectors beside each other that it allows.
  static var tallest: Int { RegisterFile.isLarge ? 8 : 4 }
  static var mostVectors: Int { RegisterFile.isLarge ? 3 : 1 }
  /// Rows up to which a panel may be wider.
  static var flatRows: Int { RegisterFile.isLarge ? 4 : 1 }
  static var flatVectors: Int { RegisterFile.isLarge ? 4 : 2 }

  /// First element of the left operand; read as scalars, in place.
  var left: UnsafePointer<Float>
  var leftRowStride: Int
  /// First element of the right operand; read as whole vectors.
  var right: UnsafePointer<Float>
  var walk: ProductWalk
  /// First element of the result.
  var result: UnsafeMutablePointer<Float>
  var resultRowStride: Int
  var rows: Int
  /// Columns of the result that exist; the vectors may be wider.
  var columns: Int
  /// Whether the sums go on from what the result holds (a later part of a long sum).
  var continues: Bool

  /// Computes the panel with tiles of `vectors` vectors.
  @inline(__always)
  func run(vectors: Int) {
    guard RegisterFile.isLarge else {
      vectors == 1 ? runFlat(Single.self) : runFlat(Joined<Single>.self)
      return
    }
    switch vectors {
    case 1: run(Single.self)
    case 2: run(Joined<Single>.self)
    case 3: run(Joined<Joined<Single>>.self)
    default: runFlat(Joined<Joined<Joined<Single>>>.self)
    }
  }

  /// Rows in tiles of eight, then what is left.
  @inline(never)
  private func run<Strip: RegisterStrip>(_: Strip.Type) {
    var row = 0
    while row + 8 <= rows {
      tile(Stacked<Stacked<Stacked<OneRow<Strip>>>>.self, row)
      row += 8
    }
    remainder(Strip.self, from: row)
  }

  /// Rows in tiles of four: for strips too wide for eight rows.
  @inline(never)
  private func runFlat<Strip: RegisterStrip>(_: Strip.Type) {
    var row = 0
    while row + 4 <= rows {
      tile(Stacked<Stacked<OneRow<Strip>>>.self, row)
      row += 4
    }
    remainder(Strip.self, from: row)
  }

  @inline(__always)
  private func remainder<Strip: RegisterStrip>(_: Strip.Type, from first: Int) {
    var row = first
    if row + 4 <= rows {
      tile(Stacked<Stacked<OneRow<Strip>>>.self, row)
      row += 4
    }
    if row + 2 <= rows {
      tile(Stacked<OneRow<Strip>>.self, row)
      row += 2
    }
    if row < rows { tile(OneRow<Strip>.self, row) }
  }

  @inline(__always)
  private func tile<Tile: RegisterTile>(_: Tile.Type, _ row: Int) {
    let target = result + row * resultRowStride
    if columns >= Tile.Strip.vectors * Buffer.lanes {
      whole(Tile.self, row, target, rowStride: resultRowStride)
    } else {
      partial(Tile.self, row, target)
    }
  }

  /// Computes a tile of which only the first columns exist: by way of a whole one on the stack.
  @inline(never)
  private func partial<Tile: RegisterTile>(
    _: Tile.Type, _ row: Int, _ target: UnsafeMutablePointer<Float>
  ) {
    let width = Tile.Strip.vectors * Buffer.lanes
    var memory = Tile()
    withUnsafeMutableBytes(of: &memory) { bytes in
      let copy = bytes.baseAddress!.assumingMemoryBound(to: Float.self)
      if continues {
        copyRows(
          Tile.rows, columns: columns, from: target, rowStride: resultRowStride,
          to: copy, rowStride: width)
      }
      whole(Tile.self, row, copy, rowStride: width)
      copyRows(
        Tile.rows, columns: columns, from: copy, rowStride: width,
        to: target, rowStride: resultRowStride)
    }
  }

  @inline(never)
  private func whole<Tile: RegisterTile>(
    _: Tile.Type, _ row: Int, _ target: UnsafeMutablePointer<Float>, rowStride: Int
  ) {
    var tile = Tile()
    if continues { tile.load(from: target, rowStride: rowStride) }
    accumulate(&tile, left + row * leftRowStride)
    tile.store(to: target, rowStride: rowStride)
  }

  @inline(__always)
  private func accumulate<Tile: RegisterTile>(
    _ tile: inout Tile, _ start: UnsafePointer<Float>
  ) {
    let (outer, middle, inner) = (walk.outer, walk.middle, walk.inner)
    let rowStride = leftRowStride
    var left2 = start
    var right2 = right
    for _ in 0..<outer.count {
      var left1 = left2
      var right1 = right2
      for _ in 0..<middle.count {
        var left0 = left1
        var right0 = right1
        for _ in 0..<inner.count {
          tile.add(left0, rowStride: rowStride, times: Tile.Strip(from: right0))
          left0 += inner.leftStep
          right0 += inner.rightStep
        }
        left1 += middle.leftStep
        right1 += middle.rightStep
      }
      left2 += outer.leftStep
      right2 += outer.rightStep
    }
  }
}

/// Copies a block of floats, row by row.
@inline(never)
func copyRows(
  _ rows: Int, columns: Int, from source: UnsafePointer<Float>, rowStride sourceStride: Int,
  to target: UnsafeMutablePointer<Float>, rowStride targetStride: Int
) {
  for row in 0..<rows {
    let (from, to) = (source + row * sourceStride, target + row * targetStride)
    var column = 0
    while column + Buffer.lanes <= columns {
      Single(from: from + column).store(to: to + column)
      column += Buffer.lanes
    }
    while column < columns {
      to[column] = from[column]
      column += 1
    }
  }
}
