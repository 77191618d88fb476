import Kernels

/// Moves cheap work to where its result is read: a mask for the gradient of relu is computed again
/// from the activation that is in memory anyway, instead of being written and read.
struct MemberSinking {
  private var lowering: Lowering
  /// Slots that somebody outside of the plan reads.
  private let kept: Set<Int>
  private var readers: [Int: [Reader]] = [:]

  private struct Reader: Hashable {
    var step: Int
    /// The member that reads, or nil for the step itself.
    var member: Int?
    var isInStep: Bool
  }

  /// Work that is less than a store and a load of its result.
  private static let cheapest = 3

  static func sink(_ lowering: Lowering, kept: Set<Int>) -> Lowering {
    var sinking = MemberSinking(lowering: lowering, kept: kept)
    sinking.noteReaders()
    for step in lowering.steps.indices { sinking.sinkMembers(of: step) }
    return sinking.lowering
  }

  private init(lowering: Lowering, kept: Set<Int>) {
    self.lowering = lowering
    self.kept = kept
  }

  private mutating func noteReaders() {
    for (index, step) in lowering.steps.enumerated() {
      for view in step.kind.reads {
        readers[view.slot, default: []].append(Reader(step: index, member: nil, isInStep: false))
      }
      for member in step.members {
        for view in member.inputs {
          let isInStep = view.isWhole(count: member.shape.count)
          readers[view.slot, default: []].append(
            Reader(step: index, member: member.slot, isInStep: isInStep))
        }
      }
    }
  }

  private mutating func sinkMembers(of step: Int) {
    for member in lowering.steps[step].members.reversed() {
      guard let target = target(of: member, from: step),
        let group = group(of: member, from: step),
        lowering.steps[target].members.count + group.count <= Lowering.mostMembers
      else { continue }
      move(group, from: step, to: target)
    }
  }

  /// The one later chain that reads the member, element by element.
  private func target(of member: Lowering.Member, from step: Int) -> Int? {
    guard !kept.contains(member.slot), let all = readers[member.slot],
      let target = all.first?.step, target != step,
      lowering.steps[target].hostedCount == member.shape.count,
      all.allSatisfy({ $0.step == target && $0.member != nil && $0.isInStep })
    else { return nil }
    return target
  }

  /// The member with what only it needs, if all of that is cheap and reads only what is in memory.
  private func group(of member: Lowering.Member, from step: Int) -> Set<Int>? {
    var group: Set<Int> = [member.slot]
    var cost = member.operation.cost
    var open = [member]
    while let next = open.popLast() {
      for view in next.inputs where !group.contains(view.slot) && !isStored(view.slot, step, group)
      {
        guard let inner = lowering.steps[step].members.first(where: { $0.slot == view.slot })
        else { return nil }
        group.insert(inner.slot)
        cost += inner.operation.cost
        open.append(inner)
      }
    }
    let isReadElsewhere = group.contains { slot in
      slot != member.slot
        && (kept.contains(slot) || readers[slot]!.contains { !group.contains($0.member ?? -1) })
    }
    return cost <= MemberSinking.cheapest && !isReadElsewhere ? group : nil
  }

  /// Whether a slot is in memory whatever becomes of the group.
  private func isStored(_ slot: Int, _ step: Int, _ group: Set<Int>) -> Bool {
    if lowering.producers[slot] != step || kept.contains(slot) { return true }
    return readers[slot]!.contains { $0.step != step }
  }

  private mutating func move(_ group: Set<Int>, from step: Int, to target: Int) {
    let moved = lowering.steps[step].members.filter { group.contains($0.slot) }
    lowering.steps[step].members.removeAll { group.contains($0.slot) }
    lowering.steps[target].members.insert(contentsOf: moved, at: 0)
    for member in moved {
      lowering.producers[member.slot] = target
      for view in member.inputs {
        readers[view.slot] = readers[view.slot]!.map { reader in
          var reader = reader
          if reader.member == member.slot { reader.step = target }
          return reader
        }
      }
    }
  }
}
