import Kernels

/// A number that depends on the number of a training step and on nothing else, such as
/// `step % 4 == 0`, and so can be asked of any step.
package final class StepNumberPlan {
  private let bound: BoundPlan
  private let stepNumber: Storage

  /// Nil if the tensor depends on anything that is in memory but `stepNumber`, or on chance.
  package init?(_ tensor: Tensor, stepNumber: Tensor, engine: Engine) throws(TensorError) {
    guard tensor.count == 1, Self.follows(tensor.node, from: stepNumber.node) else { return nil }
    let own = try Storage.allocate(.scalar)
    self.stepNumber = own
    let request = GraphRequest([tensor.node])
    let plan = engine.plan(for: request, outputs: [tensor.node])
    bound = try engine.bind(
      plan, request, leaves: request.leaves.map { _ in own },
      targets: [])
  }

  package func value(atStep number: Int) throws(TensorError) -> Float {
    stepNumber.buffer[0] = Float(number)
    try bound.perform(draws: [])
    return bound.results[0].buffer[0]
  }

  private static func follows(_ node: Node, from stepNumber: Node) -> Bool {
    var seen = Set<ObjectIdentifier>()
    var stack = [node]
    while let node = stack.popLast() {
      guard node !== stepNumber, seen.insert(ObjectIdentifier(node)).inserted else { continue }
      if case .random = node.op { return false }
      if node.isLeaf, node.storage != nil { return false }
      stack.append(contentsOf: node.inputs)
    }
    return true
  }
}
