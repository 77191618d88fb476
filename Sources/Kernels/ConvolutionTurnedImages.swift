/// A batch and its result with the images side by side: `[panel][pixel][plane][image]`.
struct TurnedImages {
  /// The channels of an image.
  struct Planes {
    let count: Int
    let area: Int

    /// Planes from one pixel to the next: an odd number, because pixels whose distance is a power
    /// of two would all compete for the same few lines of the caches.
    @inline(__always) var spacing: Int { count | 1 }
    var floats: Int { count * area }
    fileprivate var turnedFloats: Int { spacing * area }
  }

  let cut: PanelCut
  let scratch: UnsafeMutablePointer<Float>?
  let sourcePlanes: Planes
  let resultPlanes: Planes

  var scratchFloats: Int {
    (sourcePlanes.turnedFloats + resultPlanes.turnedFloats) * cut.floats
  }

  @inline(__always)
  func source(_ panel: Int) -> UnsafeMutablePointer<Float> {
    scratch.unsafelyUnwrapped + cut.column(of: panel) * sourcePlanes.turnedFloats
  }

  @inline(__always)
  func result(_ panel: Int) -> UnsafeMutablePointer<Float> {
    scratch.unsafelyUnwrapped + cut.floats * sourcePlanes.turnedFloats
      + cut.column(of: panel) * resultPlanes.turnedFloats
  }

  /// Turns the source, computes the result `line` by line, and turns the result back.
  @inline(__always)
  func run(
    _ input: UnsafeMutablePointer<Float>, _ output: UnsafeMutablePointer<Float>, lines: Int,
    work: Int, _ pool: ThreadPool, line: (_ panel: Int, _ line: Int) -> Void,
    epilogue: (Range<Int>, Range<Int>) -> Void
  ) {
    guard cut.columns > 0, resultPlanes.floats > 0 else { return }
    pool.run(sourcePlanes.count, work: work) { turn(input, plane: $0) }
    pool.run(cut.panels * lines, work: work) { line($0 / lines, $0 % lines) }
    if cut.vectors < pool.threads {
      pool.run(resultPlanes.count, work: work) { plane in
        for vector in 0..<cut.vectors { turnBack(output, vector: vector, plane: plane) }
        let area = resultPlanes.area
        epilogue(0..<cut.columns, (plane * area)..<((plane + 1) * area))
      }
    } else {
      // Whole images lie together, which makes long blocks for the epilogue.
      pool.run(cut.vectors, work: work) { vector in
        for plane in 0..<resultPlanes.count { turnBack(output, vector: vector, plane: plane) }
        let first = vector * Buffer.lanes
        epilogue(first..<min(first + Buffer.lanes, cut.columns), 0..<resultPlanes.floats)
      }
    }
  }

  private func turn(_ input: UnsafeMutablePointer<Float>, plane: Int) {
    let planes = sourcePlanes
    let view = MatrixView(base: input, rowStride: 1, columnStride: planes.floats)
    for panel in 0..<cut.panels {
      let (first, width) = (cut.column(of: panel), cut.width(of: panel))
      view.from(plane * planes.area, first).pack(
        rows: planes.area, columns: min(cut.columns - first, width),
        to: source(panel) + plane * width, width: planes.spacing * width)
    }
  }

  /// Turns back one plane of the images of one vector.
  private func turnBack(_ output: UnsafeMutablePointer<Float>, vector: Int, plane: Int) {
    let planes = resultPlanes
    let panel = cut.panel(of: vector)
    let (first, width) = (vector * Buffer.lanes, cut.width(of: panel))
    let view = MatrixView(
      base: result(panel) + plane * width + first - cut.column(of: panel), rowStride: 1,
      columnStride: planes.spacing * width)
    view.copy(
      rows: min(Buffer.lanes, cut.columns - first), columns: planes.area,
      to: output + first * planes.floats + plane * planes.area, rowStride: planes.floats)
  }
}
