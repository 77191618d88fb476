/// Places temporary blocks in one arena so that blocks alive at the same time do not overlap.
struct MemoryPlanner {
  /// Steps during which each temporary is alive, by slot.
  private var lifetimes: [Int: ClosedRange<Int>] = [:]
  /// Slots that live in the memory of another slot.
  private var hosts: [Int: Int] = [:]

  mutating func touch(_ slot: Int, at step: Int) {
    guard let lifetime = lifetimes[slot] else {
      lifetimes[slot] = step...step
      return
    }
    lifetimes[slot] = min(lifetime.lowerBound, step)...max(lifetime.upperBound, step)
  }

  func lastStep(of slot: Int) -> Int? { lifetimes[slot]?.upperBound }

  /// Lets `slot` take over the memory of `dying`, which nobody reads afterwards.
  mutating func take(_ dying: Int, for slot: Int) {
    let root = root(of: dying)
    hosts[slot] = root
    if let lifetime = lifetimes[slot], let rootLifetime = lifetimes[root] {
      lifetimes[root] =
        rootLifetime.lowerBound...max(rootLifetime.upperBound, lifetime.upperBound)
    }
  }

  func root(of slot: Int) -> Int {
    var slot = slot
    while let host = hosts[slot] { slot = host }
    return slot
  }

  /// Offsets in floats of every temporary, multiples of a cache line, and the arena's size.
  func place(_ slots: [Int], counts: [Int]) -> (offsets: [Int: Int], total: Int) {
    let roots = Set(slots.map(root(of:)))
    let ordered = roots.sorted {
      (counts[$0], $1) > (counts[$1], $0)
    }
    var placed: [(slot: Int, range: Range<Int>)] = []
    var offsets: [Int: Int] = [:]
    var total = 0
    for slot in ordered {
      let size = (max(counts[slot], 1) + 15) / 16 * 16
      let neighbours = placed.filter { overlaps($0.slot, slot) }.map(\.range)
        .sorted { $0.lowerBound < $1.lowerBound }
      var offset = 0
      for range in neighbours {
        if offset + size <= range.lowerBound { break }
        offset = max(offset, range.upperBound)
      }
      placed.append((slot, offset..<(offset + size)))
      offsets[slot] = offset
      total = max(total, offset + size)
    }
    for slot in slots { offsets[slot] = offsets[root(of: slot)] }
    return (offsets, total)
  }

  private func overlaps(_ a: Int, _ b: Int) -> Bool {
    guard let first = lifetimes[a], let second = lifetimes[b] else { return false }
    return first.overlaps(second)
  }
}
