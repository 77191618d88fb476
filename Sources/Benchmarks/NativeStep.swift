import Datasets
import Models
import Tensors

/// What a native workload stands on.
struct Machinery {
  let engine: Engine
  let datasets: DatasetLocation

  /// The training pictures of a set, [N, H·W].
  func images(_ source: ImageSource) throws -> Tensor {
    let set = try source.load(datasets)
    return try Tensor(set.images.values, shape: Shape(set.images.shape))
      .sliced(axis: 0, 0..<set.trainingCount)
  }
}

/// A training step built with the Swift API: a state that a body changes as graph.
struct NativeStep {
  let engine: Engine
  private var context: LayerContext
  var body: (inout NativeStep) throws -> Void = { _ in }

  init(_ machinery: Machinery) {
    engine = machinery.engine
    context = LayerContext(
      state: StateStore(), random: RandomStream(seed: 1), isTraining: false)
  }

  mutating func mlp(
    _ sizes: [Int], _ activation: Activation, output: Activation = .identity
  ) throws -> Model {
    var layers: [any Layer] = []
    for (index, size) in sizes.dropLast().enumerated() {
      layers.append(try Dense(inputs: size, outputs: sizes[index + 1], &context))
      let isLast = index == sizes.count - 2
      let function = isLast ? output : activation
      if function != .identity { layers.append(function) }
    }
    return Model(kind: "mlp", layers: layers)
  }

  mutating func model(_ layers: (inout LayerContext) throws -> [any Layer]) throws -> Model {
    Model(kind: "model", layers: try layers(&context))
  }

  mutating func draw(_ distribution: Distribution, _ shape: Shape) throws -> Tensor {
    try context.random.draw(distribution, shape: shape)
  }

  /// Rows of `data` drawn at random.
  mutating func batch(_ data: Tensor, _ count: Int) throws -> Tensor {
    try data.gathered(draw(.integers(bound: data.shape[0]), [count]))
  }

  /// One gradient step on the parameters of `models`.
  mutating func minimize(
    _ models: [Model], _ optimizer: Optimizer, loss: (inout LayerContext) throws -> Tensor
  ) throws {
    let ids = models.flatMap(\.parameters)
    let step = try OptimizerStep.begin(
      optimizer, rate: Tensor(optimizer.rate), parameters: ids, state: context.state)
    context.isTraining = true
    defer { context.isTraining = false }
    let before = ids.map(context.state.value)
    let gradients = try Gradient.of(loss(&context), withRespectTo: before)
    for (id, gradient) in zip(ids, gradients) {
      if let gradient { try step.update(id, gradient: gradient, &context.state) }
    }
  }

  /// D's step, then G's, with the non-saturating losses of both (arXiv 1406.2661, section 3).
  mutating func adversarialStep(
    _ G: Model, _ D: Model, _ x: Tensor, noise: Shape
  ) throws {
    let adam = Optimizer(
      rule: .adam(beta1: 0.5, beta2: 0.999, epsilon: 1e-8, decay: 0), rate: 2e-4)
    let z = try draw(.normal, noise)
    try minimize([D], adam) { context in
      let real = try Tensor.map(.softplus, -D.apply(x, &context)).mean()
      let fake = try Tensor.map(.softplus, D.apply(G.apply(z, &context), &context)).mean()
      return try real + fake
    }
    let other = try draw(.normal, noise)
    try minimize([G], adam) { context in
      try Tensor.map(.softplus, -D.apply(G.apply(other, &context), &context)).mean()
    }
  }

  /// Runs the body once and leaves its results as graph.
  mutating func build() throws { try body(&self) }

  /// Computes what is pending.
  mutating func settle() throws { try context.state.settle(engine, with: []) }

  /// Everything that the pending step will have changed, in order.
  var pendingResults: [Tensor] {
    context.state.pendingChanges.map { context.state[$0.key]! }
  }

  /// The step as the engine can run it again; the state must have existed before it.
  mutating func record() throws -> Replay? {
    let before = context.random
    try build()
    let recorded = try RecordedStep(
      context.state, engine: engine, sharesTraining: false, observed: [], stepNumber: nil,
      firstDraw: before, drawsPerStep: context.random.counter - before.counter)
    try settle()
    recorded?.load(context.state, stream: context.random)
    return recorded?.replay
  }
}
