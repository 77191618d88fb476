import Models
import Rendering
import Syntax
import Tensors

/// A running notebook: names, parameters, random state, and the means to go on. A value: a copy is
/// a snapshot that costs nothing.
package struct Session: Interpreter {
  var state: SessionState
  package var host: Host

  package init(host: Host, seed: UInt64 = 0) {
    self.host = host
    state = SessionState(seed: seed)
  }

  package mutating func run(_ source: Source, watch: ((Output) -> Void)?) -> CellResult {
    state.forgetUnreachable()
    let program = Parser.parse(source, commands: Builtin.commands)
    if !program.diagnostics.isEmpty {
      return CellResult(outputs: program.diagnostics.map(Session.failure), succeeded: false)
    }
    let evaluator = Evaluator(state: state, host: host, source: source)
    evaluator.watch = watch
    defer { state = evaluator.state }
    var result = CellResult(outputs: [], succeeded: true)
    do {
      try evaluator.runCell(program)
      if evaluator.state.results.count > state.results.count {
        result.resultNumber = evaluator.state.results.count
      }
    } catch {
      evaluator.recover()
      evaluator.outputs.append(Session.failure(error))
      result.succeeded = false
    }
    result.outputs = evaluator.outputs
    result.namesSet = evaluator.namesSet
    result.watchedCount = evaluator.watchedCount
    return result
  }

  /// The value of the last expression as graph, without computing it; the session stays as it is.
  func lastTensor(of program: Program, _ source: Source) -> Tensor? {
    let evaluator = Evaluator(state: state, host: host, source: source)
    guard case .value(let value)? = try? evaluator.run(program.statements),
      value.isTensorLike
    else { return nil }
    return try? evaluator.tensor(value)
  }

  private static func failure(_ error: any Error) -> Output {
    guard let diagnostic = error as? Diagnostic else {
      return .failure(Failure(id: "internal", text: "error[internal]: \(error)"))
    }
    return .failure(Failure(id: diagnostic.id, text: DiagnosticPrinter.print(diagnostic)))
  }

  package func isIncomplete(_ text: String) -> Bool {
    Parser.parse(Source(name: "prompt", text: text), commands: Builtin.commands).isIncomplete
  }

  package func completions(in text: String, at cursor: Int) -> Completions {
    Completion(names: state.globals, results: state.results.names, host: host)
      .completions(in: text, at: cursor)
  }

  /// Variables in alphabetical order, each with what it is.
  package var variables: [(name: String, summary: String)] {
    state.globals.sorted { $0.key < $1.key }.map { ($0.key, summary(of: $0.value)) }
  }

  private func summary(of value: Value) -> String {
    switch value {
    case .model(let model):
      Evaluator(state: state, host: host, source: Source(name: "", text: ""))
        .description(of: model)
    case .function(let closure): closure.description
    case .tensor(let tensor):
      tensor.rank == 0
        ? "number" : "tensor \(tensor.shape), \(byteCount(tensor.count * 4))"
    default: value.kindName
    }
  }
}

extension Evaluator {
  /// Runs a whole cell and shows the value of its last expression.
  func runCell(_ program: Program) throws {
    var last = Value.nothing
    for statement in program.statements {
      checkpoint = state
      changedGlobals = []
      // Whatever nobody has located yet belongs to the statement.
      try located(at: statement.span) {
        if case .value(let value) = try run(statement) { last = value } else { last = .nothing }
        // What a variable holds is computed once, here, and an error in it is the statement's.
        try settle(with: pendingGlobals, until: isInterrupted)
      }
    }
    guard !program.isSilenced, let span = program.statements.last?.span else { return }
    try located(at: span) {
      if let output = try shown(last) { outputs.append(output) }
      try keepResult(last)
    }
  }

  /// What was shown gets the next number; the help on a built-in is no value.
  private func keepResult(_ value: Value) throws {
    switch value {
    case .nothing, .builtin: return
    default:
      try realize(value.tensors)
      state.results.add(value)
    }
  }

  /// Brings the session back to where a next cell can start after this one failed.
  func recover() {
    frame = .topLevel(frame.source)
    callDepth = 0
    evaluationDepth = 0
    recorder = nil
    state.layers.isTraining = false
    let clock = ContinuousClock()
    let end = clock.now + Evaluator.recoveryTime
    if (try? settle(with: pendingGlobals) { clock.now > end }) != nil { return }
    // What cannot be computed, or takes too long, must not be left half done.
    for name in changedGlobals { state.globals[name] = checkpoint?.globals[name] }
    if (try? settle { clock.now > end }) == nil, let checkpoint { state = checkpoint }
  }

  /// How long a cell that failed or was stopped may go on computing what it has set.
  private static let recoveryTime = Duration.seconds(2)
}
