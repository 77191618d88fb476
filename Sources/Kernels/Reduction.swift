/// Reductions over the middle axis of a tensor seen as [outer, reduced, inner].
///
/// The order of the operations is part of the result, and fixed by the shape alone:
/// - inner = 1: element i goes to accumulator i % 16; the sixteen accumulators, starting from the
///   identity, are folded by one tree: l with l + 8, then l + 4, l + 2, l + 1.
/// - inner > 1: one accumulator for each output, in order, starting from the identity.
/// - reduced > 4096: chunks of 4096 elements are each reduced so, then their results by the same
///   rule.
package enum ReductionOperation: UInt8, CaseIterable, Sendable {
  case sum, product
  /// NaN if any element is.
  case maximum, minimum
}

package struct ReductionView: Sendable, Hashable {
  package var outer: Int
  package var reduced: Int
  package var inner: Int

  package static let chunk = 4096

  package init(outer: Int, reduced: Int, inner: Int) {
    self.outer = outer
    self.reduced = reduced
    self.inner = inner
  }

  package var outputCount: Int { outer * inner }

  var chunks: Int { (reduced + ReductionView.chunk - 1) / ReductionView.chunk }
  /// The reduction of the chunks' results.
  var overChunks: ReductionView { ReductionView(outer: outer, reduced: chunks, inner: inner) }
}

/// Floats of scratch memory that a reduction needs, whatever the number of threads.
package func reductionScratchFloats(for view: ReductionView) -> Int {
  if view.reduced <= ReductionView.chunk { return 0 }
  return view.outer * view.chunks * view.inner + reductionScratchFloats(for: view.overChunks)
}

/// Reduces `x` into the `view.outputCount` floats of `result`.
package func reduce(
  _ operation: ReductionOperation, _ view: ReductionView, _ x: Buffer, into result: Buffer,
  scratch: Buffer, pool: ThreadPool
) {
  if view.reduced > ReductionView.chunk {
    let partialCount = view.outer * view.chunks * view.inner
    let partials = Buffer(base: scratch.base, count: partialCount)
    let rest = Buffer(base: scratch.base + partialCount, count: scratch.count - partialCount)
    reduceChunks(operation, view, x, into: partials, pool: pool)
    return reduce(operation, view.overChunks, partials, into: result, scratch: rest, pool: pool)
  }
  reduceChunks(operation, view, x, into: result, pool: pool)
}

/// Reduces every chunk of `x` alone; the results stand as [outer, chunks, inner].
private func reduceChunks(
  _ operation: ReductionOperation, _ view: ReductionView, _ x: Buffer, into result: Buffer,
  pool: ThreadPool
) {
  switch operation {
  case .sum: ChunkReduction<SumFold>(view, x, result).run(pool)
  case .product: ChunkReduction<ProductFold>(view, x, result).run(pool)
  case .maximum: ChunkReduction<MaximumFold>(view, x, result).run(pool)
  case .minimum: ChunkReduction<MinimumFold>(view, x, result).run(pool)
  }
}

/// Shares the chunks of a reduction, and strips of their columns, out among threads.
private struct ChunkReduction<F: Fold> {
  let view: ReductionView
  let x: UnsafeMutablePointer<Float>
  let result: UnsafeMutablePointer<Float>
  let chunks: Int

  static var stripWidth: Int { 64 }

  init(_ view: ReductionView, _ x: Buffer, _ result: Buffer) {
    self.view = view
    self.x = x.base
    self.result = result.base
    chunks = max(view.chunks, 1)
  }

  func run(_ pool: ThreadPool) {
    let strips = (view.inner + Self.stripWidth - 1) / Self.stripWidth
    let items = view.outer * chunks * strips
    let work = view.outer * view.reduced * view.inner
    let parts = min(pool.threads, items, work / 16_384)
    if parts <= 1 { return run(items: 0..<items, strips: strips) }
    pool.run(parts) { part in
      run(items: items * part / parts..<items * (part + 1) / parts, strips: strips)
    }
  }

  private var end: UnsafePointer<Float> {
    UnsafePointer(x + view.outer * view.reduced * view.inner)
  }

  /// First element and number of rows of a chunk, counted through all outer indices.
  @inline(__always)
  private func rows(_ segment: Int) -> (start: UnsafePointer<Float>, count: Int) {
    let (outer, chunk) = segment.quotientAndRemainder(dividingBy: chunks)
    let first = chunk * ReductionView.chunk
    let start = x + (outer * view.reduced + first) * view.inner
    return (UnsafePointer(start), min(ReductionView.chunk, view.reduced - first))
  }

  private func run(items: Range<Int>, strips: Int) {
    if view.inner == 1 { return runRows(items) }
    for item in items {
      let (segment, strip) = item.quotientAndRemainder(dividingBy: strips)
      let (start, count) = rows(segment)
      let columns = strip * Self.stripWidth..<min((strip + 1) * Self.stripWidth, view.inner)
      foldColumns(
        F.self, start, rows: count, stride: view.inner, columns: columns, end: end,
        into: result + segment * view.inner)
    }
  }

  /// Four equally long rows at a time: their accumulators do not wait for each other.
  private func runRows(_ segments: Range<Int>) {
    var segment = segments.lowerBound
    while segment < segments.upperBound {
      let (start, count) = rows(segment)
      if segment + 4 <= segments.upperBound {
        let (b, c, d) = (rows(segment + 1), rows(segment + 2), rows(segment + 3))
        if b.count == count, c.count == count, d.count == count {
          let four = (start, b.start, c.start, d.start)
          foldFourRows(F.self, four, count, end: end, into: result + segment)
          segment += 4
          continue
        }
      }
      result[segment] = foldRow(F.self, start, count, end: end)
      segment += 1
    }
  }
}
