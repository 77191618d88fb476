import Tensors

/// Layers and their state in an archive.
extension ArchiveWriter {
  package mutating func write(_ id: ParameterID) { write(id.number) }

  package mutating func write(_ model: Model) {
    write(model.kind)
    write(model.layers) { $0.write(layer: $1) }
  }

  private mutating func write(layer: any Layer) {
    switch layer {
    case let layer as Activation: write("activation", layer.rawValue)
    case let layer as Dense:
      write("dense", [layer.inputs, layer.outputs], [layer.weight, layer.bias])
    case let layer as Convolution:
      write("conv", layer.geometry.numbers, [layer.weight, layer.bias])
    case let layer as Deconvolution:
      write("deconv", layer.geometry.numbers, [layer.weight, layer.bias])
    case let layer as BatchNormalization:
      write(
        "batchnorm", [layer.features],
        [layer.weight, layer.bias, layer.runningMean, layer.runningVariance])
    case let layer as LayerNormalization:
      write("layernorm", [layer.features], [layer.weight, layer.bias])
    case let layer as Embedding: write("embedding", [layer.count, layer.size], [layer.weight])
    case let layer as Dropout:
      write("dropout", [Int(layer.rate.bitPattern)], [])
    case let layer as Pooling: write("pool " + layer.kind.rawValue, [layer.size], [])
    case let layer as Upsampling: write("upsample", [layer.factor], [])
    case let layer as Reshaping: write("reshape", layer.sizes, [])
    case is Flattening: write("flatten", [], [])
    default: preconditionFailure("the layer \(layer.label) cannot be archived")
    }
  }

  private mutating func write(_ kind: String, _ word: String) {
    write(kind)
    write(word)
  }

  private mutating func write(_ kind: String, _ numbers: [Int], _ ids: [ParameterID]) {
    write(kind)
    write(numbers)
    write(ids.map(\.number))
  }

  package mutating func write(_ optimizer: Optimizer) {
    write(optimizer.rate)
    write(optimizer.rule)
  }

  mutating func write(_ rule: Optimizer.Rule) {
    switch rule {
    case .sgd(let momentum, let decay, let nesterov):
      write("sgd")
      write(momentum)
      write(decay)
      write(nesterov)
    case .adam(let beta1, let beta2, let epsilon, let decay):
      write("adam")
      for number in [beta1, beta2, epsilon, decay] { write(number) }
    case .rmsprop(let smoothing, let epsilon, let decay):
      write("rmsprop")
      for number in [smoothing, epsilon, decay] { write(number) }
    }
  }

  mutating func write(_ key: StateKey) {
    switch key {
    case .parameter(let id):
      write("parameter")
      write(id)
    case .statistic(let id):
      write("statistic")
      write(id)
    case .memory(let rule, let id, let slot):
      write("memory")
      write(id)
      write(rule)
      write(slot)
    }
  }
}

extension ArchiveReader {
  package mutating func parameterID() throws(ArchiveError) -> ParameterID {
    ParameterID(number: try number())
  }

  package mutating func model() throws -> Model {
    Model(kind: try text(), layers: try list { try $0.layer() })
  }

  private mutating func layer() throws -> any Layer {
    let kind = try text()
    if kind == "activation" {
      guard let activation = Activation(rawValue: try text()) else { throw ArchiveError.damaged }
      return activation
    }
    let sizes = try numbers()
    let ids = try numbers().map(ParameterID.init(number:))
    let (sizeCount, idCount) = try ArchiveReader.counts(of: kind)
    guard sizeCount.map({ $0 == sizes.count }) ?? true, ids.count == idCount,
      sizes.allSatisfy({ $0 >= 0 })
    else { throw ArchiveError.damaged }
    switch kind {
    case "dense":
      return Dense(inputs: sizes[0], outputs: sizes[1], weight: ids[0], bias: ids[1])
    case "conv":
      return Convolution(ConvolutionGeometry(sizes), weight: ids[0], bias: ids[1])
    case "deconv":
      return Deconvolution(ConvolutionGeometry(sizes), weight: ids[0], bias: ids[1])
    case "batchnorm":
      return BatchNormalization(
        features: sizes[0], weight: ids[0], bias: ids[1], mean: ids[2], variance: ids[3])
    case "layernorm":
      return LayerNormalization(features: sizes[0], weight: ids[0], bias: ids[1])
    case "embedding": return Embedding(count: sizes[0], size: sizes[1], weight: ids[0])
    case "dropout": return Dropout(rate: Float(bitPattern: UInt32(truncatingIfNeeded: sizes[0])))
    case "pool max": return Pooling(.max, size: max(sizes[0], 1))
    case "pool average": return Pooling(.average, size: max(sizes[0], 1))
    case "upsample": return Upsampling(factor: max(sizes[0], 1))
    case "reshape": return Reshaping(sizes: sizes)
    default: return Flattening()
    }
  }

  /// How many sizes (any number of them if nil) and parameters a layer of this kind has.
  private static func counts(of kind: String) throws(ArchiveError) -> (sizes: Int?, ids: Int) {
    switch kind {
    case "dense": (2, 2)
    case "conv", "deconv": (5, 2)
    case "batchnorm": (1, 4)
    case "layernorm": (1, 2)
    case "embedding": (2, 1)
    case "dropout", "pool max", "pool average", "upsample": (1, 0)
    case "reshape": (nil, 0)
    case "flatten": (0, 0)
    default: throw .damaged
    }
  }

  package mutating func optimizer() throws(ArchiveError) -> Optimizer {
    let rate = try float()
    return Optimizer(rule: try rule(), rate: rate)
  }

  mutating func rule() throws(ArchiveError) -> Optimizer.Rule {
    switch try text() {
    case "sgd":
      let (momentum, decay) = (try float(), try float())
      return .sgd(momentum: momentum, decay: decay, nesterov: try flag())
    case "adam":
      let (beta1, beta2) = (try float(), try float())
      let epsilon = try float()
      return .adam(beta1: beta1, beta2: beta2, epsilon: epsilon, decay: try float())
    case "rmsprop":
      let (smoothing, epsilon) = (try float(), try float())
      return .rmsprop(smoothing: smoothing, epsilon: epsilon, decay: try float())
    default: throw .damaged
    }
  }

  mutating func stateKey() throws(ArchiveError) -> StateKey {
    let kind = try text()
    let id = try parameterID()
    switch kind {
    case "parameter": return .parameter(id)
    case "statistic": return .statistic(id)
    case "memory":
      let rule = try rule()
      return .memory(rule, id, slot: try number())
    default: throw .damaged
    }
  }
}

extension ConvolutionGeometry {
  fileprivate var numbers: [Int] { [inputs, outputs, kernel, window.stride, window.padding] }

  fileprivate init(_ numbers: [Int]) {
    self.init(
      inputs: numbers[0], outputs: numbers[1], kernel: numbers[2],
      window: Window(stride: max(numbers[3], 1), padding: numbers[4]))
  }
}
