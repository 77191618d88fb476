/// A copy between two strided views of the same shape: transposition, slices, broadcasts, padding
/// and concatenation.
package struct StridedCopy: Sendable, Hashable {
  package static let capacity = 8

  /// At least two dimensions (of size 1 if need be), the last with the smallest target stride.
  let rank: Int
  let shape: SIMD8<Int>
  let sourceStrides: SIMD8<Int>
  let targetStrides: SIMD8<Int>
  let sourceOffset: Int
  let targetOffset: Int

  /// No two elements may have the same place in the target.
  package init(
    shape: [Int], sourceStrides: [Int], sourceOffset: Int = 0, targetStrides: [Int],
    targetOffset: Int = 0
  ) {
    var dimensions = StridedCopy.merged(shape, sourceStrides, targetStrides)
    precondition(dimensions.count <= StridedCopy.capacity, "at most eight dimensions")
    StridedCopy.arrange(&dimensions)
    rank = dimensions.count
    var (sizes, sources) = (SIMD8<Int>(repeating: 1), SIMD8<Int>.zero)
    var targets = SIMD8<Int>.zero
    for (k, dimension) in dimensions.enumerated() {
      sizes[k] = dimension.size
      sources[k] = dimension.source
      targets[k] = dimension.target
    }
    self.shape = sizes
    self.sourceStrides = sources
    self.targetStrides = targets
    self.sourceOffset = sourceOffset
    self.targetOffset = targetOffset
  }

  private typealias Dimension = (size: Int, source: Int, target: Int)

  /// Leaves out sizes of 1 and joins neighbours that both sides walk as one.
  private static func merged(
    _ shape: [Int], _ sourceStrides: [Int], _ targetStrides: [Int]
  ) -> [Dimension] {
    var result: [Dimension] = []
    for k in shape.indices where shape[k] != 1 {
      let next = (size: shape[k], source: sourceStrides[k], target: targetStrides[k])
      if let last = result.last, last.source == next.source * next.size,
        last.target == next.target * next.size
      {
        result[result.count - 1] = (last.size * next.size, next.source, next.target)
      } else {
        result.append(next)
      }
    }
    return result
  }

  /// Writes go forward through the target; beside its last dimension stands the source's.
  private static func arrange(_ dimensions: inout [Dimension]) {
    dimensions.sort { abs($0.target) > abs($1.target) }
    if let last = dimensions.last, last.source != 1,
      let run = dimensions.dropLast().lastIndex(where: { $0.source == 1 })
    {
      dimensions.insert(dimensions.remove(at: run), at: dimensions.count - 1)
    }
    while dimensions.count < 2 {
      dimensions.insert((size: 1, source: 0, target: 0), at: 0)
    }
  }

  package var count: Int {
    var product = 1
    for dimension in 0..<rank { product *= shape[dimension] }
    return product
  }
}

/// Copies the elements that `copy` describes.
package func copyStrided(
  _ copy: StridedCopy, from source: Buffer, into target: Buffer, pool: ThreadPool
) {
  let count = copy.count
  if count == 0 { return }
  let parts = min(pool.threads, copy.shape[0], max(count / 65_536, 1))
  pool.run(parts) { part in
    // Whole tiles of a transposition stay together.
    let step = copy.shape[0] >= 32 * parts ? 16 : 1
    let units = (copy.shape[0] + step - 1) / step
    let lower = units * part / parts * step
    let upper = min(units * (part + 1) / parts * step, copy.shape[0])
    copy.run(rows: lower..<upper, from: source.base, into: target.base)
  }
}

extension StridedCopy {
  /// Copies the part of the outermost dimension that `rows` names.
  func run(
    rows: Range<Int>, from source: UnsafePointer<Float>, into target: UnsafeMutablePointer<Float>
  ) {
    if rows.isEmpty { return }
    var sizes = shape
    sizes[0] = rows.count
    var from = source + sourceOffset + rows.lowerBound * sourceStrides[0]
    var to = target + targetOffset + rows.lowerBound * targetStrides[0]
    let (row, column) = (rank - 2, rank - 1)
    let plane = CopyPlane(
      rows: sizes[row], columns: sizes[column],
      sourceRow: sourceStrides[row], sourceColumn: sourceStrides[column],
      targetRow: targetStrides[row], targetColumn: targetStrides[column])
    var index = SIMD8<Int>.zero
    while true {
      plane.copy(from, to)
      var dimension = rank - 3
      while dimension >= 0 {
        index[dimension] += 1
        from += sourceStrides[dimension]
        to += targetStrides[dimension]
        if index[dimension] < sizes[dimension] { break }
        from -= sizes[dimension] * sourceStrides[dimension]
        to -= sizes[dimension] * targetStrides[dimension]
        index[dimension] = 0
        dimension -= 1
      }
      if dimension < 0 { return }
    }
  }
}
