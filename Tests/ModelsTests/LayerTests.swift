import Kernels
import Tensors
import Testing

@testable import Models

/// A layer with parameters spread over an interval, and inputs of the same kind.
struct Workbench {
  let engine = Engine(threads: 1, memoryLimit: 1 << 30)
  var context = LayerContext(
    state: StateStore(), random: RandomStream(seed: 3), isTraining: false)

  /// Numbers without ties: an irrational stride scatters them.
  static func ramp(_ sizes: Int..., from low: Float = -1.3, to high: Float = 1.7) throws -> Tensor {
    try ramp(Shape(sizes), from: low, to: high)
  }

  static func ramp(_ shape: Shape, from low: Float, to high: Float) throws -> Tensor {
    try Tensor(
      (0..<shape.count).map { index in
        let t = (Float(index) * 0.618034).truncatingRemainder(dividingBy: 1)
        return low + (high - low) * t
      }, shape: shape)
  }

  mutating func make<L: Layer>(_ build: (inout LayerContext) throws -> L) throws -> L {
    let layer = try build(&context)
    for id in layer.parameters {
      let shape = context.state.value(of: id).shape
      try context.state.set(.parameter(id), Workbench.ramp(shape, from: -0.5, to: 0.7))
    }
    return layer
  }

  mutating func values(_ layer: any Layer, _ x: Tensor) throws -> [Float] {
    try engine.values(of: layer.apply(x, &context))
  }

  /// Largest error of the gradient of Σ w·layer(x) in x and every parameter against central
  /// differences, relative to their size.
  func gradientError(_ layer: any Layer, _ x: Tensor, step: Float = 1e-2) throws -> Float {
    func scalar(_ targets: [Tensor]) throws -> Tensor {
      var context = self.context
      for (id, value) in zip(layer.parameters, targets.dropFirst()) {
        try context.state.set(.parameter(id), value)
      }
      let y = try layer.apply(targets[0], &context)
      return try (y * Workbench.ramp(y.shape, from: 0.3, to: 1.1)).sum()
    }
    let targets = [x] + layer.parameters.map(context.state.value)
    let gradients = try Gradient.of(scalar(targets), withRespectTo: targets)
    var worst: Float = 0
    for (index, target) in targets.enumerated() {
      let values = try engine.values(of: target)
      let slopes = try engine.values(of: gradients[index] ?? .full(0, shape: target.shape))
      for element in values.indices {
        let sides = try [step, -step].map { shift in
          var moved = values
          moved[element] += shift
          var changed = targets
          changed[index] = try Tensor(moved, shape: target.shape)
          return try engine.number(scalar(changed))
        }
        let difference = (sides[0] - sides[1]) / (2 * step)
        worst = max(worst, abs(difference - slopes[element]) / max(1, abs(difference)))
      }
    }
    return worst
  }
}

/// Whether all numbers agree to a few units in the sixth digit.
func agree(_ a: [Float], _ b: [Float], tolerance: Float = 2e-5) -> Bool {
  a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) <= tolerance * max(1, abs($1)) }
}

@Suite struct LayerTests {
  private func geometry(_ inputs: Int, _ outputs: Int, _ kernel: Int) -> ConvolutionGeometry {
    ConvolutionGeometry(
      inputs: inputs, outputs: outputs, kernel: kernel, window: Window(stride: 2, padding: 1))
  }

  // MARK: Against PyTorch

  @Test func layersAgreeWithPyTorch() throws {
    var bench = Workbench()
    let dense = try bench.make { try Dense(inputs: 3, outputs: 2, &$0) }
    #expect(agree(try bench.values(dense, Workbench.ramp(4, 3)), PyTorch.dense))
    let conv = try bench.make { try Convolution(geometry(2, 3, 3), &$0) }
    #expect(agree(try bench.values(conv, Workbench.ramp(2, 2, 5, 4)), PyTorch.convolution))
    let deconv = try bench.make { try Deconvolution(geometry(3, 2, 4), &$0) }
    #expect(agree(try bench.values(deconv, Workbench.ramp(1, 3, 2, 3)), PyTorch.deconvolution))
    let norm = try bench.make { try LayerNormalization(features: 4, &$0) }
    #expect(agree(try bench.values(norm, Workbench.ramp(3, 4)), PyTorch.layerNormalized))
    let pictures = try Workbench.ramp(1, 2, 5, 4)
    #expect(agree(try bench.values(Pooling(.max, size: 2), pictures), PyTorch.largest))
    #expect(agree(try bench.values(Pooling(.average, size: 2), pictures), PyTorch.average))
    let small = try Workbench.ramp(1, 2, 2, 2)
    #expect(agree(try bench.values(Upsampling(factor: 3), small), PyTorch.upsampled))
  }

  @Test func batchNormalizationMeasuresWhileItTrains() throws {
    var bench = Workbench()
    let layer = try bench.make { try BatchNormalization(features: 2, &$0) }
    let x = try Workbench.ramp(3, 2, 2, 2)
    bench.context.isTraining = true
    #expect(agree(try bench.values(layer, x), PyTorch.batchTraining))
    bench.context.isTraining = false
    let statistics = try layer.statistics.map {
      try bench.engine.values(of: bench.context.state.statistic($0))
    }
    #expect(agree(statistics[0], PyTorch.runningMean))
    #expect(agree(statistics[1], PyTorch.runningVariance))
    #expect(agree(try bench.values(layer, x), PyTorch.batchEvaluation))
  }

  @Test func frozenBatchNormalizationMeasuresNothing() throws {
    var bench = Workbench()
    let layer = try bench.make { try BatchNormalization(features: 2, &$0) }
    let x = try Workbench.ramp(3, 2)
    let evaluated = try bench.values(layer, x)
    bench.context.state.setFrozen(layer.parameters, true)
    bench.context.isTraining = true
    #expect(try bench.values(layer, x) == evaluated)
    #expect(
      try bench.engine.values(of: bench.context.state.statistic(layer.statistics[0])) == [0, 0])
  }

  @Test func activationsAgreeWithPyTorch() throws {
    var bench = Workbench()
    let x = try Tensor([-30, -2, -0.5, 0, 0.5, 2, 30], shape: [7])
    let expected: [(Activation, [Float])] = [
      (.relu, PyTorch.relu), (.leakyRelu, PyTorch.leakyRelu), (.tanh, PyTorch.tanh),
      (.sigmoid, PyTorch.sigmoid), (.softplus, PyTorch.softplus), (.softmax, PyTorch.softmax),
      (.logSoftmax, PyTorch.logSoftmax),
    ]
    for (activation, values) in expected {
      #expect(agree(try bench.values(activation, x), values), "\(activation)")
    }
  }

  // MARK: Gradients

  @Test func gradientsAreSlopes() throws {
    var bench = Workbench()
    let pictures = try Workbench.ramp(2, 2, 4, 4)
    let layers: [(any Layer, Tensor)] = [
      (try bench.make { try Dense(inputs: 3, outputs: 2, &$0) }, try Workbench.ramp(4, 3)),
      (try bench.make { try Convolution(geometry(2, 3, 3), &$0) }, pictures),
      (try bench.make { try Deconvolution(geometry(2, 3, 4), &$0) }, pictures),
      (try bench.make { try LayerNormalization(features: 4, &$0) }, try Workbench.ramp(3, 4)),
      (try bench.make { try BatchNormalization(features: 2, &$0) }, pictures),
      (Pooling(.max, size: 2), pictures), (Pooling(.average, size: 2), pictures),
      (Upsampling(factor: 2), pictures), (Flattening(), pictures),
      (Reshaping(sizes: [4, 8]), pictures), (Dropout(rate: 0.4), pictures),
    ]
    for isTraining in [false, true] {
      bench.context.isTraining = isTraining
      for (layer, x) in layers {
        #expect(try bench.gradientError(layer, x) < 5e-3, "\(layer.label) \(isTraining)")
      }
    }
    for activation in Activation.allCases {
      let x = try Tensor([-1.1, -0.4, 0.3, 0.9], shape: [2, 2])
      #expect(try bench.gradientError(activation, x) < 5e-3, "\(activation)")
    }
  }

  @Test func embeddingsGetTheGradientsOfTheirRows() throws {
    var bench = Workbench()
    let layer = try bench.make { try Embedding(count: 4, size: 2, &$0) }
    let table = bench.context.state.value(of: layer.parameters[0])
    let y = try layer.apply(Tensor([2, 0, 2], shape: [3]), &bench.context)
    let gradient = try Gradient.of(y.sum(), withRespectTo: [table])[0]!
    #expect(try bench.engine.values(of: gradient) == [1, 1, 0, 0, 2, 2, 0, 0])
    let rows = try bench.engine.values(of: table)
    #expect(try bench.engine.values(of: y) == Array(rows[4...5] + rows[0...1] + rows[4...5]))
  }

  // MARK: Random numbers

  @Test func dropoutKeepsTheMeanAndPassesEverythingElsewhere() throws {
    var bench = Workbench()
    let ones = try Tensor.full(1, shape: [20_000])
    #expect(try bench.values(Dropout(rate: 0.25), ones).allSatisfy { $0 == 1 })
    bench.context.isTraining = true
    let values = try bench.values(Dropout(rate: 0.25), ones)
    #expect(values.allSatisfy { $0 == 0 || abs($0 - 4 / 3) < 1e-6 })
    // 3½ standard deviations of a share of 20,000 draws.
    let share = Float(values.filter { $0 == 0 }.count) / 20_000
    #expect(abs(share - 0.25) < 0.011)
  }

  @Test func parametersAreDrawnAsPyTorchDoes() throws {
    var bench = Workbench()
    let cases: [(any Layer, Float)] = [
      (try Dense(inputs: 100, outputs: 80, &bench.context), 0.1),
      (try Convolution(geometry(4, 40, 5), &bench.context), 0.1),
      (try Deconvolution(geometry(40, 4, 5), &bench.context), 0.1),
    ]
    for (layer, bound) in cases {
      for id in layer.parameters {
        let values = try bench.engine.values(of: bench.context.state.value(of: id))
        #expect(values.allSatisfy { abs($0) <= bound }, "\(layer.label)")
      }
      let weight = try bench.engine.values(of: bench.context.state.value(of: layer.parameters[0]))
      let variance = weight.reduce(0) { $0 + $1 * $1 } / Float(weight.count)
      #expect(abs(variance - bound * bound / 3) < 0.1 * bound * bound / 3, "\(layer.label)")
    }
  }

  // MARK: Shapes that do not fit

  @Test func layersNameTheShapeThatDoesNotFit() throws {
    var bench = Workbench()
    let conv = try bench.make { try Convolution(geometry(3, 4, 3), &$0) }
    let norm = try bench.make { try BatchNormalization(features: 3, &$0) }
    let rows = try Tensor.full(0, shape: [2, 784])
    for layer in [conv, norm, Upsampling(factor: 2), Pooling(.max, size: 2)] as [any Layer] {
      let model = Model(kind: "model", layers: [layer])
      let error = #expect(throws: LayerError.self) { try model.apply(rows, &bench.context) }
      #expect(error?.input == [2, 784])
      #expect(error?.layer == layer.label)
    }
  }

  @Test func twoLayersThatStartEqualAreTwoTargets() throws {
    var bench = Workbench()
    let start = try Tensor.full(1, shape: [3])
    let a = try bench.context.state.makeParameter(start, name: "a")
    let b = try bench.context.state.copy(a)
    let (x, y) = (bench.context.state.value(of: a), bench.context.state.value(of: b))
    let gradients = try Gradient.of((x * y * y).sum(), withRespectTo: [x, y])
    #expect(try bench.engine.values(of: gradients[0]!) == [1, 1, 1])
    #expect(try bench.engine.values(of: gradients[1]!) == [2, 2, 2])
  }
}
