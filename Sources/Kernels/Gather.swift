/// Rows picked and summed by index. Indices are whole floats, so tables have at most 2²⁴ rows.

/// The position of the first index that is not a whole number in `0..<rows`, if there is one.
package func firstInvalidIndex(_ indices: Buffer, rows: Int) -> Int? {
  let limit = Float(rows)
  for i in 0..<indices.count {
    let index = indices[i]
    // Converted back only when known to fit; NaN fails the comparison.
    guard index >= 0, index < limit, Float(Int32(index)) == index else { return i }
  }
  return nil
}

/// result[i, :] = x[indices[i], :] for valid indices.
///
/// Shape: x [rows, width], indices [n], result [n, width].
package func gatherRows(
  _ x: Buffer, width: Int, indices: Buffer, into result: Buffer, pool: ThreadPool
) {
  let count = indices.count
  let parts = min(pool.threads, max(count * width / 32_768, 1))
  pool.run(parts) { part in
    let range = count * part / parts..<count * (part + 1) / parts
    if width == 1 {
      for i in range { result[i] = x[Int(indices[i])] }
    } else {
      for i in range {
        (result.base + i * width).update(from: x.base + Int(indices[i]) * width, count: width)
      }
    }
  }
}

/// result[indices[i], :] += x[i, :] for valid indices, in order of i.
///
/// Shape: x [n, width], indices [n], result [rows, width].
package func scatterAddRows(
  _ x: Buffer, rows: Int, width: Int, indices: Buffer, into result: Buffer, pool: ThreadPool
) {
  let parts = min(pool.threads, rows, max(indices.count * width / 32_768, 1))
  // Every thread reads all indices and keeps to its own rows of the result.
  pool.run(parts) { part in
    let own = rows * part / parts..<rows * (part + 1) / parts
    for i in 0..<indices.count {
      let row = Int(indices[i])
      if row < own.lowerBound || row >= own.upperBound { continue }
      let source = x.base + i * width
      let target = result.base + row * width
      for column in 0..<width { target[column] += source[column] }
    }
  }
}
