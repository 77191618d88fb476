import Testing

@testable import Kernels

@Suite struct ElementwiseTests {
  static func run(
    _ program: ElementwiseProgram, _ inputs: [[Float]], count: Int, pool: ThreadPool,
    inPlace: [Int: Int] = [:]
  ) -> [[Float]] {
    let inputs = inputs.map(KernelTest.storage)
    let outputs = program.outputs.indices.map { k in
      inPlace[k].map { inputs[$0] } ?? KernelTest.storage(count: count + 1)
    }
    let scratch = KernelTest.storage(
      count: pool.threads * elementwiseScratchFloats(for: program), filledWith: .nan)
    inputs.map(\.buffer).withUnsafeBufferPointer { inputs in
      outputs.map(\.buffer).withUnsafeBufferPointer { outputs in
        runElementwise(
          program, inputs: inputs, outputs: outputs, count: count, scratch: scratch.buffer,
          pool: pool)
      }
    }
    for (k, output) in outputs.enumerated() where inPlace[k] == nil {
      #expect(output.buffer[count] == -12345, "nothing is written past the end")
    }
    return withExtendedLifetime((inputs, scratch)) {
      outputs.map { Array(KernelTest.array($0).prefix(count)) }
    }
  }

  /// Every layout, registers used twice, two outputs of one register, an output that is an input.
  static func mixed(count: Int) -> (ElementwiseProgram, [[Float]]) {
    let rows = 7
    let columns = max(count / rows, 1)
    // A transposed view and a backward one, both over at least `count` elements.
    let transposed = StridedView(shape: [columns + 7, rows], strides: [1, columns + 7])
    let backward = StridedView(shape: [max(count, 1)], strides: [-1], offset: max(count, 1) - 1)
    let layouts: [OperandLayout] = [
      .contiguous, .scalar, .repeated(period: 13), .repeated(period: 2500), .stretched(run: 5),
      .stretched(run: 1700), .strided(transposed), .strided(backward), .repeated(period: 128),
    ]
    let sizes = [
      count, 1, 13, 2500, count / 5 + 1, count / 1700 + 1, (columns + 7) * rows, max(count, 1), 128,
    ]
    let inputs = sizes.enumerated().map { KernelTest.values($1, salt: UInt32($0)) }
    let program = ElementwiseProgram(
      inputs: layouts,
      instructions: [
        ElementwiseInstruction(.add, to: 9, 0, 2),
        ElementwiseInstruction(.multiplyAdd, to: 10, 9, 1, 3),
        ElementwiseInstruction(.tanh, to: 9, 10),
        ElementwiseInstruction(.maximum, to: 11, 4, 5),
        ElementwiseInstruction(.subtract, to: 11, 11, 6),
        ElementwiseInstruction(.fill, to: 12, constant: 0.25),
        ElementwiseInstruction(.multiply, to: 11, 11, 12),
        ElementwiseInstruction(.select, to: 12, 7, 11, 9),
        ElementwiseInstruction(.add, to: 12, 12, 8),
      ],
      outputs: [12, 9, 12, 0], registerCount: 13)
    return (program, inputs)
  }

  @Test(arguments: KernelTest.sizes + [40_009])
  func chainsAreTheirReferenceBitForBit(count: Int) {
    let (program, inputs) = ElementwiseTests.mixed(count: count)
    let expected = Reference.elementwise(program, inputs: inputs, count: count)
    for pool in KernelTest.pools {
      let results = ElementwiseTests.run(program, inputs, count: count, pool: pool)
      for (result, expected) in zip(results, expected) {
        #expect(KernelTest.firstDifference(result, expected) == nil)
      }
    }
  }

  @Test(arguments: [1, 16, 1000, 1024, 3001])
  func anOutputMayBeItsInput(count: Int) {
    // x is read after the output's register is first written.
    let program = ElementwiseProgram(
      inputs: [.contiguous, .contiguous],
      instructions: [
        ElementwiseInstruction(.exp, to: 2, 0),
        ElementwiseInstruction(.multiply, to: 3, 0, 1),
        ElementwiseInstruction(.add, to: 3, 3, 2),
      ],
      outputs: [2, 3], registerCount: 4)
    let inputs = [KernelTest.values(count), KernelTest.values(count, salt: 5)]
    let expected = Reference.elementwise(program, inputs: inputs, count: count)
    for pool in KernelTest.pools {
      let results = ElementwiseTests.run(
        program, inputs, count: count, pool: pool, inPlace: [0: 0, 1: 1])
      #expect(KernelTest.firstDifference(results[0], expected[0]) == nil)
      #expect(KernelTest.firstDifference(results[1], expected[1]) == nil)
    }
  }

  @Test(arguments: [0..<0, 0..<5, 3..<20, 100..<3000, 1023..<1026])
  func onlyTheRangeIsWritten(range: Range<Int>) {
    let (program, inputs) = ElementwiseTests.mixed(count: 3000)
    let expected = Reference.elementwise(program, inputs: inputs, count: 3000)
    let storages = inputs.map(KernelTest.storage)
    let outputs = program.outputs.map { _ in KernelTest.storage(count: 3000) }
    let scratch = KernelTest.storage(count: elementwiseScratchFloats(for: program))
    storages.map(\.buffer).withUnsafeBufferPointer { inputs in
      outputs.map(\.buffer).withUnsafeBufferPointer { outputs in
        runElementwise(
          program, inputs: inputs, outputs: outputs, range: range, scratch: scratch.buffer)
      }
    }
    for (output, expected) in zip(outputs, expected) {
      let wanted = expected.enumerated().map { range.contains($0) ? $1 : -12345 }
      #expect(KernelTest.firstDifference(KernelTest.array(output), wanted) == nil)
    }
    withExtendedLifetime((storages, scratch)) {}
  }
}
