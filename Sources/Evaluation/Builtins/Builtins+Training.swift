import Models
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
      "minimize(targets, rate?, with?) { … }", .training,
      "one gradient step on exactly these targets; gives the value of the block",
      example: "w = parameter(1)\nminimize w, rate: 0.5 { w^2 }", isCommand: true
    ) { try $0.optimize(sign: 1) },
    Builtin(
      "maximize(targets, rate?, with?) { … }", .training,
      "one gradient step uphill on exactly these targets; gives the value of the block",
      example: "w = parameter(1)\nmaximize w, rate: 0.5 { -w^2 }", isCommand: true
    ) { try $0.optimize(sign: -1) },
    Builtin(
      "track(values…)", .training, "records values under their names, for `history`",
      example: "train 3 { step => track step }\nhistory.step", isCommand: true
    ) { call in
      for argument in call.all("values") {
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
      "batch(data…, n)", .training, "n rows drawn at random; of several tensors the same rows",
      shapes: "[N, D] → [n, D]", example: "shape(batch(digits8(), 16))"
    ) { try $0.drawBatch() },
  ]
}

extension BoundCall {
  fileprivate func drawBatch() throws -> Value {
    let count = try integer("n", in: 0...100_000_000)
    let given = all("data")
    guard !given.isEmpty else {
      throw Fault.missingArgument("data", signature: signature.text)
    }
    let parts = try given.map { argument in
      try evaluator.located(at: argument.span) { try batchSource(argument.value) }
    }
    guard let rows = parts[0].shape.sizes.first, rows > 0 else { throw Fault.emptyData("the data") }
    for (part, argument) in zip(parts, given) where part.shape.sizes.first != rows {
      try evaluator.located(at: argument.span) {
        throw TensorError.concatenationMismatch(parts[0].shape, part.shape, axis: 0)
      }
    }
    let indices = try draw(.integers(bound: rows), [count])
    let batches = try parts.map { Value.tensor(try $0.gathered(indices)) }
    return batches.count == 1 ? batches[0] : .list(batches)
  }

  /// Data sets that have a split give their training rows.
  private func batchSource(_ value: Value) throws -> Tensor {
    guard case .dataset(let dataset) = value, let count = dataset.trainingCount else {
      return try evaluator.tensor(value, place: "the data")
    }
    return try dataset.inputs.sliced(axis: 0, 0..<count)
  }

  /// A step of `minimize` (sign 1) or `maximize` (sign −1).
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
      for (id, gradient) in zip(ids, try Gradient.of(objective, withRespectTo: before)) {
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
