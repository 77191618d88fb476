import Models
import Rendering
import Tensors

extension Builtins {
  static let models: [Builtin] = [
    Builtin(
      "dense(inputs, outputs)", .models, "a layer x·W + b", shapes: "[B, inputs] → [B, outputs]",
      example: "layer = dense(3, 2)\nshape(layer(zeros(5, 3)))"
    ) { call in
      let layer = try Dense(
        inputs: call.integer("inputs", in: 1...1_000_000),
        outputs: call.integer("outputs", in: 1...1_000_000), &call.evaluator.state.layers)
      return .model(Model(kind: "dense", layers: [layer]))
    },
    Builtin(
      "mlp(sizes…, activation: relu, output: identity)", .models,
      "dense layers with an activation between them and another at the end",
      shapes: "[B, first] → [B, last]", example: "mlp(784, 256, 2)"
    ) { call in
      let sizes = try call.sizes("sizes", atLeast: 1)
      guard sizes.count >= 2 else {
        throw Fault.missingArgument("sizes", signature: call.signature.text)
      }
      let between = try call.activation("activation", default: .relu)
      let last = try call.activation("output", default: .identity)
      var layers: [any Models.Layer] = []
      for (index, (inputs, outputs)) in zip(sizes, sizes.dropFirst()).enumerated() {
        layers.append(
          try Dense(inputs: inputs, outputs: outputs, &call.evaluator.state.layers))
        let activation = index < sizes.count - 2 ? between : last
        if activation != .identity { layers.append(activation) }
      }
      return .model(Model(kind: "mlp", layers: layers))
    },
    Builtin(
      "parameter(x)", .models, "a lone trainable tensor that starts as x",
      example: "w = parameter([0, 0])\nminimize w, rate: 0.1 { sum((w - 1)^2) }"
    ) { call in
      .parameter(
        try call.evaluator.state.layers.state.makeParameter(call.tensor("x"), name: "parameter"))
    },
    Builtin(
      "parameters(model)", .models, "the trained tensors of a model, as a list",
      example: "parameters(dense(2, 1))"
    ) { call in
      let state = call.evaluator.state.layers.state
      return .list(
        try call.targets("model").map { id in .tensor(try state.value(of: id).asGradientTarget()) })
    },
    Builtin(
      "copy(model)", .models, "a model with parameters of its own that start equal",
      example: "a = dense(2, 1)\nb = copy(a)\nsum(abs(a(ones(1, 2)) - b(ones(1, 2))))"
    ) { try $0.copiedModel() },
    Builtin(
      "freeze(model, on = true)", .models,
      "keeps training from changing a model, whose batchnorm then uses its running statistics; "
        + "freeze m, on: false lets it again",
      example: "m = dense(2, 1)\nfreeze m", isCommand: true
    ) { call in
      let ids = try call.targets("model")
      call.evaluator.state.layers.state.setFrozen(ids, try call.flag("on", default: true))
      return .nothing
    },
    Builtin(
      "summary(model, input?)", .models,
      "layers and numbers of parameters; with an input also the shape behind each layer",
      example: "summary mlp(784, 256, 2), zeros(1, 784)", isCommand: true
    ) { call in
      call.evaluator.show(try call.summaryText(call.model("model")))
      return .nothing
    },
  ]
}

extension BoundCall {
  func activation(_ name: String, default fallback: Activation) throws -> Activation {
    guard let value = value(name) else { return fallback }
    return try at(name) {
      guard case .builtin(let builtin) = value, let activation = Activation(rawValue: builtin.name)
      else {
        throw Fault.wrongKind(
          expected: "an activation (relu, tanh, sigmoid, …)", got: value.kindName,
          place: "`\(name)`")
      }
      return activation
    }
  }

  /// The parameters of a model, a parameter, or a list of them.
  func targets(_ name: String) throws -> [ParameterID] {
    try at(name) {
      guard let value = value(name) else {
        throw Fault.missingArgument(name, signature: signature.text)
      }
      var found: [ParameterID] = []
      try collect(value, &found)
      var seen = Set<ParameterID>()
      return found.filter { seen.insert($0).inserted }
    }
  }

  private func collect(_ value: Value, _ found: inout [ParameterID]) throws {
    switch value {
    case .model(let model): found += model.parameters
    case .parameter(let id): found.append(id)
    case .list(let values), .composition(let values):
      for value in values { try collect(value, &found) }
    case .record(let record):
      for field in record.fields { try collect(field.value, &found) }
    case .function, .builtin: return
    default: throw Fault.notTrainable(value.kindName)
    }
  }

  /// Copies models and parameters wherever they stand; what is shared stays shared.
  fileprivate func copiedModel() throws -> Value {
    var ids = try targets("model")
    guard let value = value("model") else { return .nothing }
    ids += statistics(in: value)
    var state = evaluator.state.layers.state
    var copies: [ParameterID: ParameterID] = [:]
    for id in ids where copies[id] == nil { copies[id] = try state.copy(id) }
    evaluator.state.layers.state = state
    return value.replacingParameters { copies[$0] ?? $0 }
  }

  private func statistics(in value: Value) -> [ParameterID] {
    switch value {
    case .model(let model): model.statistics
    case .list(let values), .composition(let values): values.flatMap(statistics)
    case .record(let record): record.fields.flatMap { statistics(in: $0.value) }
    default: []
    }
  }

  /// One line per layer: what it is, the shape behind it if an input was given, its parameters.
  fileprivate func summaryText(_ model: Model) throws -> String {
    let state = evaluator.state.layers.state
    var context = evaluator.state.layers
    var x = try optionalTensor("input")
    let rows = try model.layers.map { layer in
      if let input = x {
        x = try at("input") { try Model(kind: model.kind, layers: [layer]).apply(input, &context) }
      }
      let count = layer.parameters.reduce(0) { $0 + state.value(of: $1).count }
      return [
        layer.label, x.map { "\($0.shape)" } ?? "", count == 0 ? "" : NumberFormat.grouped(count),
      ]
    }
    let total = model.parameters.reduce(0) { $0 + state.value(of: $1).count }
    return aligned(rows) + "\n\(NumberFormat.grouped(total)) parameters"
  }

  /// Columns that begin below each other, three spaces apart.
  private func aligned(_ rows: [[String]]) -> String {
    let columns = (0..<3).filter { column in rows.contains { !$0[column].isEmpty } }
    let widths = columns.map { column in rows.map(\.[column].count).max() ?? 0 }
    return rows.map { row in
      let cells = zip(columns, widths).map { column, width in
        row[column] + String(repeating: " ", count: width - row[column].count)
      }
      let line = cells.joined(separator: "   ")
      return String(line.reversed().drop { $0 == " " }.reversed())
    }.joined(separator: "\n")
  }
}

extension Value {
  /// The same value with other parameters in its models.
  fileprivate func replacingParameters(_ replacement: (ParameterID) -> ParameterID) -> Value {
    switch self {
    case .model(let model):
      .model(
        Model(
          kind: model.kind, layers: model.layers.map { $0.replacingParameters(replacement) }))
    case .parameter(let id): .parameter(replacement(id))
    case .list(let values): .list(values.map { $0.replacingParameters(replacement) })
    case .composition(let parts):
      .composition(parts.map { $0.replacingParameters(replacement) })
    case .record(let record):
      .record(
        Record(record.fields.map { ($0.name, $0.value.replacingParameters(replacement)) }))
    default: self
    }
  }
}
