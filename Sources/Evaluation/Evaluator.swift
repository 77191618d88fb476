import Codecs
import Datasets
import Models
import Rendering
import Syntax
import Tensors

/// Runs one cell: walks the tree, builds graphs, asks the engine for values when somebody looks.
final class Evaluator {
  var state: SessionState
  let host: Host
  /// The state before the running statement of the cell.
  var checkpoint: SessionState?
  /// Variables that the running statement of the cell has set.
  var changedGlobals: Set<String> = []
  /// Variables that any statement of the cell has set.
  var namesSet: Set<String> = []
  var outputs: [Output] = []
  /// Sees outputs while the cell still runs.
  var watch: ((Output) -> Void)?
  var watchedCount = 0
  var frame: Frame
  var callDepth = 0
  /// Statements and expressions that are being evaluated inside each other, which bounds the stack.
  var evaluationDepth = 0
  /// Blocks of `minimize`, `grad` and their like that are running: values looked at inside keep
  /// their history, so that gradients still pass.
  var gradientDepth = 0
  /// Tensors looked at inside such blocks, whose history goes when the outermost ends.
  var historyKeepers: [Tensor] = []
  /// What the running `train` must know of each step, if one is running.
  var recorder: StepRecorder?

  init(state: SessionState, host: Host, source: Source) {
    self.state = state
    self.host = host
    frame = .topLevel(source)
  }

  // MARK: Looking at values

  /// Computes tensors now. A step in which this happens is not replayed.
  func realize(_ tensors: [Tensor]) throws {
    var pending = tensors.filter { !$0.node.isLeaf }
    guard !pending.isEmpty else { return }
    recorder?.noteLook()
    pending += Tensor.pending(pendingVariables, onTheWayTo: pending)
    // A step of a training is finished before it is stopped.
    try host.engine.realize(
      pending, cut: gradientDepth == 0, until: recorder == nil ? isInterrupted : nil)
    if gradientDepth > 0 { historyKeepers += pending }
  }

  /// Variables still to be computed. Those on the way to a value that is looked at are kept with
  /// it: a loop that looks at each of its steps would compute all earlier ones again.
  private var pendingVariables: [Tensor] {
    let locals = frame.scopes.flatMap { $0.values.flatMap(\.tensors) }
    return locals.filter { !$0.node.isLeaf } + pendingGlobals
  }

  /// The tensors, still to be computed, that the statement gave to variables.
  var pendingGlobals: [Tensor] {
    changedGlobals.sorted().flatMap { state.globals[$0]?.tensors ?? [] }
      .filter { !$0.node.isLeaf }
  }

  var isInterrupted: () -> Bool {
    { [interruption = host.interruption] in interruption.isRaised }
  }

  func values(of tensor: Tensor) throws -> [Float] {
    if let value = try seenOfStepNumber(tensor) { return [value] }
    try realize([tensor])
    if !tensor.node.isLeaf || tensor.node.constant == nil { recorder?.noteLook() }
    return try host.engine.values(of: tensor)
  }

  /// The value of a number that depends on the number of the running step alone, if it does.
  private func seenOfStepNumber(_ tensor: Tensor) throws -> Float? {
    guard let recorder, tensor.count == 1, tensor.node.constant == nil,
      let plan = try StepNumberPlan(tensor, stepNumber: recorder.stepNumber, engine: host.engine)
    else { return nil }
    let value = try plan.value(atStep: recorder.number)
    self.recorder?.noteSeen(value, of: plan)
    return value
  }

  func number(_ tensor: Tensor) throws -> Float {
    guard tensor.count == 1 else {
      throw TensorError.notScalar(operation: "this", shape: tensor.shape)
    }
    return try values(of: tensor)[0]
  }

  func withGradients<Result>(_ body: () throws -> Result) rethrows -> Result {
    gradientDepth += 1
    defer {
      gradientDepth -= 1
      if gradientDepth == 0 {
        for tensor in historyKeepers { tensor.node.cutHistory() }
        historyKeepers = []
      }
    }
    return try body()
  }

  /// Computes what training has set, so that graphs do not grow from step to step.
  func settle(with others: [Tensor] = [], until isStopped: (() -> Bool)? = nil) throws {
    try state.layers.state.settle(host.engine, with: others, until: isStopped)
  }

  // MARK: Names

  func lookUp(_ name: String) -> Value? {
    if let value = frame.lookUp(name) {
      recorder?.noteRead(name, in: frame)
      return value
    }
    if let value = state.globals[name] {
      recorder?.noteGlobalRead(name)
      computeOnce(name, value)
      return value
    }
    if let value = state.results[name] {
      recorder?.noteGlobalRead(name)
      return value
    }
    return Builtin.named(name).map(Value.builtin) ?? constant(name)
  }

  /// Data prepared before a training is computed when the training first reads it, not again in
  /// every step.
  private func computeOnce(_ name: String, _ value: Value) {
    guard let recorder, recorder.isFromOutside(name), case .tensor(let tensor) = value,
      !tensor.node.isLeaf
    else { return }
    // What cannot be computed is reported where it is used.
    try? host.engine.realize([tensor], cut: gradientDepth == 0)
    if gradientDepth > 0 { historyKeepers.append(tensor) }
  }

  /// Names that stand for values nobody assigned.
  private func constant(_ name: String) -> Value? {
    switch name {
    case "pi": return .number(Float.pi)
    case "e": return .number(Float(2.718281828459045))
    case "inf": return .number(Float.infinity)
    case "nan": return .number(Float.nan)
    case "history":
      recorder?.noteLook()
      return .record(
        Record(
          state.history.compactMap { curve in
            guard let values = try? Tensor(curve.values, shape: [curve.values.count]) else {
              return nil
            }
            return (curve.name, .tensor(values))
          }))
    default: return nil
    }
  }

  static let constants = ["pi", "e", "inf", "nan", "history"]

  /// A value given to `_` is dropped: the name stands for the last result.
  func assign(_ name: String, _ value: Value) throws {
    guard name != "_" else { return }
    try boundPendingWork(of: value)
    if let index = frame.scopeIndex(of: name) {
      recorder?.noteWrite(name, in: frame)
      frame.scopes[index][name] = value
    } else if frame.function == nil, state.globals[name] != nil || frame.scopes.isEmpty {
      recorder?.noteGlobalWrite(name)
      state.globals[name] = value
      changedGlobals.insert(name)
      namesSet.insert(name)
    } else {
      frame.scopes[frame.scopes.count - 1][name] = value
    }
  }

  /// A variable that is updated in a loop must not drag an ever longer graph behind it.
  private func boundPendingWork(of value: Value) throws {
    if case .tensor(let tensor) = value, tensor.node.depth > host.limits.pendingDepth {
      try realize([tensor])
    }
  }

  func withScope<Result>(_ body: () throws -> Result) rethrows -> Result {
    frame.scopes.append([:])
    defer { frame.ended.formUnion(frame.scopes.removeLast().keys) }
    return try body()
  }

  // MARK: Places

  /// Runs `body` and gives what it throws the place `span`.
  func located<Result>(
    at span: Span, related: [Span] = [], _ body: () throws -> Result
  ) throws -> Result {
    do {
      return try body()
    } catch let fault as Fault {
      throw diagnostic(fault.sentence, at: span, related: related)
    } catch let error as TensorError {
      throw diagnostic(error.sentence, at: span, related: related)
    } catch let error as LayerError {
      throw diagnostic(error.sentence, at: span, related: related)
    } catch let error as FileError {
      throw diagnostic(error.sentence, at: span, related: related)
    } catch let error as FormatError {
      throw diagnostic(error.sentence(nil), at: span, related: related)
    } catch let error as FileFault {
      throw diagnostic(error.sentence, at: span, related: related)
    }
  }

  private func diagnostic(_ message: FaultMessage, at span: Span, related: [Span]) -> Diagnostic {
    Diagnostic(
      id: message.id, message: message.message, source: frame.source, span: span,
      related: related, label: message.label,
      help: message.help.map { Operand.spelled($0, related, frame.source) })
  }

  func checkInterruption() throws {
    if host.interruption.isRaised { throw Fault.interrupted }
  }
}
