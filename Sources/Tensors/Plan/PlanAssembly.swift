import Kernels

/// The last stage of planning: chains become programs, slots get homes, drafts become steps.
struct PlanAssembly {
  let lowering: Lowering
  private(set) var homes: [Int: Slot.Home]
  private(set) var arenaCount = 0
  private var memory = MemoryPlanner()
  private var chains: [Int: ChainCompiler.Chain] = [:]

  init(lowering: Lowering, homes: [Int: Slot.Home]) {
    self.lowering = lowering
    self.homes = homes
  }

  var slots: [Slot] {
    lowering.slotCounts.enumerated().map { index, count in
      Slot(count: count, home: homes[index] ?? .arena(offset: 0))
    }
  }

  mutating func assemble() -> [Step] {
    compileChains()
    noteLifetimes()
    shareMemory()
    let temporaries = lowering.slotCounts.indices.filter {
      homes[$0] == nil && memory.lastStep(of: $0) != nil
    }
    let (offsets, total) = memory.place(temporaries, counts: lowering.slotCounts)
    for (slot, offset) in offsets { homes[slot] = .arena(offset: offset) }
    arenaCount = total
    return lowering.steps.indices.compactMap(step)
  }

  // MARK: Chains

  private mutating func compileChains() {
    let stored = slotsReadOutsideTheirChain()
    for (index, draft) in lowering.steps.enumerated() where !draft.members.isEmpty {
      chains[index] = ChainCompiler(stored: stored, members: draft.members).compile()
    }
  }

  private func slotsReadOutsideTheirChain() -> Set<Int> {
    var stored = Set(homes.keys)
    for (index, draft) in lowering.steps.enumerated() {
      for member in draft.members {
        for view in member.inputs where lowering.producers[view.slot] != index {
          stored.insert(view.slot)
        }
      }
      for view in draft.kind.reads { stored.insert(view.slot) }
    }
    return stored
  }

  // MARK: Memory

  private mutating func noteLifetimes() {
    for (index, draft) in lowering.steps.enumerated() {
      for view in draft.kind.reads { memory.touch(view.slot, at: index) }
      for slot in draft.kind.writes { memory.touch(slot, at: index) }
      guard let chain = chains[index] else { continue }
      for view in chain.inputs { memory.touch(view.slot, at: index) }
      for slot in chain.outputSlots { memory.touch(slot, at: index) }
    }
  }

  /// A chain's output takes the memory of an input of the chain that nobody needs afterwards, if
  /// the input was read to the end before the output is first written.
  private mutating func shareMemory() {
    for (index, chain) in chains.sorted(by: { $0.key < $1.key }) {
      // What the hosting product reads itself is not read in step with the chain.
      var taken = Set(lowering.steps[index].kind.reads.map(\.slot))
      for (output, slot) in chain.outputSlots.enumerated() where homes[slot] == nil {
        for (input, view) in chain.inputs.enumerated()
        where homes[view.slot] == nil && !taken.contains(view.slot)
          && chain.program.inputs[input] == .contiguous
          && view.isWhole(count: lowering.slotCounts[slot])
          && memory.lastStep(of: memory.root(of: view.slot)) == index
          && chain.lastReads[input] < chain.definitions[output]
          && chain.inputs.filter({ $0.slot == view.slot }).count == 1
        {
          memory.take(view.slot, for: slot)
          taken.insert(view.slot)
          break
        }
      }
    }
  }

  // MARK: Steps

  private func operand(_ view: View) -> Operand {
    Operand(slot: view.slot, offset: view.offset, count: view.shape.count)
  }

  private func operand(whole slot: Int) -> Operand {
    Operand(slot: slot, offset: 0, count: lowering.slotCounts[slot])
  }

  private func mapStep(_ index: Int) -> MapStep? {
    guard let chain = chains[index], let count = lowering.steps[index].hostedCount else {
      return nil
    }
    return MapStep(
      program: chain.program, inputs: chain.inputs.map(operand),
      outputs: chain.outputSlots.map(operand(whole:)), count: count)
  }

  private func step(_ index: Int) -> Step? {
    switch lowering.steps[index].kind {
    case .chain: return mapStep(index).map(Step.map)
    case .product(let draft): return .product(productStep(draft, epilogue: mapStep(index)))
    case .convolution(let kind, let geometry, let left, let right, let output):
      return .convolution(
        ConvolutionStep(
          kind: kind, geometry: geometry, left: operand(left), right: operand(right),
          output: operand(whole: output), epilogue: mapStep(index)))
    case .fixed(let fixed): return step(fixed)
    }
  }

  private func productStep(_ draft: Lowering.ProductDraft, epilogue: MapStep?) -> ProductStep {
    let (left, right) = (draft.left, draft.right)
    let rank = left.shape.rank
    let batch = Shape(Array(left.shape.sizes.dropLast(2)))
    let leftBatch = View(
      slot: 0, shape: batch, strides: Array(left.strides.dropLast(2)), offset: 0)
    let rightBatch = View(
      slot: 0, shape: batch, strides: Array(right.strides.dropLast(2)), offset: 0)
    let product = MatrixProduct(
      m: left.shape[rank - 2], n: right.shape[rank - 1], k: left.shape[rank - 1],
      leftRowStride: left.strides[rank - 2], leftColumnStride: left.strides[rank - 1],
      rightRowStride: right.strides[rank - 2], rightColumnStride: right.strides[rank - 1])
    return ProductStep(
      product: product, batches: batch.count, left: operand(left),
      leftBatchStride: leftBatch.uniformStride ?? 0, right: operand(right),
      rightBatchStride: rightBatch.uniformStride ?? 0, output: operand(whole: draft.output),
      epilogue: epilogue)
  }

  private func step(_ fixed: Lowering.FixedStep) -> Step {
    switch fixed {
    case .reduce(let kind, let outer, let reduced, let inner, let view, let output):
      let step = ReduceStep(
        kind: kind, outer: outer, reduced: reduced, inner: inner, input: operand(view),
        output: operand(whole: output))
      return kind == .cumsum ? .cumsum(step) : .reduce(step)
    case .argsort(let view, let rows, let columns, let output):
      return .argsort(
        input: operand(view), output: operand(whole: output), rows: rows, columns: columns)
    case .copy(let source, let target): return .copy(copyStep(source, target))
    case .zero(let slot): return .zero(operand(whole: slot))
    case .random(let distribution, let draw, let output):
      return .random(
        RandomStep(distribution: distribution, draw: draw, output: operand(whole: output)))
    case .gather(let values, let indices, let rows, let width, let output):
      return .gather(gatherStep(values, indices, rows, width, output))
    case .scatterAdd(let values, let indices, let rows, let width, let output):
      return .scatterAdd(gatherStep(values, indices, rows, width, output))
    case .pool(let pooling, let view, let gradient, let output):
      return .pool(
        PoolStep(
          pooling: pooling, input: operand(view), gradient: gradient.map(operand),
          output: operand(whole: output)))
    }
  }

  private func gatherStep(
    _ values: View, _ indices: View, _ rows: Int, _ width: Int, _ output: Int
  ) -> GatherStep {
    GatherStep(
      values: operand(values), indices: operand(indices), output: operand(whole: output),
      rows: rows, width: width)
  }

  private func copyStep(_ source: View, _ target: View) -> CopyStep {
    CopyStep(
      copy: StridedCopy(
        shape: source.shape.sizes, sourceStrides: source.strides, targetStrides: target.strides),
      input: operand(source), output: operand(target))
  }
}

extension Lowering.Draft.Kind {
  /// What the step itself reads, without its chain.
  var reads: [View] {
    switch self {
    case .chain: return []
    case .product(let draft): return [draft.left, draft.right]
    case .convolution(_, _, let left, let right, _): return [left, right]
    case .fixed(.reduce(_, _, _, _, let view, _)), .fixed(.argsort(let view, _, _, _)),
      .fixed(.copy(let view, _)):
      return [view]
    case .fixed(.gather(let values, let indices, _, _, _)),
      .fixed(.scatterAdd(let values, let indices, _, _, _)):
      return [values, indices]
    case .fixed(.pool(_, let view, let gradient, _)): return [view] + (gradient.map { [$0] } ?? [])
    case .fixed(.zero), .fixed(.random): return []
    }
  }

  /// What the step itself fills, without its chain.
  var writes: [Int] {
    switch self {
    case .chain: return []
    case .product(let draft): return [draft.output]
    case .convolution(_, _, _, _, let output): return [output]
    case .fixed(.reduce(_, _, _, _, _, let output)), .fixed(.argsort(_, _, _, let output)),
      .fixed(.random(_, _, let output)), .fixed(.gather(_, _, _, _, let output)),
      .fixed(.scatterAdd(_, _, _, _, let output)), .fixed(.pool(_, _, _, let output)):
      return [output]
    case .fixed(.zero(let slot)): return [slot]
    case .fixed(.copy(_, let target)): return [target.slot]
    }
  }
}
