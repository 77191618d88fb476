import Kernels

/// A plan in the making: nodes are added in order of computation, each becoming a view of something
/// already there, a member of an earlier step's chain, or a step of its own.
struct Lowering {
  var steps: [Draft] = []
  var slotCounts: [Int] = []
  /// Step that fills each slot; −1 for leaves and constants.
  var producers: [Int] = []
  /// Homes of the slots that are not the plan's to place.
  var fixedHomes: [Int: Slot.Home] = [:]
  var drawCount = 0

  /// A step before its chain is compiled and its memory placed.
  struct Draft {
    var kind: Kind
    /// Elementwise members in order, for steps that host a chain.
    var members: [Member] = []
    /// Elements that a hosted chain runs over; nil if the step hosts none.
    var hostedCount: Int?

    enum Kind {
      case chain
      case product(ProductDraft)
      case convolution(ConvolutionStep.Kind, Convolution, View, View, output: Int)
      case fixed(FixedStep)
    }
  }

  struct Member {
    let operation: ElementwiseOperation
    let inputs: [View]
    let slot: Int
    let shape: Shape
  }

  struct ProductDraft {
    let left: View
    let right: View
    let output: Int
  }

  /// A step that hosts nothing; its operands are whole slots or views.
  enum FixedStep {
    case reduce(ReduceStep.Kind, outer: Int, reduced: Int, inner: Int, View, output: Int)
    case argsort(View, rows: Int, columns: Int, output: Int)
    case copy(View, into: View)
    case zero(slot: Int)
    case random(Distribution, draw: Int, output: Int)
    case gather(View, indices: View, rows: Int, width: Int, output: Int)
    /// The largest values, or `gradient` laid where they are.
    case pool(Pooling, View, gradient: View?, output: Int)
    case scatterAdd(View, indices: View, rows: Int, width: Int, output: Int)
  }

  init() {
    // The prelude: scalar work on leaves (bias corrections, schedules) runs first, so that long
    // chains that need it can join the products they follow.
    steps.append(Draft(kind: .chain, hostedCount: 1))
  }

  mutating func makeSlot(count: Int, producer: Int) -> Int {
    slotCounts.append(count)
    producers.append(producer)
    return slotCounts.count - 1
  }

  mutating func makeFixedSlot(count: Int, home: Slot.Home) -> Int {
    let slot = makeSlot(count: count, producer: -1)
    fixedHomes[slot] = home
    return slot
  }

  /// Appends a step that fills a new slot.
  mutating func append(
    count: Int, hosting: Bool = false, _ kind: (_ output: Int) -> Draft.Kind
  ) -> Int {
    let slot = makeSlot(count: count, producer: steps.count)
    steps.append(Draft(kind: kind(slot), hostedCount: hosting ? count : nil))
    return slot
  }

  /// The view itself if gapless, else a gapless copy of it.
  mutating func contiguous(_ view: View) -> View {
    if view.isContiguous { return view }
    let slot = append(count: view.shape.count) { output in
      .fixed(.copy(view, into: View(slot: output, shape: view.shape)))
    }
    return View(slot: slot, shape: view.shape)
  }

  // MARK: Fusion

  /// Puts an elementwise operation into the earliest chain that can take it, or a new one.
  ///
  /// A chain can take it if everything that the operation reads is ready when the chain runs, and
  /// what it reads of the chain itself is read in step with it.
  mutating func addMember(
    _ operation: ElementwiseOperation, _ inputs: [View], shape: Shape
  ) -> View {
    let aligned = inputs.map { $0.broadcast(to: shape) }
    let host = hostIndex(for: aligned, count: shape.count)
    let slot = makeSlot(count: shape.count, producer: host)
    steps[host].members.append(
      Member(operation: operation, inputs: aligned, slot: slot, shape: shape))
    return View(slot: slot, shape: shape)
  }

  private mutating func hostIndex(for inputs: [View], count: Int) -> Int {
    let latest = inputs.map { producers[$0.slot] }.max() ?? -1
    if latest >= 0, steps[latest].hostedCount == count, hasRoom(steps[latest]),
      inputs.allSatisfy({ producers[$0.slot] < latest || $0.isWhole(count: count) })
    {
      return latest
    }
    for index in max(latest + 1, 0)..<max(steps.count, latest + 1) {
      if case .chain = steps[index].kind, steps[index].hostedCount == count,
        hasRoom(steps[index])
      {
        return index
      }
    }
    steps.append(Draft(kind: .chain, hostedCount: count))
    return steps.count - 1
  }

  /// Chains are bounded so that their registers stay in the first-level cache.
  private func hasRoom(_ step: Draft) -> Bool { step.members.count < Lowering.mostMembers }

  static let mostMembers = 64
}

extension View {
  /// Whether this view reads `count` elements of its slot in order from the start.
  func isWhole(count: Int) -> Bool {
    offset == 0 && shape.count == count && isContiguous
  }
}
