/// What one instruction of a fused chain computes for every element.
///
/// Comparisons and logic give 0 or 1, and any number but zero counts as true. `remainder` has the
/// sign of the divisor. `minimum` and `maximum` give NaN if either operand is NaN.
package enum ElementwiseOperation: UInt8, CaseIterable, Sendable {
  case copy, add, subtract, multiply, divide, remainder, power, minimum, maximum
  case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual, and, or
  case negate, not, absolute, sign, floor, ceiling, round, truncate
  case sqrt, square, exp, expm1, log, log1p, sin, cos, tan, tanh, sigmoid, softplus, relu, erf
  case reciprocal
  /// 1 where a > 0, else 0.
  case step
  /// a * b + c, rounded once.
  case multiplyAdd
  /// b where a is not 0, else c.
  case select
  /// The instruction's own constant.
  case fill

  package var operandCount: Int {
    switch self {
    case .fill: 0
    case .multiplyAdd, .select: 3
    case .add, .subtract, .multiply, .divide, .remainder, .power, .minimum, .maximum, .equal,
      .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .and, .or:
      2
    default: 1
    }
  }

  /// Rough time per element in units of an addition that finds its operands in cache.
  package var cost: Int {
    switch self {
    case .exp, .expm1, .log, .log1p, .sin, .cos, .sigmoid, .erf, .remainder: 8
    case .tan, .tanh, .softplus: 12
    case .power: 24
    case .divide, .reciprocal, .sqrt: 3
    default: 1
    }
  }
}

/// registers[destination] = operation(registers[a], registers[b], registers[c]).
package struct ElementwiseInstruction: Sendable, Hashable {
  package var operation: ElementwiseOperation
  package var destination: UInt16
  package var a: UInt16
  package var b: UInt16
  package var c: UInt16
  /// What `fill` writes.
  package var constant: Float

  package init(
    _ operation: ElementwiseOperation, to destination: UInt16, _ a: UInt16 = 0, _ b: UInt16 = 0,
    _ c: UInt16 = 0, constant: Float = 0
  ) {
    self.operation = operation
    self.destination = destination
    self.a = a
    self.b = b
    self.c = c
    self.constant = constant
  }

  /// Whether the instruction reads a register.
  func reads(_ register: UInt16) -> Bool {
    let count = operation.operandCount
    return count > 0 && a == register || count > 1 && b == register || count > 2 && c == register
  }
}

/// How the elements of an operand follow the flat index of the output.
package enum OperandLayout: Sendable, Hashable {
  case contiguous
  case scalar
  /// Index i reads element i % period: a row of biases.
  case repeated(period: Int)
  /// Index i reads element i / run: one value for each row.
  case stretched(run: Int)
  /// Any transposed, sliced or broadcast view over the output's index space.
  case strided(StridedView)
}

/// A chain of elementwise instructions over registers.
///
/// Register r below `inputs.count` is input r and is never a destination. The other registers may
/// be written any number of times, each before it is read.
package struct ElementwiseProgram: Sendable, Hashable {
  package var inputs: [OperandLayout]
  package var instructions: [ElementwiseInstruction]
  /// The registers to store, each in a contiguous output.
  package var outputs: [UInt16]
  package var registerCount: Int

  package init(
    inputs: [OperandLayout], instructions: [ElementwiseInstruction], outputs: [UInt16],
    registerCount: Int
  ) {
    self.inputs = inputs
    self.instructions = instructions
    self.outputs = outputs
    self.registerCount = registerCount
  }

  /// Elements that pass through the whole chain before the next ones do: as many as let every
  /// register stay in the first-level cache.
  package var blockLength: Int {
    registerCount <= 8 ? 1024 : registerCount <= 16 ? 512 : 256
  }

  /// Rough time per element in units of an addition.
  package var cost: Int { instructions.reduce(inputs.count) { $0 + $1.operation.cost } }
}
