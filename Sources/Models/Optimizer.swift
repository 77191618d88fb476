import Tensors

/// A rule that turns gradients into steps. What it remembers of each parameter is kept in the
/// session's `StateStore` under the rule.
package struct Optimizer: Sendable, Hashable {
  package let rule: Rule
  /// Step size, unless `minimize` names another.
  package let rate: Float

  package enum Rule: Sendable, Hashable {
    /// w ← w − rate·v, v ← momentum·v + g + decay·w; with `nesterov` the step is
    /// rate·(g + decay·w + momentum·v). Source: Sutskever et al. 2013, ICML, equation 3, in the
    /// form of PyTorch.
    case sgd(momentum: Float, decay: Float, nesterov: Bool)
    /// Kingma & Ba, arXiv 1412.6980, algorithm 1; with `decay` ≠ 0 decoupled weight decay as in
    /// AdamW (arXiv 1711.05101).
    case adam(beta1: Float, beta2: Float, epsilon: Float, decay: Float)
    /// w ← w − rate·g′ / (√v + epsilon), v ← smoothing·v + (1 − smoothing)·g′², g′ = g + decay·w.
    /// Source: Tieleman & Hinton 2012, lecture 6.5.
    case rmsprop(smoothing: Float, epsilon: Float, decay: Float)
  }

  package init(rule: Rule, rate: Float) {
    self.rule = rule
    self.rate = rate
  }

  /// What `minimize` uses unless told otherwise.
  package static let standard = Optimizer(
    rule: .adam(beta1: 0.9, beta2: 0.999, epsilon: 1e-8, decay: 0), rate: 1e-3)

  package var name: String {
    switch rule {
    case .sgd: "sgd"
    case .adam(_, _, _, let decay): decay == 0 ? "adam" : "adamw"
    case .rmsprop: "rmsprop"
    }
  }
}

/// Gradients made shorter together, so that the norm of all of them is at most a limit.
/// Source: Pascanu, Mikolov & Bengio, arXiv 1211.5063, algorithm 1.
package enum GradientClipping {
  package static func clip(
    _ gradients: [Tensor?], toNorm limit: Tensor
  ) throws(TensorError) -> [Tensor?] {
    var total: Tensor?
    for case let gradient? in gradients {
      let square = try Tensor.map(.square, gradient).sum()
      total = if let sum = total { try sum + square } else { square }
    }
    guard let total else { return gradients }
    let norm = try Tensor.map(.sqrt, total)
    let scale = try Tensor.map(.minimum, limit / (norm + Tensor(1e-6)), Tensor(1))
    var clipped: [Tensor?] = []
    for gradient in gradients {
      clipped.append(try gradient.map { (g) throws(TensorError) in try g * scale })
    }
    return clipped
  }
}

/// One step of an optimizer, as graph; nothing is computed here.
///
/// `begin` comes before the gradients are built, so that the step's scalars (bias corrections) are
/// ready when the first gradient is.
package struct OptimizerStep {
  private let optimizer: Optimizer
  private let rate: Tensor
  private var clocks: [ObjectIdentifier: Clock] = [:]

  /// Adam's numbers after t steps, with the bias corrections worked in so that an element of a
  /// parameter takes one division.
  private struct Clock {
    let time: Tensor
    /// −α / (1 − β₁ᵗ).
    let descent: Tensor
    /// 1 / √(1 − β₂ᵗ).
    let rootScale: Tensor
  }

  package static func begin(
    _ optimizer: Optimizer, rate: Tensor, parameters: [ParameterID], state: StateStore
  ) throws(TensorError) -> OptimizerStep {
    var step = OptimizerStep(optimizer: optimizer, rate: rate)
    guard case .adam(let beta1, let beta2, _, _) = optimizer.rule else { return step }
    let start = try Tensor([0], shape: .scalar)
    for id in parameters {
      let time = state[.memory(optimizer.rule, id, slot: Slot.time)] ?? start
      let key = ObjectIdentifier(time.node)
      if step.clocks[key] != nil { continue }
      let next = try (time + Tensor(1)).stopped()
      let firstCorrection = try Tensor(1) - .map(.power, Tensor(beta1), next)
      let secondCorrection = try Tensor(1) - .map(.power, Tensor(beta2), next)
      step.clocks[key] = Clock(
        time: next, descent: try -(rate / firstCorrection),
        rootScale: try Tensor(1) / .map(.sqrt, secondCorrection))
    }
    step.start = start
    return step
  }

  private var start: Tensor?

  private init(optimizer: Optimizer, rate: Tensor) {
    self.optimizer = optimizer
    self.rate = rate
  }

  private enum Slot {
    static let first = 0
    static let second = 1
    static let time = 2
  }

  /// Replaces a parameter by its value after the step.
  package func update(
    _ id: ParameterID, gradient g: Tensor, _ state: inout StateStore
  ) throws(TensorError) {
    let w = state.value(of: id)
    switch optimizer.rule {
    case .sgd(let momentum, let decay, let nesterov):
      let slope = try decayed(g, w, decay)
      if momentum == 0 {
        try state.set(.parameter(id), w - rate * slope)
        return
      }
      let v = try memory(id, Slot.first, w, state) * Tensor(momentum) + slope
      let direction = nesterov ? try slope + Tensor(momentum) * v : v
      try state.set(key(id, Slot.first), v)
      try state.set(.parameter(id), w - rate * direction)
    case .adam(let beta1, let beta2, let epsilon, let decay):
      let clock = clock(id, state)
      let m = try Tensor.map(
        .multiplyAdd, Tensor(beta1), memory(id, Slot.first, w, state), Tensor(1 - beta1) * g)
      let v = try Tensor.map(
        .multiplyAdd, Tensor(beta2), memory(id, Slot.second, w, state),
        Tensor(1 - beta2) * .map(.square, g))
      let root = try Tensor.map(
        .multiplyAdd, .map(.sqrt, v), clock.rootScale, Tensor(epsilon))
      let kept = decay == 0 ? w : try w - rate * Tensor(decay) * w
      try state.set(key(id, Slot.first), m)
      try state.set(key(id, Slot.second), v)
      try state.set(key(id, Slot.time), clock.time)
      try state.set(.parameter(id), .map(.multiplyAdd, clock.descent, m / root, kept))
    case .rmsprop(let smoothing, let epsilon, let decay):
      let slope = try decayed(g, w, decay)
      let v =
        try Tensor(smoothing) * memory(id, Slot.second, w, state)
        + Tensor(1 - smoothing) * .map(.square, slope)
      try state.set(key(id, Slot.second), v)
      try state.set(.parameter(id), w - rate * slope / (.map(.sqrt, v) + Tensor(epsilon)))
    }
  }

  /// The gradient of the loss with the penalty ½·decay·w² added.
  private func decayed(
    _ g: Tensor, _ w: Tensor, _ decay: Float
  ) throws(TensorError) -> Tensor {
    decay == 0 ? g : try g + Tensor(decay) * w
  }

  private func key(_ id: ParameterID, _ slot: Int) -> StateKey {
    .memory(optimizer.rule, id, slot: slot)
  }

  private func clock(_ id: ParameterID, _ state: StateStore) -> Clock {
    let time = state[key(id, Slot.time)] ?? start!
    return clocks[ObjectIdentifier(time.node)]!
  }

  private func memory(
    _ id: ParameterID, _ slot: Int, _ like: Tensor, _ state: StateStore
  ) throws(TensorError) -> Tensor {
    if let remembered = state[key(id, slot)] { return remembered }
    return try .zeros(like.shape)
  }
}

extension Tensor {
  /// Zeros in memory, for state that later steps replace.
  fileprivate static func zeros(_ shape: Shape) throws(TensorError) -> Tensor {
    try Tensor([Float](repeating: 0, count: shape.count), shape: shape)
  }
}
