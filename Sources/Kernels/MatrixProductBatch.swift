/// Many products of one shape, at fixed distances in memory.
///
/// A distance of zero uses the same operand for all.
package struct MatrixProductBatch: Sendable {
  package let product: MatrixProduct
  package let count: Int
  /// Floats from one operand to the next.
  package let leftStride: Int
  package let rightStride: Int

  package init(_ product: MatrixProduct, count: Int, leftStride: Int, rightStride: Int) {
    self.product = product
    self.count = count
    self.leftStride = leftStride
    self.rightStride = rightStride
  }

  private var work: Int { count * product.m * product.n * product.k }

  /// Threads that take whole products each; one if products are few, and share their work.
  private func takers(_ threads: Int) -> Int {
    ThreadPool.shares(work: work) && count >= threads ? threads : 1
  }

  /// Floats of scratch memory that `run` needs.
  package func scratchFloats(threads: Int) -> Int {
    product.scratchFloats(threads: threads) * takers(threads)
  }

  /// Computes all products, the results side by side in C.
  ///
  /// `epilogue` is called as that of a single product, with the product's index before its ranges.
  package func run(
    a: Buffer, b: Buffer, c: Buffer, scratch: Buffer, pool: ThreadPool,
    epilogue: (_ index: Int, _ rows: Range<Int>, _ columns: Range<Int>) -> Void = { _, _, _ in }
  ) {
    let takers = takers(pool.threads)
    let floats = product.scratchFloats(threads: pool.threads)
    func part(_ taker: Int, threads: Int) {
      let memory = Buffer(base: scratch.base + taker * floats, count: floats)
      for index in (taker * count / takers)..<((taker + 1) * count / takers) {
        product.run(
          a: a.from(index * leftStride), b: b.from(index * rightStride),
          c: c.from(index * product.m * product.n), scratch: memory, pool: pool, threads: threads
        ) { epilogue(index, $0, $1) }
      }
    }
    if takers == 1 {
      part(0, threads: pool.threads)
    } else {
      pool.run(takers) { part($0, threads: 1) }
    }
  }
}

extension Buffer {
  fileprivate func from(_ offset: Int) -> Buffer {
    Buffer(base: base + offset, count: count - offset)
  }
}
