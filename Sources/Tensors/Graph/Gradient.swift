/// The reverse walk.
package enum Gradient {
  /// The gradient of a scalar with respect to each of `targets`, nil where `scalar` does not depend
  /// on it.
  ///
  /// The walk stops at the targets, so a target may itself be the result of a computation.
  /// Throws: `notScalar` if `scalar` has more than one element.
  package static func of(
    _ scalar: Tensor, withRespectTo targets: [Tensor]
  ) throws(TensorError) -> [Tensor?] {
    guard scalar.count == 1 else { throw .notScalar(operation: "gradient", shape: scalar.shape) }
    let targetIDs = Set(targets.map { ObjectIdentifier($0.node) })
    let reached = nodesBetween(scalar.node, targetIDs)
    var gradients = [ObjectIdentifier: Tensor]()
    if reached.contains(where: { $0 === scalar.node }) {
      gradients[ObjectIdentifier(scalar.node)] = try Tensor.full(1, shape: scalar.shape)
    }
    for node in reached {
      let id = ObjectIdentifier(node)
      guard !targetIDs.contains(id), let gradient = gradients[id] else { continue }
      let parts = try node.op.gradients(
        gradient, result: Tensor(node), inputs: node.inputs.map(Tensor.init))
      for (input, part) in zip(node.inputs, parts) {
        guard let part else { continue }
        let inputID = ObjectIdentifier(input)
        gradients[inputID] =
          try gradients[inputID].map { (sum) throws(TensorError) in
            try sum + part
          } ?? part
      }
    }
    return targets.map { gradients[ObjectIdentifier($0.node)] }
  }

  /// The nodes on some path from a target to `root`, latest first.
  private static func nodesBetween(_ root: Node, _ targets: Set<ObjectIdentifier>) -> [Node] {
    var leads = [ObjectIdentifier: Bool]()
    var reached: [Node] = []
    var stack: [(node: Node, expanded: Bool)] = [(root, false)]
    while let (node, expanded) = stack.popLast() {
      let id = ObjectIdentifier(node)
      if expanded {
        let isTarget = targets.contains(id)
        let leadsDown = isTarget || node.inputs.contains { leads[ObjectIdentifier($0)] == true }
        leads[id] = leadsDown
        if leadsDown { reached.append(node) }
      } else if leads[id] == nil {
        leads[id] = false
        stack.append((node, true))
        if targets.contains(id) { continue }
        for input in node.inputs where leads[ObjectIdentifier(input)] == nil {
          stack.append((input, false))
        }
      }
    }
    return reached.sorted { $0.serial > $1.serial }
  }
}
