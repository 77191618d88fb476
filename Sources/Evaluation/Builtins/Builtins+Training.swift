import Models
import Syntax
import Tensors

extension Builtins {
  static let training: [Builtin] = [
    Builtin(
      "train(steps) { … }", .training,
      "runs the block again and again; { step => … } gets the number of the step",
      example: "w = parameter(5)\ntrain 100 { minimize w, rate: 0.1 { w^2 } }\nw < 0.1",
      isCommand: true
    ) { call in
      guard let block = call.block else {
        throw Fault.missingBlock("train", signature: call.signature.text)
      }
      try call.evaluator.train(
        steps: call.integer("steps", in: 0...Int.max), block: block, span: call.span)
      return .nothing
    },
    Builtin(
      "minimize(targets, rate?, with?, clip?) { … }", .training,
      "one gradient step on exactly these targets; gives the value of the block",
      example: "w = parameter(1)\nminimize w, rate: 0.5 { w^2 }", isCommand: true
    ) { try $0.optimize(sign: 1) },
    Builtin(
      "maximize(targets, rate?, with?, clip?) { … }", .training,
      "one gradient step uphill on exactly these targets; gives the value of the block",
      example: "w = parameter(1)\nmaximize w, rate: 0.5 { -w^2 }", isCommand: true
    ) { try $0.optimize(sign: -1) },
    Builtin(
      "track(curves…)", .training, "records values under their names, for `history`",
      example: "train 3 { step => track step, square: step^2 }\nhistory.square", isCommand: true
    ) { call in
      for argument in call.all("curves") {
        let name = try call.evaluator.trackedName(argument)
        let tensor = try call.evaluator.located(at: argument.span) {
          let tensor = try call.evaluator.tensor(argument.value, place: "a tracked value")
          guard tensor.count == 1 else {
            throw TensorError.notScalar(operation: "`track`", shape: tensor.shape)
          }
          return tensor
        }
        try call.evaluator.track(name, tensor)
      }
      return .nothing
    },
    Builtin(
      "batch(data…, n)", .training,
      "n rows drawn at random, of a data set from its part for training; of several tensors or "
        + "the fields of a record the same rows",
      shapes: "[N, D] → [n, D]", example: "shape(batch(digits8(), 16))"
    ) { try $0.drawBatch() },
    Builtin(
      "epochs(data…, n)", .training,
      "all rows in a new random order, cut into batches of n: a list to loop over; of several "
        + "tensors or the fields of a record the same rows",
      shapes: "[N, D] → list of [n, D]",
      example: "for x in epochs(range(6), 3) { print shape(x) }"
    ) { try $0.drawEpoch() },
  ]
}

extension BoundCall {
  fileprivate func drawBatch() throws -> Value {
    let count = try integer("n", in: 0...100_000_000)
    let (sources, rows) = try rowSources()
    let indices = try draw(.integers(bound: rows), [count])
    let batches = try sources.map { try $0.rows(at: indices) }
    return batches.count == 1 ? batches[0] : .list(batches)
  }

  /// What was given as `data`, and how many rows each part has.
  private func rowSources() throws -> (sources: [RowSource], rows: Int) {
    let given = all("data")
    guard !given.isEmpty else {
      throw Fault.missingArgument("data", signature: signature.text)
    }
    let sources = try given.map { argument in
      try evaluator.located(at: argument.span) { try RowSource(argument.value, evaluator) }
    }
    return (sources, try commonRows(zip(sources, given.map(\.span))))
  }

  private func commonRows(_ sources: some Sequence<(RowSource, Span)>) throws -> Int {
    var common: Int?
    for (source, span) in sources {
      try evaluator.located(at: span) {
        for tensor in source.tensors {
          guard let rows = tensor.shape.sizes.first, rows > 0 else {
            throw Fault.emptyData("the data")
          }
          if let common, common != rows {
            throw Fault.unevenRows(common, rows)
          }
          common = rows
        }
      }
    }
    guard let common else { throw Fault.emptyData("the data") }
    return common
  }

  fileprivate func drawEpoch() throws -> Value {
    let size = try integer("n", in: 1...100_000_000)
    let (sources, rows) = try rowSources()
    let limit = evaluator.host.limits.listLength
    guard (rows + size - 1) / size <= limit else { throw Fault.listLimit(limit: limit) }
    let order = try draw(.permutation, [rows])
    return .list(
      try stride(from: 0, to: rows, by: size).map { start in
        let indices = try order.sliced(axis: 0, start..<min(start + size, rows))
        let parts = try sources.map { try $0.rows(at: indices) }
        return parts.count == 1 ? parts[0] : .list(parts)
      })
  }
}

/// What rows are drawn from: a tensor, the training rows of a data set, or the fields of a record.
private struct RowSource {
  private let value: Value

  init(_ value: Value, _ evaluator: Evaluator) throws {
    switch value {
    case .record: self.value = value
    case .dataset(let dataset):
      let count = dataset.trainingCount ?? dataset.count
      self.value = .tensor(try dataset.inputs.sliced(axis: 0, 0..<count))
    default: self.value = .tensor(try evaluator.tensor(value, place: "the data"))
    }
  }

  var tensors: [Tensor] { value.tensors }

  func rows(at indices: Tensor) throws -> Value {
    if case .record(let record) = value {
      return .record(
        Record(
          try record.fields.map { field in
            guard case .tensor(let tensor) = field.value else { return field }
            return (field.name, .tensor(try tensor.gathered(indices)))
          }))
    }
    return .tensor(try value.tensors[0].gathered(indices))
  }
}

extension BoundCall {
  fileprivate func optimize(sign: Float) throws -> Value {
    let ids = try targets("targets").filter { !evaluator.state.layers.state.isFrozen($0) }
    let optimizer = try chosenOptimizer()
    let rate = try optionalTensor("rate") ?? Tensor(optimizer.rate)
    guard rate.count == 1 else {
      throw TensorError.notScalar(operation: "`rate`", shape: rate.shape)
    }
    let number = try evaluator.withGradients {
      let step = try OptimizerStep.begin(
        optimizer, rate: rate.reshape(to: .scalar), parameters: ids,
        state: evaluator.state.layers.state)
      // The block runs with the parameters as they are, and in training mode.
      let wasTraining = evaluator.state.layers.isTraining
      evaluator.state.layers.isTraining = true
      defer { evaluator.state.layers.isTraining = wasTraining }
      let before = ids.map(evaluator.state.layers.state.value)
      let value = try evaluator.tensor(runBlock(), place: "the value of the block")
      guard value.count == 1 else {
        throw TensorError.notScalar(operation: "`\(signature.name)`", shape: value.shape)
      }
      let objective = sign < 0 ? try -value : value
      var gradients = try Gradient.of(objective, withRespectTo: before)
      if let limit = try optionalTensor("clip") {
        guard limit.count == 1 else {
          throw TensorError.notScalar(operation: "`clip`", shape: limit.shape)
        }
        gradients = try GradientClipping.clip(gradients, toNorm: limit.reshape(to: .scalar))
      }
      for (id, gradient) in zip(ids, gradients) {
        guard let gradient else { continue }
        try step.update(id, gradient: gradient, &evaluator.state.layers.state)
      }
      return value
    }
    return .tensor(number)
  }

  private func chosenOptimizer() throws -> Optimizer {
    guard let value = value("with") else { return .standard }
    return try at("with") {
      if case .optimizer(let optimizer) = value { return optimizer }
      throw Fault.wrongKind(
        expected: "an optimizer such as adam()", got: value.kindName, place: "`with`")
    }
  }
}
