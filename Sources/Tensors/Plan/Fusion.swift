import Kernels

/// Turns the members of one step into a program over registers.
struct ChainCompiler {
  /// Slots whose values somebody reads outside of the chain.
  let stored: Set<Int>
  /// Slot that the hosting step fills before its chain runs, if any.
  let members: [Lowering.Member]

  struct Chain {
    var program: ElementwiseProgram
    var inputs: [View]
    var outputSlots: [Int]
    /// For each output, index of its defining instruction.
    var definitions: [Int]
    /// For each input, index of the last instruction that reads it.
    var lastReads: [Int]
  }

  func compile() -> Chain {
    let memberSlots = Set(members.map(\.slot))
    var inputs: [View] = []
    var inputIndex: [InputKey: Int] = [:]
    for member in members {
      for view in member.inputs where !memberSlots.contains(view.slot) {
        let key = InputKey(view, in: member.shape)
        if inputIndex[key] == nil {
          inputIndex[key] = inputs.count
          inputs.append(view)
        }
      }
    }
    let lastUse = lastUses(memberSlots)
    var registers = RegisterFile(first: inputs.count)
    var registerOfSlot: [Int: Int] = [:]
    var instructions: [ElementwiseInstruction] = []
    var chain = Chain(
      program: ElementwiseProgram(inputs: [], instructions: [], outputs: [], registerCount: 0),
      inputs: inputs, outputSlots: [], definitions: [],
      lastReads: [Int](repeating: -1, count: inputs.count))
    for (index, member) in members.enumerated() {
      let operands = member.inputs.map { view -> Int in
        if let register = registerOfSlot[view.slot] { return register }
        let input = inputIndex[InputKey(view, in: member.shape)]!
        chain.lastReads[input] = index
        return input
      }
      // Inputs that die here are not reused for the result: kernels may assume that a block they
      // write is not one they read.
      let destination = registers.take()
      registerOfSlot[member.slot] = destination
      instructions.append(
        ElementwiseInstruction(
          member.operation, to: UInt16(destination), UInt16(operands[0]),
          UInt16(operands.count > 1 ? operands[1] : 0),
          UInt16(operands.count > 2 ? operands[2] : 0)))
      if stored.contains(member.slot) {
        chain.outputSlots.append(member.slot)
        chain.definitions.append(index)
        chain.program.outputs.append(UInt16(destination))
      }
      for slot in Set(member.inputs.map(\.slot)) + [member.slot]
      where lastUse[slot] == index && !stored.contains(slot) {
        if let register = registerOfSlot[slot] { registers.release(register) }
      }
    }
    chain.program.inputs = inputs.map(\.layout)
    chain.program.instructions = instructions
    chain.program.registerCount = registers.count
    return chain
  }

  /// A view as a chain reads it: the same slot under different shapes of equal layout is one input.
  private struct InputKey: Hashable {
    let slot: Int
    let offset: Int
    let layout: OperandLayout

    init(_ view: View, in shape: Shape) {
      slot = view.slot
      offset = view.offset
      layout = view.layout
    }
  }

  private func lastUses(_ memberSlots: Set<Int>) -> [Int: Int] {
    var lastUse: [Int: Int] = [:]
    for (index, member) in members.enumerated() {
      lastUse[member.slot] = index
      for view in member.inputs where memberSlots.contains(view.slot) { lastUse[view.slot] = index }
    }
    return lastUse
  }
}

/// Registers of a chain, handed out and taken back.
private struct RegisterFile {
  private var free: [Int] = []
  private(set) var count: Int

  init(first: Int) { count = first }

  mutating func take() -> Int {
    if let register = free.popLast() { return register }
    count += 1
    return count - 1
  }

  mutating func release(_ register: Int) { free.append(register) }
}

extension View {
  /// How a chain that runs over this view's shape in row-major order reads it.
  var layout: OperandLayout {
    if isContiguous { return shape.count == 1 ? .scalar : .contiguous }
    let axes = shape.sizes.indices.filter { shape[$0] != 1 }
    if axes.allSatisfy({ strides[$0] == 0 }) { return .scalar }
    if let split = axes.firstIndex(where: { strides[$0] != 0 }),
      axes[..<split].allSatisfy({ strides[$0] == 0 }), isGapless(axes[split...])
    {
      return .repeated(period: axes[split...].reduce(1) { $0 * shape[$1] })
    }
    if let split = axes.lastIndex(where: { strides[$0] != 0 }),
      axes[(split + 1)...].allSatisfy({ strides[$0] == 0 }), isGapless(axes[...split])
    {
      return .stretched(run: axes[(split + 1)...].reduce(1) { $0 * shape[$1] })
    }
    return .strided(StridedView(shape: shape.sizes, strides: strides))
  }

  private func isGapless(_ axes: ArraySlice<Int>) -> Bool {
    var expected = 1
    for axis in axes.reversed() {
      if strides[axis] != expected { return false }
      expected *= shape[axis]
    }
    return true
  }
}
