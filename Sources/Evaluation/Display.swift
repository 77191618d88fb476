import Crypto
import Models
import Rendering
import Tensors

/// A number as messages and lists show it.
func display(_ number: Float) -> String { NumberFormat.format(number) }

extension Evaluator {
  func show(_ text: String) { show(.text(text)) }

  func show(_ output: Output) {
    recorder?.noteLook()
    outputs.append(output)
    guard let watch else { return }
    watch(output)
    watchedCount = outputs.count
  }

  func showValue(_ value: Value) throws {
    if let output = try shown(value) { show(output) }
  }

  /// What a cell shows of its last value.
  func shown(_ value: Value) throws -> Output? {
    if case .nothing = value { return nil }
    if case .builtin(let builtin) = value, let text = Help.text(for: builtin.name) {
      return .text(text)
    }
    return .text(try formatted(value))
  }

  /// The value as text.
  func formatted(_ value: Value, _ format: ValueFormat? = nil) throws -> String {
    let text = try formatted(value, format, depth: 0)
    return format?.padded(text, isNumber: value.isTensorLike) ?? text
  }

  /// Lists and records inside `shownDepth` others are named, not shown.
  private static let shownDepth = 4

  private func formatted(_ value: Value, _ format: ValueFormat?, depth: Int) throws -> String {
    switch value {
    case .nothing: return "nothing"
    case .boolean(let flag): return flag ? "true" : "false"
    case .string(let text): return text
    case .tensor(let tensor), .mask(let tensor): return try formatted(tensor, format)
    case .parameter(let id): return try formatted(state.layers.state.value(of: id), format)
    case .range(let range):
      let step = range.step == 1 ? "" : " by \(range.step)"
      return "\(range.lower)\(range.isClosed ? "..." : "..<")\(range.upper)\(step)"
    case .list where depth > Evaluator.shownDepth, .record where depth > Evaluator.shownDepth:
      return "(\(value.kindName))"
    case .list(let values):
      let parts = try values.prefix(20).map { try quoted($0, format, depth: depth + 1) }
      let joined =
        "["
        + (parts + (values.count > 20 ? ["… \(values.count) in all"] : []))
        .joined(separator: ", ") + "]"
      guard joined.contains("\n") else { return joined }
      return parts.joined(separator: "\n\n")
    case .record(let record):
      return try record.fields
        .map { "\($0.name): \(try quoted($0.value, format, depth: depth + 1))" }
        .joined(separator: "\n")
    case .function(let closure): return closure.description
    case .builtin(let builtin): return "\(builtin.signature.text)   \(builtin.summary)"
    case .model(let model): return description(of: model)
    case .composition(let parts):
      return try parts.map { try formatted($0) }.joined(separator: "\n>> ")
    case .optimizer(let optimizer): return optimizer.description
    case .dataset(let dataset): return dataset.description
    }
  }

  private func quoted(_ value: Value, _ format: ValueFormat?, depth: Int) throws -> String {
    if case .string(let text) = value { return "\"\(text)\"" }
    return try formatted(value, format, depth: depth)
  }

  private func formatted(_ tensor: Tensor, _ format: ValueFormat?) throws -> String {
    let values = try values(of: tensor)
    guard let format else { return TensorFormat().text(shape: tensor.shape.sizes, values: values) }
    let texts = values.map(format.text)
    return tensor.rank == 0 ? texts[0] : "[" + texts.joined(separator: ", ") + "]"
  }

  /// `mlp 784 → 256 → 2   201,474 parameters`.
  func description(of model: Model) -> String {
    let count = model.parameters.reduce(0) { $0 + state.layers.state.value(of: $1).count }
    let sizes = model.sizes.map(String.init).joined(separator: " → ")
    let name = sizes.isEmpty ? model.kind : "\(model.kind) \(sizes)"
    return "\(name)   \(NumberFormat.grouped(count)) parameters"
  }

  /// Writes a file and reports it.
  func write(_ bytes: [UInt8], to path: String) throws {
    try host.files.write(bytes, to: path)
    let digest = SHA256.hash(data: bytes).map { byte in
      let digits = Array("0123456789abcdef")
      return "\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
    }
    show(.file(FileReport(path: path, byteCount: bytes.count, sha256: digest.joined())))
  }

  /// The name under which a value is tracked: the variable it is, or its label.
  func trackedName(_ argument: GivenArgument) throws -> String {
    if let label = argument.label { return label }
    if case .name(let name)? = argument.expression?.kind { return name }
    throw Fault.invalid(
      "a tracked value needs a name", help: "track loss, or with a name: track loss: mean(x)")
  }
}

extension Optimizer {
  fileprivate var description: String {
    let rate = NumberFormat.format(self.rate)
    switch rule {
    case .sgd(let momentum, let decay, let nesterov):
      return "sgd rate \(rate)"
        + (momentum == 0 ? "" : " momentum \(NumberFormat.format(momentum))")
        + (nesterov ? " nesterov" : "") + decayNote(decay)
    case .adam(let beta1, let beta2, _, let decay):
      let betas = "beta1 \(NumberFormat.format(beta1)) beta2 \(NumberFormat.format(beta2))"
      return "\(name) rate \(rate) \(betas)"
        + decayNote(decay)
    case .rmsprop(let smoothing, _, let decay):
      return "rmsprop rate \(rate) smoothing \(NumberFormat.format(smoothing))" + decayNote(decay)
    }
  }

  private func decayNote(_ decay: Float) -> String {
    decay == 0 ? "" : " decay \(NumberFormat.format(decay))"
  }
}

extension DatasetValue {
  /// `mnist   5,000 pictures 28×28 with labels, 4,000 to train, 1,000 to test`.
  fileprivate var description: String {
    let count = NumberFormat.grouped(self.count)
    let what =
      imageSize.map { "\(count) pictures \(Shape($0))" } ?? "\(count) points \(inputs.shape)"
    let labelled = labels == nil ? "" : " with labels"
    let split = trainingCount.map {
      ", \(NumberFormat.grouped($0)) to train, \(NumberFormat.grouped(self.count - $0)) to test"
    }
    return "\(name)   \(what)\(labelled)\(split ?? "")"
  }
}
