/// The place of the largest or smallest element; the first of equals wins, and NaN wins over all.
package enum IndexReductionOperation: UInt8, CaseIterable, Sendable {
  case argmax, argmin
}

/// Writes, as floats, where along the middle axis of `view` the extreme elements are.
///
/// Precision: exact for axes of up to 2²⁴ elements.
package func reduceIndex(
  _ operation: IndexReductionOperation, _ view: ReductionView, _ x: Buffer, into result: Buffer,
  pool: ThreadPool
) {
  let work = view.outer * view.reduced * view.inner
  let parts = min(pool.threads, view.outer, max(work / 16_384, 1))
  let end = UnsafePointer(x.base + work)
  pool.run(parts) { part in
    for outer in view.outer * part / parts..<view.outer * (part + 1) / parts {
      let block = UnsafePointer(x.base + outer * view.reduced * view.inner)
      let target = result.base + outer * view.inner
      if view.inner == 1 {
        target.pointee = Float(extremeIndex(operation, block, view.reduced, end: end))
      } else if operation == .argmax {
        extremeIndices(block, view, into: target, end: end) { $0 .> $1 }
      } else {
        extremeIndices(block, view, into: target, end: end) { $0 .< $1 }
      }
    }
  }
}

/// Finds the extreme value first, then its first place.
private func extremeIndex(
  _ operation: IndexReductionOperation, _ x: UnsafePointer<Float>, _ count: Int,
  end: UnsafePointer<Float>
) -> Int {
  let extreme =
    operation == .argmax
    ? foldRow(MaximumFold.self, x, count, end: end) : foldRow(MinimumFold.self, x, count, end: end)
  let wanted = Vector(repeating: extreme)
  let seeksNaN = extreme.isNaN
  var i = 0
  while i + 16 <= count {
    let values = x.vector(at: i)
    if any(seeksNaN ? values .!= values : values .== wanted) { break }
    i += 16
  }
  while i < count - 1, seeksNaN ? !x[i].isNaN : x[i] != extreme { i += 1 }
  return i
}

private func extremeIndices(
  _ x: UnsafePointer<Float>, _ view: ReductionView, into result: UnsafeMutablePointer<Float>,
  end: UnsafePointer<Float>, _ wins: (Vector, Vector) -> VectorMath.Mask
) {
  var column = 0
  while column < view.inner {
    let count = min(16, view.inner - column)
    var best = prefix16(x + column, count, end: end)
    var index = Vector.zero
    for row in 0..<view.reduced {
      let values = prefix16(x + (row * view.inner + column), count, end: end)
      let isFirstNaN = VectorMath.isNaN(values) .& (best .== best)
      let better = wins(values, best) .| isFirstNaN
      best = best.replacing(with: values, where: better)
      index = index.replacing(with: Vector(repeating: Float(row)), where: better)
    }
    for lane in 0..<count { result[column + lane] = index[lane] }
    column += 16
  }
}

@inline(__always)
private func prefix16(
  _ source: UnsafePointer<Float>, _ count: Int, end: UnsafePointer<Float>
) -> Vector {
  count == 16 ? source.vector(at: 0) : prefix(source, count, identity: 0, end: end)
}
