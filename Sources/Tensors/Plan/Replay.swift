import Kernels

/// A training step that runs again and again without being interpreted: one bound plan whose
/// results flow back into its leaves.
///
/// The caller vouches that, from step to step, a step reads nothing else that changes than the
/// carried state, its draws and the step number.
package final class Replay {
  private let bound: BoundPlan
  /// The random stream before the next step.
  private var stream: RandomStream
  /// How far into the stream each draw of a step lies.
  private let offsets: [UInt64]
  private var draws: [(seed: UInt64, counter: UInt64)]
  private let drawsPerStep: UInt64
  /// Results that could not be written in place and are copied into their leaves after each step.
  private let copies: [(from: Buffer, to: Buffer)]
  private let states: [Storage]
  private let shapes: [Shape]
  private let observed: [Storage]
  private let stepNumber: Storage?

  /// State that a step reads as `before` (in memory) and leaves as `after`: pending, or the same
  /// if the step only reads it.
  package struct Carried {
    package let before: Tensor
    package let after: Tensor

    package init(before: Tensor, after: Tensor) {
      self.before = before
      self.after = after
    }
  }

  /// Prepares to replay the step whose pending results are given; computes nothing yet. `load`
  /// comes before the first `step`, and again after steps that were not replayed.
  ///
  /// `observed` are numbers to be read after each step; `stepNumber` is the leaf that holds the
  /// number of the step; `firstDraw` is the random stream before the step, `drawsPerStep` how far
  /// each step moves it.
  package init(
    engine: Engine, carried: [Carried], observed: [Tensor], stepNumber: Tensor?,
    firstDraw: RandomStream, drawsPerStep: UInt64
  ) throws(TensorError) {
    let nodes = carried.map(\.after.node) + observed.map(\.node)
    var invariants = StepInvariants(
      varying: carried.map(\.before.node) + (stepNumber.map { [$0.node] } ?? []),
      firstDraw: firstDraw)
    try engine.realize(invariants.find(below: nodes).map(Tensor.init), cut: false)
    let request = GraphRequest(nodes)
    let plan = engine.plan(for: request, outputs: nodes)
    var leaves = request.leaves.map { $0.storage! }
    var targets = [Storage?](repeating: nil, count: nodes.count)
    var states: [Storage] = []
    var copies: [(from: Buffer, to: Buffer)] = []
    for (index, state) in carried.enumerated() {
      let own = try Storage.allocate(state.after.shape)
      states.append(own)
      let leaf = request.leaves.firstIndex { $0 === state.before.node }
      if let leaf { leaves[leaf] = own }
      if leaf.map({ plan.canOverwrite(leaf: $0, withOutput: index) }) ?? true,
        case .fresh = plan.outputs[index]
      {
        targets[index] = own
      }
    }
    bound = try engine.bind(plan, request, leaves: leaves, targets: targets)
    for (own, result) in zip(states, bound.results) where own !== result {
      copies.append((result.buffer, own.buffer))
    }
    self.copies = copies
    self.states = states
    shapes = carried.map(\.after.shape)
    draws = request.draws
    offsets = request.draws.map { $0.counter &- firstDraw.counter }
    stream = firstDraw
    self.drawsPerStep = drawsPerStep
    self.observed = Array(bound.results.suffix(observed.count))
    self.stepNumber = stepNumber?.node.storage
  }

  /// Takes over the state before the next step, and the random stream that it draws from.
  package func load(_ tensors: [Tensor], stream: RandomStream) {
    for (own, tensor) in zip(states, tensors) {
      guard let source = tensor.node.storage else { continue }
      own.buffer.base.update(from: source.buffer.base, count: tensor.count)
    }
    self.stream = stream
    placeDraws()
  }

  /// Runs one step.
  package func step(number: Int) throws(TensorError) {
    stepNumber?.buffer[0] = Float(number)
    try bound.perform(draws: draws)
    for copy in copies { copy.to.base.update(from: copy.from.base, count: copy.to.count) }
    advanceDraws()
  }

  /// The plan that each step runs.
  package var plan: Plan { bound.plan }

  /// Runs `rounds` steps and gives the median time of each of the plan's steps, in seconds.
  package func profile(rounds: Int) throws(TensorError) -> [Double] {
    var times = [[Double]](repeating: [], count: plan.steps.count)
    for _ in 0..<rounds {
      for (index, time) in try bound.performTimed(draws: draws).enumerated() {
        times[index].append(Double(time.components.attoseconds) * 1e-18)
      }
      for copy in copies { copy.to.base.update(from: copy.from.base, count: copy.to.count) }
      advanceDraws()
    }
    return times.map { $0.sorted()[$0.count / 2] }
  }

  private func advanceDraws() {
    stream.advance(by: drawsPerStep)
    placeDraws()
  }

  private func placeDraws() {
    for index in draws.indices {
      draws[index] = (stream.seed, stream.counter &+ offsets[index])
    }
  }

  /// The latest value of an observed number.
  package func observedValue(_ index: Int) -> Float { observed[index].buffer[0] }

  /// A copy of the state after the latest step.
  package func state() throws(TensorError) -> [Tensor] {
    var tensors: [Tensor] = []
    for (own, shape) in zip(states, shapes) {
      let copy = try Storage.allocate(shape)
      copy.buffer.base.update(from: own.buffer.base, count: shape.count)
      tensors.append(Tensor(Node(copy, shape: shape)))
    }
    return tensors
  }
}
