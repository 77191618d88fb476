/// Running sums along the middle axis of `view`, in order.
package func cumulativeSum(
  _ view: ReductionView, _ x: Buffer, into result: Buffer, pool: ThreadPool
) {
  let size = view.reduced * view.inner
  let parts = min(pool.threads, view.outer, max(view.outer * size / 16_384, 1))
  pool.run(parts) { part in
    for outer in view.outer * part / parts..<view.outer * (part + 1) / parts {
      let source = x.base + outer * size
      let target = result.base + outer * size
      if view.inner == 1 {
        var sum: Float = 0
        for i in 0..<size {
          sum += source[i]
          target[i] = sum
        }
      } else {
        for i in 0..<min(view.inner, size) { target[i] = 0 + source[i] }
        for i in min(view.inner, size)..<size { target[i] = target[i - view.inner] + source[i] }
      }
    }
  }
}
