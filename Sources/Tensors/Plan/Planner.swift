import Kernels

/// Makes the plan of a request.
struct Planner {
  private var lowering = Lowering()
  private var views: [View] = []
  private var leafSlots: [Int] = []
  private var constantSlots: [Int] = []
  private var outputViews: [View] = []

  static func plan(_ request: GraphRequest, outputs: [Node]) -> Plan {
    var planner = Planner()
    planner.bindLeaves(request)
    planner.lowerNodes(request)
    planner.lowerOutputs(request, outputs)
    return planner.finish(request)
  }

  private mutating func bindLeaves(_ request: GraphRequest) {
    for (index, leaf) in request.leaves.enumerated() {
      leafSlots.append(lowering.makeFixedSlot(count: leaf.shape.count, home: .leaf(index)))
    }
    for index in request.constants.indices {
      constantSlots.append(lowering.makeFixedSlot(count: 1, home: .constant(index)))
    }
  }

  private mutating func lowerNodes(_ request: GraphRequest) {
    var known: [CommonKey: View] = [:]
    for node in request.nodes {
      let inputs = node.inputs.map { view(of: $0, request) }
      let key = CommonKey(op: node.op, inputs: inputs)
      // Equal work on equal inputs is done once: G(z) in both halves of a GAN step. Draws are told
      // apart even if their counters agree, because the plan serves other counters too.
      if !node.op.isRandom, let twin = known[key] {
        views.append(twin)
        continue
      }
      let result = node.op.lower(inputs, shape: node.shape, into: &lowering)
      known[key] = result
      views.append(result)
    }
  }

  private struct CommonKey: Hashable {
    let op: Op
    let inputs: [View]
  }

  private func view(of node: Node, _ request: GraphRequest) -> View {
    switch request.references[ObjectIdentifier(node)]! {
    case .node(let index): return views[index]
    case .leaf(let index): return View(slot: leafSlots[index], shape: node.shape)
    case .constant(let index): return View(slot: constantSlots[index], shape: .scalar)
    }
  }

  /// Every output must fill a block of its own from the start; leaves may be shared as they are.
  private mutating func lowerOutputs(_ request: GraphRequest, _ outputs: [Node]) {
    for output in outputs {
      let view = view(of: output, request)
      let isShareable = view.isWhole(count: lowering.slotCounts[view.slot])
      let isConstant: Bool
      if case .constant = lowering.fixedHomes[view.slot] {
        isConstant = true
      } else {
        isConstant = false
      }
      if isShareable && !isConstant {
        outputViews.append(view)
      } else {
        let slot = lowering.append(count: view.shape.count) { slot in
          .fixed(.copy(view, into: View(slot: slot, shape: view.shape)))
        }
        outputViews.append(View(slot: slot, shape: view.shape))
      }
    }
  }

  private mutating func finish(_ request: GraphRequest) -> Plan {
    var sources: [OutputSource] = []
    var homes = lowering.fixedHomes
    for (index, view) in outputViews.enumerated() {
      switch homes[view.slot] {
      case .leaf(let leaf): sources.append(.leaf(leaf))
      case .output(let earlier): sources.append(.output(earlier))
      default:
        homes[view.slot] = .output(index)
        sources.append(.fresh(count: lowering.slotCounts[view.slot]))
      }
    }
    let kept = Set(homes.keys)
    var assembly = PlanAssembly(
      lowering: MemberSinking.sink(lowering, kept: kept), homes: homes)
    let steps = assembly.assemble()
    return Plan(
      slots: assembly.slots, steps: steps, outputs: sources, leafCount: request.leaves.count,
      constantCount: request.constants.count, drawCount: request.draws.count,
      arenaCount: assembly.arenaCount)
  }
}

extension Op {
  fileprivate var isRandom: Bool {
    if case .random = self { return true }
    return false
  }
}
