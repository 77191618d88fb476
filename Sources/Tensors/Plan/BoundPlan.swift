import Kernels
import Synchronization

/// A plan tied to memory: everything a step needs is looked up once, so running it allocates
/// nothing.
final class BoundPlan {
  let plan: Plan
  /// Where each requested node's values are, in order.
  let results: [Storage]
  private let pool: ThreadPool
  private let owners: [Storage]
  private let scratch: Buffer
  /// Operands of all steps one after another; a step's begin at `starts[step]`.
  private let operands: UnsafeMutableBufferPointer<Buffer>
  private var starts: [Int] = []
  private let constants: Storage
  private let leases: ScratchLeases

  init(
    _ plan: Plan, leaves: [Storage], constants values: [Float], results: [Storage],
    arena: Storage, scratch: Storage, pool: ThreadPool
  ) throws(TensorError) {
    self.plan = plan
    self.results = results
    self.pool = pool
    self.scratch = scratch.buffer
    constants = try Storage.allocate(count: values.count)
    for (index, value) in values.enumerated() { constants.buffer[index] = value }
    owners = leaves + results + [arena, scratch]
    leases = ScratchLeases(count: pool.threads)
    let all = plan.steps.map(\.operands)
    operands = .allocate(capacity: all.reduce(0) { $0 + $1.count })
    let constantBase = constants.buffer.base
    var next = 0
    for list in all {
      starts.append(next)
      for operand in list {
        let base =
          switch plan.slots[operand.slot].home {
          case .leaf(let index): leaves[index].buffer.base
          case .output(let index): results[index].buffer.base
          case .constant(let index): constantBase + index
          case .arena(let offset): arena.buffer.base + offset
          }
        operands.initializeElement(
          at: next, to: Buffer(base: base + operand.offset, count: operand.count))
        next += 1
      }
    }
  }

  deinit { operands.deallocate() }

  /// Runs the plan with the given random draws, unless it is stopped, which throws `interrupted`.
  func perform(
    draws: [(seed: UInt64, counter: UInt64)], until isStopped: (() -> Bool)? = nil
  ) throws(TensorError) {
    pool.isStopped = isStopped
    defer { pool.isStopped = nil }
    for index in plan.steps.indices {
      try perform(plan.steps[index], operands.baseAddress! + starts[index], draws)
      if let isStopped, isStopped() { throw .interrupted }
    }
  }

  /// Runs the plan and gives how long each of its steps took.
  func performTimed(draws: [(seed: UInt64, counter: UInt64)]) throws(TensorError) -> [Duration] {
    let clock = ContinuousClock()
    var times: [Duration] = []
    for index in plan.steps.indices {
      let start = clock.now
      try perform(plan.steps[index], operands.baseAddress! + starts[index], draws)
      times.append(clock.now - start)
    }
    return times
  }

  private func perform(
    _ step: Step, _ operands: UnsafeMutablePointer<Buffer>,
    _ draws: [(seed: UInt64, counter: UInt64)]
  ) throws(TensorError) {
    switch step {
    case .map(let map): run(map, operands)
    case .product(let product): run(product, operands)
    case .convolution(let convolution): run(convolution, operands)
    case .reduce(let reduction): run(reduction, operands)
    case .cumsum(let scan):
      cumulativeSum(scan.view, operands[0], into: operands[1], pool: pool)
    case .argsort(_, _, let rows, let columns):
      argsortRows(
        operands[0], rows: rows, count: columns, into: operands[1], scratch: scratch, pool: pool)
    case .copy(let copy): copyStrided(copy.copy, from: operands[0], into: operands[1], pool: pool)
    case .zero: operands[0].base.update(repeating: 0, count: operands[0].count)
    case .random(let random): fill(random, operands[0], draws[random.draw])
    case .gather(let gather):
      try check(operands[1], gather)
      gatherRows(
        operands[0], width: gather.width, indices: operands[1], into: operands[2], pool: pool)
    case .pool(let step):
      if step.gradient == nil {
        step.pooling.max(input: operands[0], output: operands[1], pool: pool)
      } else {
        step.pooling.maxGradient(
          input: operands[0], outputGradient: operands[1], result: operands[2], pool: pool)
      }
    case .scatterAdd(let scatter):
      try check(operands[1], scatter)
      operands[2].base.update(repeating: 0, count: operands[2].count)
      scatterAddRows(
        operands[0], rows: scatter.rows, width: scatter.width, indices: operands[1],
        into: operands[2], pool: pool)
    }
  }

  // MARK: Chains

  private func run(_ map: MapStep, _ operands: UnsafeMutablePointer<Buffer>) {
    runElementwise(
      map.program, inputs: map.inputs(in: operands), outputs: map.outputs(in: operands),
      count: map.count, scratch: scratch, pool: pool)
  }

  // MARK: Products

  private func run(_ step: ProductStep, _ operands: UnsafeMutablePointer<Buffer>) {
    let columns = step.product.n
    let size = step.product.m * columns
    for batch in 0..<step.batches {
      let left = operands[0].advanced(by: batch * step.leftBatchStride)
      let right = operands[1].advanced(by: batch * step.rightBatchStride)
      let output = operands[2].advanced(by: batch * size)
      guard let chain = step.epilogue else {
        step.product.run(a: left, b: right, c: output, scratch: scratch, pool: pool)
        continue
      }
      let finisher = makeFinisher(
        chain, operands + 3, after: step.scratchCount(threads: pool.threads))
      step.product.run(a: left, b: right, c: output, scratch: scratch, pool: pool) { rows, span in
        finisher.finish(
          FinishedBlock(
            start: batch * size + rows.lowerBound * columns + span.lowerBound, rows: rows.count,
            rowLength: span.count, rowStride: columns))
      }
    }
  }

  private func run(_ step: ConvolutionStep, _ operands: UnsafeMutablePointer<Buffer>) {
    let finisher = step.epilogue.map { chain in
      makeFinisher(chain, operands + 3, after: step.scratchCount)
    }
    let geometry = step.geometry
    switch step.kind {
    case .forward:
      geometry.forward(
        input: operands[0], weights: operands[1], output: operands[2], scratch: scratch, pool: pool
      ) { finisher?.finish(FinishedBlock(images: $0, floats: $1, of: geometry.outImageFloats)) }
    case .input:
      geometry.inputGradient(
        outputGradient: operands[0], weights: operands[1], result: operands[2], scratch: scratch,
        pool: pool
      ) { finisher?.finish(FinishedBlock(images: $0, floats: $1, of: geometry.imageFloats)) }
    case .weight:
      geometry.weightGradient(
        input: operands[0], outputGradient: operands[1], result: operands[2], scratch: scratch,
        pool: pool
      ) {
        finisher?.finish(
          FinishedBlock(start: $0.lowerBound, rows: 1, rowLength: $0.count, rowStride: 0))
      }
    }
  }

  /// Elements of a result that are final while they are still hot: equal rows, equally far apart.
  private struct FinishedBlock {
    let start: Int
    let rows: Int
    let rowLength: Int
    let rowStride: Int

    init(start: Int, rows: Int, rowLength: Int, rowStride: Int) {
      self.start = start
      // Rows without gaps are one row.
      self.rows = rowLength == rowStride ? 1 : rows
      self.rowLength = rowLength == rowStride ? rows * rowLength : rowLength
      self.rowStride = rowStride
    }

    init(images: Range<Int>, floats: Range<Int>, of imageFloats: Int) {
      self.init(
        start: images.lowerBound * imageFloats + floats.lowerBound, rows: images.count,
        rowLength: floats.count, rowStride: imageFloats)
    }
  }

  /// Runs a chain over each finished block, on the thread that finished it.
  private struct Finisher {
    let chain: MapStep
    let operands: UnsafeMutablePointer<Buffer>
    let scratch: UnsafeMutablePointer<Float>
    let share: Int
    let leases: ScratchLeases

    func finish(_ block: FinishedBlock) {
      let lease = leases.take()
      let own = Buffer(base: scratch + lease * share, count: share)
      for row in 0..<block.rows {
        let start = block.start + row * block.rowStride
        runElementwise(
          chain.program, inputs: chain.inputs(in: operands), outputs: chain.outputs(in: operands),
          range: start..<(start + block.rowLength), scratch: own)
      }
      leases.give(back: lease)
    }
  }

  private func makeFinisher(
    _ chain: MapStep, _ operands: UnsafeMutablePointer<Buffer>, after used: Int
  ) -> Finisher {
    Finisher(
      chain: chain, operands: operands, scratch: scratch.base + wholeLines(used),
      share: wholeLines(elementwiseScratchFloats(for: chain.program)), leases: leases)
  }

  // MARK: Others

  private func run(_ step: ReduceStep, _ operands: UnsafeMutablePointer<Buffer>) {
    switch step.kind {
    case .sum, .cumsum:
      reduce(.sum, step.view, operands[0], into: operands[1], scratch: scratch, pool: pool)
    case .maximum:
      reduce(.maximum, step.view, operands[0], into: operands[1], scratch: scratch, pool: pool)
    case .minimum:
      reduce(.minimum, step.view, operands[0], into: operands[1], scratch: scratch, pool: pool)
    case .argmax: reduceIndex(.argmax, step.view, operands[0], into: operands[1], pool: pool)
    case .argmin: reduceIndex(.argmin, step.view, operands[0], into: operands[1], pool: pool)
    }
  }

  private func fill(
    _ step: RandomStep, _ target: Buffer, _ draw: (seed: UInt64, counter: UInt64)
  ) {
    let key = RandomKey(seed: draw.seed, draw: draw.counter)
    switch step.distribution {
    case .uniform: fillRandom(.uniform, key, into: target, pool: pool)
    case .normal: fillRandom(.normal, key, into: target, pool: pool)
    case .integers(let bound): fillRandom(.integers(bound: bound), key, into: target, pool: pool)
    case .permutation: fillPermutation(key, into: target)
    }
  }

  private func check(_ indices: Buffer, _ step: GatherStep) throws(TensorError) {
    if let position = firstInvalidIndex(indices, rows: step.rows) {
      let index = indices[position]
      guard let whole = Int(exactly: index) else { throw .indexNotWhole(index) }
      throw .indexOutOfRange(index: whole, size: step.rows, axis: 0)
    }
  }
}

extension Buffer {
  fileprivate func advanced(by floats: Int) -> Buffer {
    Buffer(base: base + floats, count: count - floats)
  }
}

extension MapStep {
  fileprivate func inputs(
    in operands: UnsafeMutablePointer<Buffer>
  ) -> UnsafeBufferPointer<Buffer> {
    UnsafeBufferPointer(start: operands, count: inputs.count)
  }

  fileprivate func outputs(
    in operands: UnsafeMutablePointer<Buffer>
  ) -> UnsafeBufferPointer<Buffer> {
    UnsafeBufferPointer(start: operands + inputs.count, count: outputs.count)
  }
}

extension ReduceStep {
  var view: ReductionView { ReductionView(outer: outer, reduced: reduced, inner: inner) }
}

extension Step {
  /// Everything a step touches, in the order in which running it expects them.
  var operands: [Operand] {
    let chained = chain.map { $0.inputs + $0.outputs } ?? []
    return directReads + directWrites + chained
  }
}

/// Slices of scratch memory, one per thread, taken by whoever runs a chain right now.
private final class ScratchLeases: Sendable {
  private let taken = Atomic<UInt64>(0)
  private let count: Int

  init(count: Int) { self.count = count }

  func take() -> Int {
    while true {
      let seen = taken.load(ordering: .relaxed)
      let free = (~seen).trailingZeroBitCount
      if free < count,
        taken.compareExchange(
          expected: seen, desired: seen | (1 << UInt64(free)), ordering: .acquiring
        ).exchanged
      {
        return free
      }
    }
  }

  func give(back lease: Int) {
    taken.bitwiseAnd(~(1 << UInt64(lease)), ordering: .releasing)
  }
}

extension Plan {
  /// Floats of scratch memory that the hungriest step needs.
  func scratchCount(threads: Int) -> Int {
    steps.map { $0.scratchCount(threads: threads) }.max() ?? 0
  }
}

extension Step {
  fileprivate func scratchCount(threads: Int) -> Int {
    let chained =
      chain.map { wholeLines(elementwiseScratchFloats(for: $0.program)) * threads } ?? 0
    switch self {
    case .product(let step): return wholeLines(step.scratchCount(threads: threads)) + chained
    case .convolution(let step): return wholeLines(step.scratchCount) + chained
    case .reduce(let step): return reductionScratchFloats(for: step.view)
    case .argsort(_, _, _, let columns): return sortScratchFloats(count: columns) * threads
    default: return chained
    }
  }
}

extension ProductStep {
  fileprivate func scratchCount(threads: Int) -> Int { product.scratchFloats(threads: threads) }
}

extension ConvolutionStep {
  fileprivate var scratchCount: Int {
    switch kind {
    case .forward: geometry.forwardScratchFloats
    case .input: geometry.inputGradientScratchFloats
    case .weight: geometry.weightGradientScratchFloats
    }
  }
}

/// A number of floats rounded up to whole cache lines.
private func wholeLines(_ floats: Int) -> Int {
  (floats + Buffer.lanes - 1) / Buffer.lanes * Buffer.lanes
}
