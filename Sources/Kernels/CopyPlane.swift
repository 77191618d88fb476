/// The two innermost dimensions of a strided copy.
struct CopyPlane {
  let rows: Int
  let columns: Int
  let sourceRow: Int
  let sourceColumn: Int
  let targetRow: Int
  let targetColumn: Int

  @inline(__always)
  func copy(_ source: UnsafePointer<Float>, _ target: UnsafeMutablePointer<Float>) {
    if targetColumn == 1, sourceRow == 1, sourceColumn != 1, rows >= 16, columns >= 16 {
      return transpose(source, target)
    }
    for row in 0..<rows {
      copyRow(source + row * sourceRow, target + row * targetRow, columns)
    }
  }

  @inline(__always)
  private func copyRow(
    _ source: UnsafePointer<Float>, _ target: UnsafeMutablePointer<Float>, _ count: Int
  ) {
    if targetColumn == 1, sourceColumn == 1, count >= 16 {
      target.update(from: source, count: count)
    } else if targetColumn == 1, sourceColumn == 0, count >= 16 {
      target.update(repeating: source.pointee, count: count)
    } else {
      for i in 0..<count { target[i * targetColumn] = source[i * sourceColumn] }
    }
  }

  /// Tiles of 16 × 16 through registers, and the edges one by one.
  private func transpose(_ source: UnsafePointer<Float>, _ target: UnsafeMutablePointer<Float>) {
    let wholeRows = rows & ~15
    let wholeColumns = columns & ~15
    for column in stride(from: 0, to: wholeColumns, by: 16) {
      for row in stride(from: 0, to: wholeRows, by: 16) {
        transposeTile(
          source + (row + column * sourceColumn), sourceColumn,
          target + (row * targetRow + column), targetRow)
      }
    }
    for row in wholeRows..<rows {
      for column in 0..<wholeColumns {
        target[row * targetRow + column] = source[row + column * sourceColumn]
      }
    }
    for row in 0..<rows {
      for column in wholeColumns..<columns {
        target[row * targetRow + column] = source[row + column * sourceColumn]
      }
    }
  }
}

/// target[i, j] = source[j, i] for 16 × 16 elements.
///
/// Interleaving row i with row i + 8 moves the top bit of the row number to the bottom of the
/// column number; after four times rows and columns have changed places.
@inline(__always)
private func transposeTile(
  _ source: UnsafePointer<Float>, _ sourceStride: Int, _ target: UnsafeMutablePointer<Float>,
  _ targetStride: Int
) {
  var tile = Tile(source, sourceStride)
  tile.shuffle()
  tile.shuffle()
  tile.shuffle()
  tile.shuffle()
  tile.store(target, targetStride)
}

private struct Tile {
  var (r0, r1, r2, r3): (Vector, Vector, Vector, Vector)
  var (r4, r5, r6, r7): (Vector, Vector, Vector, Vector)
  var (r8, r9, r10, r11): (Vector, Vector, Vector, Vector)
  var (r12, r13, r14, r15): (Vector, Vector, Vector, Vector)

  @inline(__always)
  init(_ p: UnsafePointer<Float>, _ s: Int) {
    (r0, r1, r2, r3) = (p.vector(at: 0), p.vector(at: s), p.vector(at: 2 * s), p.vector(at: 3 * s))
    (r4, r5) = (p.vector(at: 4 * s), p.vector(at: 5 * s))
    (r6, r7) = (p.vector(at: 6 * s), p.vector(at: 7 * s))
    (r8, r9) = (p.vector(at: 8 * s), p.vector(at: 9 * s))
    (r10, r11) = (p.vector(at: 10 * s), p.vector(at: 11 * s))
    (r12, r13) = (p.vector(at: 12 * s), p.vector(at: 13 * s))
    (r14, r15) = (p.vector(at: 14 * s), p.vector(at: 15 * s))
  }

  @inline(__always)
  mutating func shuffle() {
    let old = self
    (r0, r1) = (low(old.r0, old.r8), high(old.r0, old.r8))
    (r2, r3) = (low(old.r1, old.r9), high(old.r1, old.r9))
    (r4, r5) = (low(old.r2, old.r10), high(old.r2, old.r10))
    (r6, r7) = (low(old.r3, old.r11), high(old.r3, old.r11))
    (r8, r9) = (low(old.r4, old.r12), high(old.r4, old.r12))
    (r10, r11) = (low(old.r5, old.r13), high(old.r5, old.r13))
    (r12, r13) = (low(old.r6, old.r14), high(old.r6, old.r14))
    (r14, r15) = (low(old.r7, old.r15), high(old.r7, old.r15))
  }

  @inline(__always)
  func store(_ p: UnsafeMutablePointer<Float>, _ s: Int) {
    p.store(r0, at: 0)
    p.store(r1, at: s)
    p.store(r2, at: 2 * s)
    p.store(r3, at: 3 * s)
    p.store(r4, at: 4 * s)
    p.store(r5, at: 5 * s)
    p.store(r6, at: 6 * s)
    p.store(r7, at: 7 * s)
    p.store(r8, at: 8 * s)
    p.store(r9, at: 9 * s)
    p.store(r10, at: 10 * s)
    p.store(r11, at: 11 * s)
    p.store(r12, at: 12 * s)
    p.store(r13, at: 13 * s)
    p.store(r14, at: 14 * s)
    p.store(r15, at: 15 * s)
  }

  @inline(__always)
  private func low(_ a: Vector, _ b: Vector) -> Vector {
    Vector(
      a[0], b[0], a[1], b[1], a[2], b[2], a[3], b[3],
      a[4], b[4], a[5], b[5], a[6], b[6], a[7], b[7])
  }

  @inline(__always)
  private func high(_ a: Vector, _ b: Vector) -> Vector {
    Vector(
      a[8], b[8], a[9], b[9], a[10], b[10], a[11], b[11],
      a[12], b[12], a[13], b[13], a[14], b[14], a[15], b[15])
  }
}
