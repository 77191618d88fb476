import Kernels
import Tensors
import Testing

@testable import Models

@Suite struct OptimizerTests {
  private let engine = Engine(threads: 1, memoryLimit: 1 << 30)
  private let start: [Float] = [1, -2, 0.5]

  /// The parameter after steps on Σ w³/3 + w, whose gradient is w² + 1.
  private func descend(_ rule: Optimizer.Rule, steps: Int = 4) throws -> [Float] {
    var state = StateStore()
    let id = try state.makeParameter(Tensor(start, shape: [3]), name: "w")
    for _ in 0..<steps {
      let optimizer = Optimizer(rule: rule, rate: 0.05)
      let step = try OptimizerStep.begin(
        optimizer, rate: Tensor(0.05), parameters: [id], state: state)
      let gradient = try Tensor.map(.square, state.value(of: id)) + Tensor(1)
      try step.update(id, gradient: gradient, &state)
      try state.settle(engine, with: [])
    }
    return try engine.values(of: state.value(of: id))
  }

  /// Four steps of PyTorch 2.15 with a rate of 0.05.
  @Test(arguments: [
    (
      Optimizer.Rule.sgd(momentum: 0, decay: 0, nesterov: false), [0.6503282, -3.408013, 0.2656429]
    ),
    (.sgd(momentum: 0.9, decay: 0, nesterov: false), [0.2050893, -5.239987, -0.03251997]),
    (.sgd(momentum: 0.9, decay: 0.1, nesterov: false), [0.1709365, -5.080472, -0.04985784]),
    (.sgd(momentum: 0.9, decay: 0.1, nesterov: true), [-0.01503996, -7.986335, -0.2085971]),
    (
      .adam(beta1: 0.8, beta2: 0.95, epsilon: 1e-8, decay: 0), [0.8010458, -2.200637, 0.3007429]
    ),
    (
      .adam(beta1: 0.8, beta2: 0.95, epsilon: 1e-8, decay: 0.1),
      [0.7828005, -2.159326, 0.2923442]
    ),
    (.rmsprop(smoothing: 0.9, epsilon: 1e-8, decay: 0), [0.5779252, -2.479177, 0.06553033]),
    (.rmsprop(smoothing: 0.9, epsilon: 1e-8, decay: 0.1), [0.5782534, -2.47956, 0.06780082]),
  ])
  func stepsAgreeWithPyTorch(_ rule: Optimizer.Rule, _ expected: [Double]) throws {
    #expect(agree(try descend(rule), expected.map { Float($0) }), "\(rule)")
  }

  @Test func adamIsTheAlgorithmOfItsPaper() throws {
    let (beta1, beta2, epsilon) = (0.9, 0.999, 1e-8)
    var w = start.map(Double.init)
    var (m, v) = ([0.0, 0, 0], [0.0, 0, 0])
    var (power1, power2) = (1.0, 1.0)
    for _ in 1...5 {
      power1 *= beta1
      power2 *= beta2
      for index in w.indices {
        let g = w[index] * w[index] + 1
        m[index] = beta1 * m[index] + (1 - beta1) * g
        v[index] = beta2 * v[index] + (1 - beta2) * g * g
        let mean = m[index] / (1 - power1)
        let square = v[index] / (1 - power2)
        w[index] -= 0.05 * mean / (square.squareRoot() + epsilon)
      }
    }
    let rule = Optimizer.Rule.adam(beta1: 0.9, beta2: 0.999, epsilon: 1e-8, decay: 0)
    #expect(agree(try descend(rule, steps: 5), w.map { Float($0) }))
  }

  @Test func clippingKeepsDirectionAndShortGradients() throws {
    let gradients = [try Tensor([3, 0], shape: [2]), nil, try Tensor([4], shape: [1])]
    let clipped = try GradientClipping.clip(gradients, toNorm: Tensor(1))
    #expect(agree(try engine.values(of: clipped[0]!), [0.6, 0]))
    #expect(clipped[1] == nil)
    #expect(agree(try engine.values(of: clipped[2]!), [0.8]))
    let kept = try GradientClipping.clip(gradients, toNorm: Tensor(10))
    #expect(try engine.values(of: kept[0]!) == [3, 0])
  }

  @Test func schedulesHaveTheirValues() throws {
    func at(_ step: Float, _ value: (Tensor) throws -> Tensor) throws -> Float {
      try engine.number(value(Tensor(step)))
    }
    for (step, expected): (Float, Float) in [(0, 0.1), (4, 0.5), (9, 1), (50, 1)] {
      #expect(abs(try at(step) { try Schedule.warmup($0, total: Tensor(10)) } - expected) < 1e-6)
    }
    for (step, expected): (Float, Float) in [(0, 3), (25, 2.7071068), (50, 2), (100, 1), (999, 1)] {
      let rate = try at(step) {
        try Schedule.cosine($0, total: Tensor(100), from: Tensor(3), to: Tensor(1))
      }
      #expect(abs(rate - expected) < 1e-5)
    }
    for (step, expected): (Float, Float) in [(0, 1), (50, 0.1), (100, 0.01), (200, 0.01)] {
      let rate = try at(step) {
        try Schedule.exponential($0, total: Tensor(100), from: Tensor(1), to: Tensor(0.01))
      }
      #expect(abs(rate - expected) < 1e-6)
    }
    for (step, expected): (Float, Float) in [(0, 1), (9, 1), (10, 0.5), (35, 0.125)] {
      let rate = try at(step) {
        try Schedule.staircase($0, length: Tensor(10), factor: Tensor(0.5))
      }
      #expect(abs(rate - expected) < 1e-6)
    }
  }
}
