/// What a training step computes but no step changes: work on data made before, tables of
/// constants. It is computed once, before the step is replayed.
struct StepInvariants {
  private var varying: Set<ObjectIdentifier>
  private let firstDraw: RandomStream

  /// `varying` are the nodes that differ from step to step; so do draws from `firstDraw` on.
  init(varying: [Node], firstDraw: RandomStream) {
    self.varying = Set(varying.map(ObjectIdentifier.init))
    self.firstDraw = firstDraw
  }

  /// The pending nodes below `outputs` that no step changes and that something else reads.
  mutating func find(below outputs: [Node]) -> [Node] {
    var found: [Node] = []
    var seen: Set<ObjectIdentifier> = []
    func add(_ node: Node) {
      guard !node.isLeaf, seen.insert(ObjectIdentifier(node)).inserted else { return }
      // A view takes no work, and as a tensor of its own it may be much larger.
      if node.op.isView { node.inputs.forEach(add) } else { found.append(node) }
    }
    for node in GraphRequest.pending(below: outputs) {
      if varies(node) {
        varying.insert(ObjectIdentifier(node))
        for input in node.inputs where !varies(input) { add(input) }
      }
    }
    for output in outputs where !varies(output) { add(output) }
    return found
  }

  private func varies(_ node: Node) -> Bool {
    if varying.contains(ObjectIdentifier(node)) { return true }
    if node.storage != nil { return false }
    if case .random(_, let seed, let counter, _) = node.op {
      return seed == firstDraw.seed && counter >= firstDraw.counter
    }
    return node.inputs.contains { varying.contains(ObjectIdentifier($0)) }
  }
}

extension Op {
  /// Whether the result shows the elements of its input, moved or repeated.
  fileprivate var isView: Bool {
    switch self {
    case .reshape, .permute, .broadcast, .slice, .stop: true
    default: false
    }
  }
}
