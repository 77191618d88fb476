/// Plans by the structure of the graph they were made for; the longest unused goes first.
struct PlanCache {
  private var entries: [GraphKey: Entry] = [:]
  private var clock = 0

  private struct Entry {
    let plan: Plan
    var lastUse: Int
  }

  /// Enough for every step of a lesson, small enough to stay flat over a long session.
  static let capacity = 256

  mutating func plan(for key: GraphKey, make: () -> Plan) -> Plan {
    clock += 1
    if let index = entries.index(forKey: key) {
      entries.values[index].lastUse = clock
      return entries.values[index].plan
    }
    let plan = make()
    if entries.count >= PlanCache.capacity { evictOlderHalf() }
    entries[key] = Entry(plan: plan, lastUse: clock)
    return plan
  }

  private mutating func evictOlderHalf() {
    let uses = entries.values.map(\.lastUse).sorted()
    let median = uses[uses.count / 2]
    entries = entries.filter { $0.value.lastUse >= median }
  }
}
