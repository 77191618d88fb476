import Kernels

/// Computes tensors: holds what is shared between computations and changes no result — threads,
/// cached plans and scratch memory.
package final class Engine {
  package let pool: ThreadPool
  /// Largest number of bytes that one tensor or one plan may take.
  package let memoryLimit: Int
  private var plans = PlanCache()
  private var arena: Storage?
  private var scratch: Storage?
  /// Requests served so far; whoever records a step sees from it whether values were looked at.
  package private(set) var requestCount = 0

  package init(threads: Int, memoryLimit: Int) {
    pool = ThreadPool(threads: threads)
    self.memoryLimit = memoryLimit
  }

  /// Computes the tensors that are not yet in memory, all in one plan.
  ///
  /// `cut` forgets how they were computed, which ends gradients at them. Once `isStopped` says
  /// true, nothing is computed any more.
  /// Throws: `outOfMemory`, `indexOutOfRange`, `interrupted`.
  package func realize(
    _ tensors: [Tensor], cut: Bool, until isStopped: (() -> Bool)? = nil
  ) throws(TensorError) {
    requestCount += 1
    let pending = tensors.map(\.node).filter { $0.storage == nil }
    guard !pending.isEmpty else { return }
    let request = GraphRequest(pending)
    let plan = plan(for: request, outputs: pending)
    let run = try bind(plan, request, leaves: request.leaves.map { $0.storage! }, targets: [])
    try run.perform(draws: request.draws, until: isStopped)
    for (node, storage) in zip(pending, run.results) { node.fulfil(storage, cut: cut) }
  }

  func plan(for request: GraphRequest, outputs: [Node]) -> Plan {
    plans.plan(for: request.key) { Planner.plan(request, outputs: outputs) }
  }

  /// Binds a plan to memory. Results without a target get memory of their own.
  func bind(
    _ plan: Plan, _ request: GraphRequest, leaves: [Storage], targets: [Storage?]
  ) throws(TensorError) -> BoundPlan {
    for node in request.nodes { try checkSize(node.shape.count) }
    var results: [Storage] = []
    for (index, source) in plan.outputs.enumerated() {
      switch source {
      case .fresh(let count):
        if index < targets.count, let target = targets[index] {
          results.append(target)
        } else {
          results.append(try Storage.allocate(count: count))
        }
      case .leaf(let leaf): results.append(leaves[leaf])
      case .output(let earlier): results.append(results[earlier])
      }
    }
    return try BoundPlan(
      plan, leaves: leaves, constants: request.constants, results: results,
      arena: try room(in: &arena, plan.arenaCount),
      scratch: try room(in: &scratch, plan.scratchCount(threads: pool.threads)), pool: pool)
  }

  /// The plan that would compute the tensor.
  package func plan(of tensor: Tensor) -> Plan? {
    guard !tensor.node.isLeaf else { return nil }
    return plan(for: GraphRequest([tensor.node]), outputs: [tensor.node])
  }

  /// The median time of each step of the plan that would compute the tensor, in seconds.
  package func profile(_ tensor: Tensor, rounds: Int) throws(TensorError) -> [Double] {
    let request = GraphRequest([tensor.node])
    let plan = plan(for: request, outputs: [tensor.node])
    let run = try bind(plan, request, leaves: request.leaves.map { $0.storage! }, targets: [])
    var times = [[Double]](repeating: [], count: plan.steps.count)
    for _ in 0..<rounds {
      for (index, time) in try run.performTimed(draws: request.draws).enumerated() {
        times[index].append(Double(time.components.attoseconds) * 1e-18)
      }
    }
    return times.map { $0.sorted()[$0.count / 2] }
  }

  /// The values in row-major order.
  package func values(of tensor: Tensor) throws(TensorError) -> [Float] {
    if let constant = tensor.node.constant { return [constant] }
    try realize([tensor], cut: false)
    let buffer = tensor.node.storage!.buffer
    return Array(UnsafeBufferPointer(start: buffer.base, count: tensor.count))
  }

  /// The value of a tensor of one element.
  package func number(_ tensor: Tensor) throws(TensorError) -> Float {
    guard tensor.count == 1 else { throw .notScalar(operation: "number", shape: tensor.shape) }
    return try values(of: tensor)[0]
  }

  private func checkSize(_ count: Int) throws(TensorError) {
    let bytes = Shape([count]).byteCount
    if bytes > memoryLimit { throw .outOfMemory(bytes: bytes, limit: memoryLimit) }
  }

  /// Memory that is kept from run to run and grows when a plan needs more.
  private func room(in storage: inout Storage?, _ count: Int) throws(TensorError) -> Storage {
    if let storage, storage.buffer.count >= count { return storage }
    try checkSize(count)
    storage = nil
    let larger = try Storage.allocate(count: count)
    storage = larger
    return larger
  }
}
