import Models
import Tensors

/// One of the training loops that the engine is measured by, written as a learner would and through
/// the Swift API.
struct Workload: Sendable {
  let name: String
  /// What the program does before `train`.
  let setup: String
  /// The body of `train`.
  let step: String
  /// Steps timed together, as many as take half a second or so; the first three of a `train` are
  /// interpreted.
  let chunk: Int
  /// The same step, built with the Swift API.
  let native: @Sendable (Machinery) throws -> NativeStep
}

/// The names that the benchmark knows.
enum Workloads {
  static let all = [aeDigits, ganRing, vaeMNIST, ganMNIST, dcgan]

  static let aeDigits = Workload(
    name: "ae_digits",
    setup: """
      digits = digits8()
      enc = mlp(64, 32, 2, activation: tanh)
      dec = mlp(2, 32, 64, activation: tanh)
      """,
    step: """
      x = batch(digits, 64)
      minimize [enc, dec] { mean((x - dec(enc(x)))^2) }
      """,
    chunk: 10_000
  ) { machinery in
    var step = NativeStep(machinery)
    let enc = try step.mlp([64, 32, 2], .tanh)
    let dec = try step.mlp([2, 32, 64], .tanh)
    let digits = try machinery.images(.digits8)
    step.body = { step in
      let x = try step.batch(digits, 64)
      try step.minimize([enc, dec], .standard) { context in
        let reconstruction = try dec.apply(enc.apply(x, &context), &context)
        return try Losses.squaredError(reconstruction, x).mean()
      }
    }
    return step
  }

  static let ganRing = Workload(
    name: "gan_ring",
    setup: """
      angle = 2 * pi * randint(8, 8192) / 8
      data = stack(cos(angle), sin(angle), axis: 1) + 0.05 * randn(8192, 2)
      G = mlp(2, 128, 128, 2)
      D = mlp(2, 128, 128, 1)
      step = adam(2e-4, beta1: 0.5)
      """,
    step: """
      x = batch(data, 256)
      minimize D, with: step { mean(softplus(-D(x))) + mean(softplus(D(G(randn(256, 2))))) }
      minimize G, with: step { mean(softplus(-D(G(randn(256, 2))))) }
      """,
    chunk: 800
  ) { machinery in
    var step = NativeStep(machinery)
    let angle = try step.draw(.integers(bound: 8), [8192, 1]) * Tensor(2 * .pi / 8)
    let ring = try Tensor.concat([.map(.cos, angle), .map(.sin, angle)], axis: 1)
    let data = try ring + step.draw(.normal, [8192, 2]) * Tensor(0.05)
    try machinery.engine.realize([data], cut: true)
    let G = try step.mlp([2, 128, 128, 2], .relu)
    let D = try step.mlp([2, 128, 128, 1], .relu)
    step.body = { try $0.adversarialStep(G, D, $0.batch(data, 256), noise: [256, 2]) }
    return step
  }

  static let vaeMNIST = Workload(
    name: "vae_mnist",
    setup: """
      digits = mnist()
      enc = mlp(784, 400, 40)
      dec = mlp(20, 400, 784)
      """,
    step: """
      x = batch(digits, 128)
      minimize [enc, dec] {
        μ, logvar = split(enc(x), 2)
        z = μ + exp(logvar / 2) ⊙ randn_like(μ)
        (sum(bce(sigmoid(dec(z)), x)) + sum(kl_normal(μ, logvar))) / rows(x)
      }
      """,
    chunk: 200
  ) { machinery in
    var step = NativeStep(machinery)
    let enc = try step.mlp([784, 400, 40], .relu)
    let dec = try step.mlp([20, 400, 784], .relu)
    let digits = try machinery.images(.mnist)
    step.body = { step in
      let x = try step.batch(digits, 128)
      let noise = try step.draw(.normal, [128, 20])
      try step.minimize([enc, dec], .standard) { context in
        let code = try enc.apply(x, &context)
        let mean = try code.sliced(axis: 1, 0..<20)
        let logVariance = try code.sliced(axis: 1, 20..<40)
        let z = try mean + .map(.exp, logVariance / Tensor(2)) * noise
        let x̂ = try Tensor.map(.sigmoid, dec.apply(z, &context))
        let reconstruction = try Losses.binaryCrossEntropy(x̂, x).sum()
        let divergence = try Losses.normalDivergence(mean, logVariance: logVariance).sum()
        return try (reconstruction + divergence) / Tensor(128)
      }
    }
    return step
  }

  static let ganMNIST = Workload(
    name: "gan_mnist",
    setup: """
      data = 2 * mnist().train.images - 1
      G = mlp(64, 256, 512, 784, activation: leaky_relu, output: tanh)
      D = mlp(784, 512, 256, 1, activation: leaky_relu)
      step = adam(2e-4, beta1: 0.5)
      """,
    step: """
      x = batch(data, 128)
      minimize D, with: step { mean(softplus(-D(x))) + mean(softplus(D(G(randn(128, 64))))) }
      minimize G, with: step { mean(softplus(-D(G(randn(128, 64))))) }
      """,
    chunk: 60
  ) { machinery in
    var step = NativeStep(machinery)
    let data = try machinery.images(.mnist) * Tensor(2) - Tensor(1)
    try machinery.engine.realize([data], cut: true)
    let G = try step.mlp([64, 256, 512, 784], .leakyRelu, output: .tanh)
    let D = try step.mlp([784, 512, 256, 1], .leakyRelu)
    step.body = { try $0.adversarialStep(G, D, $0.batch(data, 128), noise: [128, 64]) }
    return step
  }
}

extension Workloads {
  static let dcgan = Workload(
    name: "dcgan",
    setup: """
      data = reshape(2 * mnist().train.images - 1, 4000, 1, 28, 28)
      G = dense(64, 3136) >> relu >> reshape(64, 7, 7) >> deconv(64, 32) >> relu
      G = G >> deconv(32, 1) >> tanh
      D = conv(1, 32, 4, stride: 2, padding: 1) >> leaky_relu
      D = D >> conv(32, 64, 4, stride: 2, padding: 1) >> leaky_relu >> flatten >> dense(3136, 1)
      step = adam(2e-4, beta1: 0.5)
      """,
    step: """
      x = batch(data, 64)
      minimize D, with: step { mean(softplus(-D(x))) + mean(softplus(D(G(randn(64, 64))))) }
      minimize G, with: step { mean(softplus(-D(G(randn(64, 64))))) }
      """,
    chunk: 40
  ) { machinery in
    var step = NativeStep(machinery)
    let pictures = try machinery.images(.mnist) * Tensor(2) - Tensor(1)
    let data = try pictures.reshape(to: [pictures.shape[0], 1, 28, 28])
    try machinery.engine.realize([data], cut: true)
    let half = Window(stride: 2, padding: 1)
    func geometry(_ inputs: Int, _ outputs: Int) -> ConvolutionGeometry {
      ConvolutionGeometry(inputs: inputs, outputs: outputs, kernel: 4, window: half)
    }
    let G = try step.model { context in
      [
        try Dense(inputs: 64, outputs: 3136, &context), Activation.relu,
        Reshaping(sizes: [64, 7, 7]), try Deconvolution(geometry(64, 32), &context),
        Activation.relu, try Deconvolution(geometry(32, 1), &context), Activation.tanh,
      ]
    }
    let D = try step.model { context in
      [
        try Convolution(geometry(1, 32), &context), Activation.leakyRelu,
        try Convolution(geometry(32, 64), &context), Activation.leakyRelu, Flattening(),
        try Dense(inputs: 3136, outputs: 1, &context),
      ]
    }
    step.body = { try $0.adversarialStep(G, D, $0.batch(data, 64), noise: [64, 64]) }
    return step
  }
}
