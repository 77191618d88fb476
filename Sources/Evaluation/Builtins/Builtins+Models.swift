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
    ) { call in
      let model = try call.model("model")
      var state = call.evaluator.state.layers.state
      var copies: [ParameterID: ParameterID] = [:]
      for id in model.parameters where copies[id] == nil {
        copies[id] = try state.makeParameter(state.value(of: id), name: state.name(of: id))
      }
      for id in model.statistics where copies[id] == nil {
        copies[id] = try state.makeStatistic(state.statistic(id), name: state.name(of: id))
      }
      call.evaluator.state.layers.state = state
      return .model(
        Model(
          kind: model.kind, layers: model.layers.map { $0.replacingParameters { copies[$0]! } }))
    },
    Builtin(
      "freeze(model, on = true)", .models,
      "keeps training from changing a model; freeze m, on: false lets it again",
      example: "m = dense(2, 1)\nfreeze m", isCommand: true
    ) { call in
      let ids = try call.targets("model")
      call.evaluator.state.layers.state.setFrozen(ids, try call.flag("on", default: true))
      return .nothing
    },
    Builtin(
      "summary(model)", .models, "layers, shapes and numbers of parameters",
      example: "summary mlp(784, 256, 2)", isCommand: true
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

  fileprivate func summaryText(_ model: Model) throws -> String {
    let state = evaluator.state.layers.state
    let width = model.layers.map { displayWidth($0.label) }.max() ?? 0
    var lines: [String] = []
    for layer in model.layers {
      let count = layer.parameters.reduce(0) { $0 + state.value(of: $1).count }
      let padding = String(repeating: " ", count: width - displayWidth(layer.label))
      lines.append(
        count == 0
          ? layer.label : "\(layer.label)\(padding)   \(NumberFormat.grouped(count))")
    }
    let total = model.parameters.reduce(0) { $0 + state.value(of: $1).count }
    lines.append("\(NumberFormat.grouped(total)) parameters")
    return lines.joined(separator: "\n")
  }

  private func displayWidth(_ text: String) -> Int { text.count }
}
