/// Floats of scratch memory that one thread needs to sort a row of `count` elements.
package func sortScratchFloats(count: Int) -> Int { 4 * count + RadixSort.buckets }

/// Sorts every row of a [rows, count] matrix, smallest first and NaN last; equals keep their order.
///
/// `scratch` holds `sortScratchFloats(count:)` floats for every thread; a result may be `x` itself.
package func sortRows(
  _ x: Buffer, rows: Int, count: Int, into result: Buffer, scratch: Buffer, pool: ThreadPool
) {
  forEachSortedRow(x, rows: rows, count: count, scratch: scratch, pool: pool) { row, sort in
    let source = x.base + row * count
    let staged = sort.spareFloats
    for i in 0..<count { staged[i] = source[Int(sort.order[i])] }
    (result.base + row * count).update(from: staged, count: count)
  }
}

/// Writes, as floats, the order in which `sortRows` would take the elements of every row.
///
/// Precision: exact for rows of up to 2²⁴ elements.
package func argsortRows(
  _ x: Buffer, rows: Int, count: Int, into result: Buffer, scratch: Buffer, pool: ThreadPool
) {
  forEachSortedRow(x, rows: rows, count: count, scratch: scratch, pool: pool) { row, sort in
    let target = result.base + row * count
    for i in 0..<count { target[i] = Float(sort.order[i]) }
  }
}

private func forEachSortedRow(
  _ x: Buffer, rows: Int, count: Int, scratch: Buffer, pool: ThreadPool,
  _ use: (Int, RadixSort) -> Void
) {
  let parts = min(pool.threads, rows, max(rows * count / 2_048, 1))
  let share = sortScratchFloats(count: count)
  pool.run(parts) { part in
    for row in rows * part / parts..<rows * (part + 1) / parts {
      var sort = RadixSort(scratch.base + part * share, count: count)
      sort.run(x.base + row * count)
      use(row, sort)
    }
  }
}

/// A stable sort of one row by the bits of its elements, eight at a time.
private struct RadixSort {
  static let buckets = 256
  /// Rows up to this length are sorted by insertion.
  static let shortRow = 48

  let count: Int
  private var keys: UnsafeMutablePointer<UInt32>
  private var spareKeys: UnsafeMutablePointer<UInt32>
  private(set) var order: UnsafeMutablePointer<UInt32>
  private var spareOrder: UnsafeMutablePointer<UInt32>
  private let starts: UnsafeMutablePointer<UInt32>

  init(_ scratch: UnsafeMutablePointer<Float>, count: Int) {
    self.count = count
    let words = UnsafeMutableRawPointer(scratch)
      .bindMemory(to: UInt32.self, capacity: sortScratchFloats(count: count))
    keys = words
    spareKeys = words + count
    order = words + 2 * count
    spareOrder = words + 3 * count
    starts = words + 4 * count
  }

  /// Room for a row, once sorted.
  var spareFloats: UnsafeMutablePointer<Float> {
    UnsafeMutableRawPointer(spareKeys).bindMemory(to: Float.self, capacity: count)
  }

  mutating func run(_ row: UnsafePointer<Float>) {
    for i in 0..<count {
      keys[i] = RadixSort.key(row[i])
      order[i] = UInt32(i)
    }
    if count <= RadixSort.shortRow { return insert() }
    for shift in stride(from: UInt32(0), to: 32, by: 8) { distribute(shift) }
  }

  /// Whole numbers in the order of the floats; both zeros are equal, and so are all NaN.
  private static func key(_ x: Float) -> UInt32 {
    if x.isNaN { return .max }
    let bits = x == 0 ? 0 : x.bitPattern
    return bits >> 31 == 1 ? ~bits : bits | 0x8000_0000
  }

  private func insert() {
    for i in 1..<max(count, 1) {
      let (key, place) = (keys[i], order[i])
      var j = i
      while j > 0, keys[j - 1] > key {
        keys[j] = keys[j - 1]
        order[j] = order[j - 1]
        j -= 1
      }
      keys[j] = key
      order[j] = place
    }
  }

  private mutating func distribute(_ shift: UInt32) {
    starts.update(repeating: 0, count: RadixSort.buckets)
    for i in 0..<count { starts[Int(keys[i] >> shift & 255)] += 1 }
    if count > 0, Int(starts[Int(keys[0] >> shift & 255)]) == count { return }
    var sum: UInt32 = 0
    for bucket in 0..<RadixSort.buckets {
      let size = starts[bucket]
      starts[bucket] = sum
      sum += size
    }
    for i in 0..<count {
      let bucket = Int(keys[i] >> shift & 255)
      let place = Int(starts[bucket])
      starts[bucket] += 1
      spareKeys[place] = keys[i]
      spareOrder[place] = order[i]
    }
    swap(&keys, &spareKeys)
    swap(&order, &spareOrder)
  }
}
