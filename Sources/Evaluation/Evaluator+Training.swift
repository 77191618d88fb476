import Kernels
import Models
import Rendering
import Syntax
import Tensors

extension Evaluator {
  /// Runs the body of `train`: steps are interpreted until one turns out to only build graph, and
  /// then replayed as long as they do the same work. The last step is interpreted again, so that
  /// variables hold its values.
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
    var recordings = StepRecordings()
    var step = 0
    while step < steps, !host.interruption.isRaised {
      if let (recording, end) = try recordings.find(from: step, before: steps - 1) {
        recording.load(state)
        step = try recording.run(from: step, to: end, &state, host: host, watch)
        guard host.interruption.isRaised else { continue }
        // One more step is interpreted, so that variables hold the values of the last step.
      }
      let mayRecord = step >= 1 && outer == nil && gradientDepth == 0
      let lastToReplay = mayRecord ? steps - 1 : 0
      let (isLeft, recorded) = try interpretStep(body, number: step, lastToReplay: lastToReplay)
      step += 1
      watch.note(step: step, history: state.history)
      if isLeft { return }
      recordings.keep { $0.isCurrent(after: recorder!, state) }
      guard let recorded else { continue }
      recordings.add(recorded)
      guard let watch = host.watchReplay else { continue }
      recorded.load(state)
      try recorded.show(to: watch)
    }
    if step < steps { throw Fault.trainingInterrupted(step: step, steps: steps) }
  }

  /// Interprets one step. Says whether `break` ended the training, and gives what it takes to
  /// replay the next ones before `lastToReplay`, if there are some that do the same work.
  private func interpretStep(
    _ body: CountedBlock, number: Int, lastToReplay: Int
  ) throws -> (isLeft: Bool, recorded: ReplayedStep?) {
    let drawsBefore = state.layers.random
    let stepNumber = try Tensor([Float(number)], shape: .scalar)
    recorder?.beginStep(number, as: stepNumber)
    let flow = try run(body, number: stepNumber)
    if case .returned = flow { throw Fault.blockLeft("train") }
    let tracked = recorder?.tracked ?? []
    let rebound = reboundTensors()
    var recorded: ReplayedStep?
    if let recorder, recorder.isReplayable,
      try recorder.path.end(from: number + 1, before: lastToReplay) != nil
    {
      recorded = try ReplayedStep(
        recorder, state: state, engine: host.engine, firstDraw: drawsBefore)
    }
    try settle(with: tracked.map(\.tensor) + rebound)
    for (name, tensor) in tracked {
      state.append(try host.engine.number(tensor), to: name)
    }
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
