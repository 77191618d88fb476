import Models
import Tensors

/// A small variational autoencoder with a convolution, dropout and batch normalization, trained
/// with Adam on noise: every kind of work that lessons do.
struct SmallTraining {
  private let engine: Engine
  private var context: LayerContext
  private let encoder: Model
  private let decoder: Model

  init(_ engine: Engine) throws {
    self.engine = engine
    var context = LayerContext(
      state: StateStore(), random: RandomStream(seed: 3), isTraining: true)
    let window = Window(stride: 2, padding: 1)
    encoder = Model(
      kind: "encoder",
      layers: [
        try Convolution(
          ConvolutionGeometry(inputs: 1, outputs: 6, kernel: 4, window: window), &context),
        try BatchNormalization(features: 6, &context), Activation.leakyRelu, Flattening(),
        try Dense(inputs: 96, outputs: 8, &context),
      ])
    decoder = Model(
      kind: "decoder",
      layers: [
        try Dense(inputs: 4, outputs: 96, &context), Activation.tanh, Dropout(rate: 0.1),
        Reshaping(sizes: [6, 4, 4]),
        try Deconvolution(
          ConvolutionGeometry(inputs: 6, outputs: 1, kernel: 4, window: window), &context),
        Activation.sigmoid,
      ])
    try context.state.settle(engine, with: [])
    self.context = context
  }

  /// The digest of all state after so many more steps.
  mutating func digest(_ steps: Int) throws -> Digest {
    var digest = Digest()
    for _ in 0..<steps {
      try step()
      let after = context.state.pendingChanges.map { context.state[$0.key]! }
      try engine.realize(after, cut: false)
      for tensor in after { digest.add(try engine.values(of: tensor)) }
      try context.state.settle(engine, with: [])
    }
    return digest
  }

  private mutating func step() throws {
    let ids = encoder.parameters + decoder.parameters
    let optimizer = Optimizer.standard
    let update = try OptimizerStep.begin(
      optimizer, rate: Tensor(optimizer.rate), parameters: ids, state: context.state)
    let before = ids.map(context.state.value)
    let x = try context.random.draw(.uniform, shape: [9, 1, 8, 8])
    let code = try encoder.apply(x, &context)
    let mean = try code.sliced(axis: 1, 0..<4)
    let logVariance = try code.sliced(axis: 1, 4..<8)
    let noise = try context.random.draw(.normal, shape: [9, 4])
    let z = try mean + .map(.exp, logVariance / Tensor(2)) * noise
    let reconstruction = try Losses.binaryCrossEntropy(decoder.apply(z, &context), x).sum()
    let divergence = try Losses.normalDivergence(mean, logVariance: logVariance).sum()
    let gradients = try Gradient.of(
      (reconstruction + divergence) / Tensor(9), withRespectTo: before)
    for (id, gradient) in zip(ids, gradients) {
      if let gradient { try update.update(id, gradient: gradient, &context.state) }
    }
  }
}
