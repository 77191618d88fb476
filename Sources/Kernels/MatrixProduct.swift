/// The matrix product C = A · B of row-strided views, C with contiguous rows.
///
/// Every element is defined as one sum: it starts at +0 and takes `fma(a[i, k], b[k, j], sum)` for
/// `k` in order. No cut into tiles, parts or threads changes that order, so neither the machine
/// nor the number of threads shows in the result. (Only that a NaN is a NaN is defined, not which.)
///
/// Shape: A `m × k`, B `k × n`, C `m × n`
/// Cost: `m · n · k` fused multiply-adds
package struct MatrixProduct: Sendable {
  package let m: Int
  package let n: Int
  package let k: Int
  package let leftRowStride: Int
  package let leftColumnStride: Int
  package let rightRowStride: Int
  package let rightColumnStride: Int

  /// A product of dense matrices, each of which may be stored transposed.
  package init(
    m: Int, n: Int, k: Int, leftTransposed: Bool = false, rightTransposed: Bool = false
  ) {
    self.init(
      m: m, n: n, k: k,
      leftRowStride: leftTransposed ? 1 : k, leftColumnStride: leftTransposed ? m : 1,
      rightRowStride: rightTransposed ? 1 : n, rightColumnStride: rightTransposed ? k : 1)
  }

  /// A product of views: element `(i, j)` lies at `i · rowStride + j · columnStride`.
  package init(
    m: Int, n: Int, k: Int, leftRowStride: Int, leftColumnStride: Int,
    rightRowStride: Int, rightColumnStride: Int
  ) {
    self.m = m
    self.n = n
    self.k = k
    self.leftRowStride = leftRowStride
    self.leftColumnStride = leftColumnStride
    self.rightRowStride = rightRowStride
    self.rightColumnStride = rightColumnStride
  }

  /// Floats of scratch memory that `run` needs.
  package func scratchFloats(threads: Int) -> Int {
    isNarrow ? 0 : ProductSchedule(self, threads: threads).scratchFloats
  }

  /// Computes C, and calls `epilogue` on the thread that computed a block of it as soon as that
  /// block is final. Blocks are whole rows unless the result has too few rows to share.
  package func run(
    a: Buffer, b: Buffer, c: Buffer, scratch: Buffer, pool: ThreadPool,
    epilogue: (_ rows: Range<Int>, _ columns: Range<Int>) -> Void = { _, _ in }
  ) {
    run(a: a, b: b, c: c, scratch: scratch, pool: pool, threads: pool.threads, epilogue)
  }

  /// Computes C with no more than so many threads; with one, the pool is left alone.
  @inline(__always)
  func run(
    a: Buffer, b: Buffer, c: Buffer, scratch: Buffer, pool: ThreadPool, threads: Int,
    _ epilogue: (Range<Int>, Range<Int>) -> Void
  ) {
    guard m > 0, n > 0 else { return }
    let left = MatrixView(
      base: a.base, rowStride: leftRowStride, columnStride: leftColumnStride)
    let right = MatrixView(
      base: b.base, rowStride: rightRowStride, columnStride: rightColumnStride)
    if isNarrow {
      runNarrow(left, right, c.base, pool, threads, epilogue)
    } else {
      ProductSchedule(self, threads: threads)
        .run(left, right, c.base, scratch.base, pool, epilogue)
    }
  }
}
