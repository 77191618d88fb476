import Kernels
import Models
import Rendering
import Syntax
import Tensors

extension Evaluator {
  /// Runs the body of `train`: the first steps are interpreted, and once two steps in a row have
  /// done the same work the rest is replayed. The last step is interpreted again, so that variables
  /// hold its values.
  func train(steps: Int, block: Block, span: Span) throws {
    let outer = recorder
    recorder = StepRecorder(frame: frame)
    let watch = TrainingWatch(host: host, stepCount: steps)
    defer {
      recorder = outer
      outer.map { _ in recorder?.noteLook() }
      watch.finish()
    }
    let body = CountedBlock(block)
    var step = 0
    while step < steps {
      if host.interruption.isRaised { return reportStop(at: step, of: steps) }
      let mayReplay = step >= 1 && step < steps - 2 && outer == nil && gradientDepth == 0
      let (isLast, replay) = try interpretStep(body, number: step, mayReplay: mayReplay)
      step += 1
      watch.note(step: step, history: state.history)
      if isLast { return }
      guard let replay else { continue }
      if let watch = host.watchReplay { try replay.show(to: watch) }
      step = try replay.run(from: step, to: steps - 1, &state, host: host, watch)
      guard host.interruption.isRaised else { continue }
      // One more step is interpreted, so that variables hold the values of the last step.
      _ = try interpretStep(body, number: step, mayReplay: false)
      return reportStop(at: step + 1, of: steps)
    }
  }

  /// Interprets one step: whether `break` ended the training and, if wanted and possible, what it
  /// takes to replay the next steps.
  private func interpretStep(
    _ body: CountedBlock, number: Int, mayReplay: Bool
  ) throws -> (isLast: Bool, replay: ReplayedStep?) {
    recorder?.beginStep()
    let drawsBefore = state.layers.random
    let stepNumber = try Tensor([Float(number)], shape: .scalar)
    let flow = try run(body, number: stepNumber)
    if case .returned = flow { throw Fault.blockLeft("train") }
    let tracked = recorder?.tracked ?? []
    let rebound = reboundTensors()
    let recorded =
      mayReplay && recorder?.isReplayable == true
      ? try ReplayedStep(
        state: state, engine: host.engine, tracked: tracked, stepNumber: stepNumber,
        firstDraw: drawsBefore)
      : nil
    try settle(with: tracked.map(\.tensor) + rebound)
    for (name, tensor) in tracked {
      state.append(try host.engine.number(tensor), to: name)
    }
    recorded?.load(state)
    if case .breakLoop = flow { return (true, nil) }
    return (false, recorded)
  }

  /// Outer variables that the step gave values still to be computed.
  private func reboundTensors() -> [Tensor] {
    (recorder?.rebound ?? []).sorted().compactMap { name in
      guard case .tensor(let tensor)? = frame.lookUp(name) ?? state.globals[name] else {
        return nil
      }
      return tensor
    }
  }

  func track(_ name: String, _ tensor: Tensor) throws {
    if recorder != nil {
      recorder?.noteTracked(name, tensor)
    } else {
      state.append(try number(tensor), to: name)
    }
  }

  private func reportStop(at step: Int, of steps: Int) {
    show("stopped after step \(NumberFormat.grouped(step)) of \(NumberFormat.grouped(steps))")
  }

  /// Runs a block once, in a scope of its own.
  func run(_ body: CountedBlock, number: Tensor) throws -> Flow {
    try withScope {
      if let name = body.counter {
        frame.scopes[frame.scopes.count - 1][name] = .tensor(number)
      }
      return try run(body.statements)
    }
  }
}

/// A block that runs again and again; `{ step => … }` names the number of the run.
struct CountedBlock {
  let counter: String?
  let statements: [Statement]

  init(_ block: Block) {
    guard block.statements.count == 1, case .expression(let expression) = block.statements[0].kind,
      case .function(let function) = expression.kind, function.name == nil,
      function.parameters.count == 1
    else {
      counter = nil
      statements = block.statements
      return
    }
    counter = function.parameters[0].name
    statements = function.body.statements
  }
}
