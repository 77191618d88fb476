import Models
import Tensors

/// A step of `train` that is run again without being interpreted, with the curves it tracks.
struct ReplayedStep {
  private let recorded: RecordedStep
  let path: StepPath
  /// Outer variables that the step reads as it finds them.
  private let reads: Set<String>
  private let tracked: [String]
  private let drawsPerStep: UInt64

  /// Nil if the step changed state that did not exist before it.
  init?(
    _ recorder: StepRecorder, state: SessionState, engine: Engine, firstDraw: RandomStream
  ) throws(TensorError) {
    drawsPerStep = state.layers.random.counter - firstDraw.counter
    let recorded = try RecordedStep(
      state.layers.state, engine: engine, sharesTraining: !recorder.path.isOnlyOne,
      observed: recorder.tracked.map(\.tensor), stepNumber: recorder.stepNumber,
      firstDraw: firstDraw, drawsPerStep: drawsPerStep)
    guard let recorded else { return nil }
    self.recorded = recorded
    path = recorder.path
    reads = recorder.carriedOver
    tracked = recorder.tracked.map(\.name)
  }

  /// Whether a step that was interpreted since has left valid what the recorded one took as given.
  func isCurrent(after step: StepRecorder, _ state: SessionState) -> Bool {
    reads.isDisjoint(with: step.rebound) && recorded.isCurrent(for: state.layers.state)
  }

  /// Takes over the state before the next step.
  func load(_ state: SessionState) {
    recorded.load(state.layers.state, stream: state.layers.random)
  }

  func show(to watch: (Replay) throws -> Void) throws { try watch(recorded.replay) }

  /// Runs steps until `end` or an interruption; gives the number of the next step.
  func run(
    from start: Int, to end: Int, _ state: inout SessionState, host: Host, _ watch: TrainingWatch
  ) throws(TensorError) -> Int {
    let curves = tracked.map { state.curveIndex(of: $0) }
    var step = start
    var failure: TensorError?
    while step < end, failure == nil, !host.interruption.isRaised {
      do throws(TensorError) { try recorded.replay.step(number: step) } catch { failure = error }
      guard failure == nil else { break }
      step += 1
      for (position, curve) in curves.enumerated() {
        state.history[curve].values.append(recorded.replay.observedValue(position))
      }
      watch.note(step: step, history: state.history)
    }
    try recorded.finish(into: &state.layers.state)
    state.layers.random.advance(by: drawsPerStep * UInt64(step - start))
    if let failure { throw failure }
    return step
  }
}

/// The kinds of step that a training can replay; only few, as each holds the state once more.
struct StepRecordings {
  private var recordings: [ReplayedStep] = []
  private static let capacity = 4

  mutating func add(_ recording: ReplayedStep) {
    if recordings.count == Self.capacity { recordings.removeFirst() }
    recordings.append(recording)
  }

  mutating func keep(where isCurrent: (ReplayedStep) -> Bool) {
    recordings.removeAll { !isCurrent($0) }
  }

  /// The recording that does the work of steps from `start` on, and the first one that it does not.
  func find(
    from start: Int, before last: Int
  ) throws(TensorError) -> (recording: ReplayedStep, end: Int)? {
    for recording in recordings {
      if let end = try recording.path.end(from: start, before: last) { return (recording, end) }
    }
    return nil
  }
}

extension SessionState {
  mutating func append(_ value: Float, to name: String) {
    history[curveIndex(of: name)].values.append(value)
  }

  /// Index of the curve of this name, which begins now if there is none.
  mutating func curveIndex(of name: String) -> Int {
    if let index = history.firstIndex(where: { $0.name == name }) { return index }
    history.append(Curve(name: name, values: []))
    return history.count - 1
  }
}
