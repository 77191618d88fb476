internal import CInstructionSet

/// Floats of scratch memory that one thread needs to run a program.
package func elementwiseScratchFloats(for program: ElementwiseProgram) -> Int {
  let slots = ElementwiseSlots(program)
  return slots.tableFloats + program.registerCount * slots.stride
}

/// Runs a chain over the flat elements `range` of its outputs.
///
/// An output may be the same buffer as a contiguous input. Nothing outside of `range` is written.
package func runElementwise(
  _ program: ElementwiseProgram, inputs: UnsafeBufferPointer<Buffer>,
  outputs: UnsafeBufferPointer<Buffer>, range: Range<Int>, scratch: Buffer
) {
  if range.isEmpty { return }
  program.inputs.withUnsafeBufferPointer { layouts in
    program.instructions.withUnsafeBufferPointer { instructions in
      program.outputs.withUnsafeBufferPointer { registers in
        var run = ElementwiseRun(
          layouts: layouts, instructions: instructions, outputRegisters: registers,
          inputs: inputs, outputs: outputs, slots: ElementwiseSlots(program), scratch: scratch)
        run.all(range)
      }
    }
  }
}

/// Runs a chain over all `count` elements of its outputs, shared out among the threads of a pool.
///
/// `scratch` holds `elementwiseScratchFloats(for:)` floats for every thread.
package func runElementwise(
  _ program: ElementwiseProgram, inputs: UnsafeBufferPointer<Buffer>,
  outputs: UnsafeBufferPointer<Buffer>, count: Int, scratch: Buffer, pool: ThreadPool
) {
  let block = program.blockLength
  let isShared = ThreadPool.shares(floats: count) && program.cost * count >= 1 << 15
  let parts = isShared ? min(pool.threads, (count + block - 1) / block) : 1
  if parts <= 1 {
    return runElementwise(
      program, inputs: inputs, outputs: outputs, range: 0..<count, scratch: scratch)
  }
  let share = elementwiseScratchFloats(for: program)
  let blocks = (count + block - 1) / block
  pool.run(parts) { part in
    let start = blocks * part / parts * block
    let end = min(blocks * (part + 1) / parts * block, count)
    runElementwise(
      program, inputs: inputs, outputs: outputs, range: start..<end,
      scratch: Buffer(base: scratch.base + part * share, count: share))
  }
}

/// How scratch memory is laid out: a table of register addresses, then a slot for every register.
private struct ElementwiseSlots {
  let block: Int
  let tableFloats: Int
  let registerCount: Int

  init(_ program: ElementwiseProgram) {
    block = program.blockLength
    registerCount = program.registerCount
    tableFloats = (registerCount * 2 + 15) / 16 * 16
  }

  /// Not a power of two, so that equal positions of slots do not fight for a cache set; and room
  /// for the vector that `stretched` operands write past the end.
  var stride: Int { block + 48 }
}

/// One run of a program: its parts as plain pointers, and the addresses of its registers.
private struct ElementwiseRun {
  let layouts: UnsafeBufferPointer<OperandLayout>
  let instructions: UnsafeBufferPointer<ElementwiseInstruction>
  let outputRegisters: UnsafeBufferPointer<UInt16>
  let inputs: UnsafeBufferPointer<Buffer>
  let outputs: UnsafeBufferPointer<Buffer>
  let slots: ElementwiseSlots
  let registers: UnsafeMutablePointer<UnsafeMutablePointer<Float>>
  let slotBase: UnsafeMutablePointer<Float>
  /// Bit k: output k's register lives in the output itself.
  var direct: UInt64 = 0

  init(
    layouts: UnsafeBufferPointer<OperandLayout>,
    instructions: UnsafeBufferPointer<ElementwiseInstruction>,
    outputRegisters: UnsafeBufferPointer<UInt16>, inputs: UnsafeBufferPointer<Buffer>,
    outputs: UnsafeBufferPointer<Buffer>, slots: ElementwiseSlots, scratch: Buffer
  ) {
    self.layouts = layouts
    self.instructions = instructions
    self.outputRegisters = outputRegisters
    self.inputs = inputs
    self.outputs = outputs
    self.slots = slots
    registers = UnsafeMutableRawPointer(scratch.base).bindMemory(
      to: UnsafeMutablePointer<Float>.self, capacity: slots.registerCount)
    slotBase = scratch.base + slots.tableFloats
  }

  func slot(_ register: Int) -> UnsafeMutablePointer<Float> { slotBase + register * slots.stride }

  mutating func all(_ range: Range<Int>) {
    for register in 0..<slots.registerCount { registers[register] = slot(register) }
    for register in 0..<layouts.count {
      guard case .scalar = layouts[register] else { continue }
      fillVectors(slot(register), min(slots.block, range.count), inputs[register].base.pointee)
    }
    for k in 0..<min(outputs.count, 64) where isDirect(k) { direct |= 1 << UInt64(k) }
    var start = range.lowerBound
    while start < range.upperBound {
      let count = min(slots.block, range.upperBound - start)
      fetchInputs(of: start + count, before: range.upperBound)
      let whole = count & ~15
      if whole > 0 {
        step(start, whole, isStaged: false, isFirst: start == range.lowerBound)
      }
      // The last elements pass through slots, for an output ends where it ends.
      if whole < count { step(start + whole, count - whole, isStaged: true, isFirst: true) }
      start += count
    }
  }

  /// Asks for what the next block reads while this one is computed: a chain reads many streams,
  /// each for too short a while for the machine to foresee them.
  private func fetchInputs(of start: Int, before end: Int) {
    let count = min(slots.block, end - start)
    if count <= 0 { return }
    for register in 0..<layouts.count {
      guard case .contiguous = layouts[register] else { continue }
      let source = inputs[register].base + start
      for element in stride(from: 0, to: count, by: Buffer.lanes) {
        prefetchLine(source + element)
      }
    }
  }

  /// Whether a register may be kept in its output: it is computed, it has no other such home, and
  /// nothing reads an input of the same memory after it is first written.
  private func isDirect(_ k: Int) -> Bool {
    let register = outputRegisters[k]
    if Int(register) < layouts.count { return false }
    for earlier in 0..<k where outputRegisters[earlier] == register { return false }
    let base = outputs[k].base
    for input in 0..<layouts.count where inputs[input].base == base {
      var isWritten = false
      for instruction in instructions {
        if isWritten, instruction.reads(UInt16(input)) { return false }
        isWritten = isWritten || instruction.destination == register
      }
      for output in outputRegisters where output == UInt16(input) { return false }
    }
    return true
  }

  private func step(_ start: Int, _ count: Int, isStaged: Bool, isFirst: Bool) {
    for register in 0..<layouts.count {
      place(register, start, count, isStaged: isStaged, isFirst: isFirst)
    }
    for k in 0..<outputs.count where direct >> UInt64(k) & 1 == 1 {
      let register = Int(outputRegisters[k])
      registers[register] = isStaged ? slot(register) : outputs[k].base + start
    }
    let vectors = (count + 15) / 16
    for instruction in instructions {
      instruction.operation.apply(
        vectors, registers[Int(instruction.destination)], registers[Int(instruction.a)],
        registers[Int(instruction.b)], registers[Int(instruction.c)],
        constant: instruction.constant)
    }
    for k in 0..<outputs.count where isStaged || direct >> UInt64(k) & 1 == 0 {
      (outputs[k].base + start).update(from: registers[Int(outputRegisters[k])], count: count)
    }
  }

  /// Makes elements `start..<start + count` of an input readable as whole vectors.
  private func place(_ register: Int, _ start: Int, _ count: Int, isStaged: Bool, isFirst: Bool) {
    let source = inputs[register].base
    let target = slot(register)
    switch layouts[register] {
    case .scalar: return
    case .contiguous:
      if !isStaged {
        registers[register] = source + start
        return
      }
      target.update(from: source + start, count: count)
    case .repeated(let period):
      let phase = start % period
      if !isStaged, phase + count <= period {
        registers[register] = source + phase
        return
      }
      // Blocks of whole periods are all alike.
      if isFirst || slots.block % period != 0 {
        expandRepeated(source, period, phase, target, count)
      }
    case .stretched(let run): expandStretched(source, run, start, target, count)
    case .strided(let view): view.expand(from: source, start: start, count: count, into: target)
    }
    registers[register] = target
    if isStaged { for i in count..<16 { target[i] = 0 } }
  }
}
