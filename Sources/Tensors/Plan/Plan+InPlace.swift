import Kernels

extension Plan {
  /// Whether output `output` may be written straight over leaf `leaf`: every other read of the leaf
  /// comes earlier, and the chain that writes the output reads the leaf in step with it.
  func canOverwrite(leaf: Int, withOutput output: Int) -> Bool {
    guard let target = slots.firstIndex(where: { $0.home == .output(output) }),
      let source = slots.firstIndex(where: { $0.home == .leaf(leaf) }),
      slots[target].count == slots[source].count,
      !outputs.contains(.leaf(leaf))
    else { return false }
    guard let writer = steps.firstIndex(where: { $0.writes(target) }),
      let last = steps.lastIndex(where: { $0.reads(source) })
    else { return false }
    if last < writer { return true }
    return last == writer && steps[writer].readsInStep(source, whenWriting: target)
  }
}

extension Step {
  /// The elementwise chain of the step, if it has one.
  var chain: MapStep? {
    switch self {
    case .map(let step): step
    case .product(let step): step.epilogue
    case .convolution(let step): step.epilogue
    default: nil
    }
  }

  /// What the step reads, without its chain.
  var directReads: [Operand] {
    switch self {
    case .map, .zero, .random: []
    case .product(let step): [step.left, step.right]
    case .convolution(let step): [step.left, step.right]
    case .reduce(let step), .cumsum(let step): [step.input]
    case .argsort(let input, _, _, _): [input]
    case .copy(let step): [step.input]
    case .gather(let step), .scatterAdd(let step): [step.values, step.indices]
    case .pool(let step): [step.input] + (step.gradient.map { [$0] } ?? [])
    }
  }

  var directWrites: [Operand] {
    switch self {
    case .map: []
    case .product(let step): [step.output]
    case .convolution(let step): [step.output]
    case .reduce(let step), .cumsum(let step): [step.output]
    case .argsort(_, let output, _, _): [output]
    case .copy(let step): [step.output]
    case .zero(let operand): [operand]
    case .random(let step): [step.output]
    case .gather(let step), .scatterAdd(let step): [step.output]
    case .pool(let step): [step.output]
    }
  }

  func reads(_ slot: Int) -> Bool {
    directReads.contains { $0.slot == slot }
      || (chain?.inputs.contains { $0.slot == slot } ?? false)
  }

  func writes(_ slot: Int) -> Bool {
    directWrites.contains { $0.slot == slot }
      || (chain?.outputs.contains { $0.slot == slot } ?? false)
  }

  /// Whether the chain reads `source` element by element, never after it has begun to write
  /// `target` at the same place.
  fileprivate func readsInStep(_ source: Int, whenWriting target: Int) -> Bool {
    guard let chain, !directReads.contains(where: { $0.slot == source }),
      let output = chain.outputs.firstIndex(where: { $0.slot == target })
    else { return false }
    let inputs = chain.inputs.indices.filter { chain.inputs[$0].slot == source }
    guard inputs.count == 1, let input = inputs.first,
      chain.program.inputs[input] == .contiguous || chain.count == 1,
      chain.inputs[input].offset == 0
    else { return false }
    return chain.program.lastRead(ofRegister: input)
      <= chain.program.definition(ofRegister: Int(chain.program.outputs[output]))
  }
}

extension ElementwiseProgram {
  func lastRead(ofRegister register: Int) -> Int {
    instructions.lastIndex { instruction in
      let operands = [instruction.a, instruction.b, instruction.c]
      return operands.prefix(instruction.operation.operandCount).contains(UInt16(register))
    } ?? -1
  }

  func definition(ofRegister register: Int) -> Int {
    instructions.lastIndex { Int($0.destination) == register } ?? -1
  }
}
