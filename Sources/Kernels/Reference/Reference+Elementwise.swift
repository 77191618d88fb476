/// Fused chains, one element at a time.
extension Reference {
  package static func apply(
    _ operation: ElementwiseOperation, _ a: Float, _ b: Float = 0, _ c: Float = 0,
    constant: Float = 0
  ) -> Float {
    switch operation {
    case .add: a + b
    case .subtract: a - b
    case .multiply: a * b
    case .divide: a / b
    case .remainder: remainder(a, b)
    case .power: power(a, b)
    case .minimum: minimum(a, b)
    case .maximum: maximum(a, b)
    case .equal: a == b ? 1 : 0
    case .notEqual: a != b ? 1 : 0
    case .less: a < b ? 1 : 0
    case .lessOrEqual: a <= b ? 1 : 0
    case .greater: a > b ? 1 : 0
    case .greaterOrEqual: a >= b ? 1 : 0
    case .and: a != 0 && b != 0 ? 1 : 0
    case .or: a != 0 || b != 0 ? 1 : 0
    case .multiplyAdd: fused(a, b, c)
    case .select: a != 0 ? b : c
    case .fill: constant
    default: apply(unary: operation, a)
    }
  }

  private static func apply(unary operation: ElementwiseOperation, _ a: Float) -> Float {
    switch operation {
    case .negate: -a
    case .not: a == 0 ? 1 : 0
    case .absolute: a.magnitude
    case .sign: a > 0 ? 1 : a < 0 ? -1 : a
    case .floor: floor(a)
    case .ceiling: a.rounded(.up)
    case .round: a.rounded(.toNearestOrEven)
    case .truncate: a.rounded(.towardZero)
    case .sqrt: a.squareRoot()
    case .square: a * a
    case .exp: exp(a)
    case .expm1: expm1(a)
    case .log: log(a)
    case .log1p: log1p(a)
    case .sin: sin(a)
    case .cos: cos(a)
    case .tan: tan(a)
    case .tanh: tanh(a)
    case .sigmoid: sigmoid(a)
    case .softplus: softplus(a)
    case .relu: a <= 0 ? 0 : a
    case .erf: erf(a)
    case .reciprocal: 1 / a
    case .step: a > 0 ? 1 : 0
    default: a
    }
  }

  /// Where an operand's element for output element i is.
  package static func position(_ i: Int, in layout: OperandLayout) -> Int {
    switch layout {
    case .contiguous: return i
    case .scalar: return 0
    case .repeated(let period): return i % period
    case .stretched(let run): return i / run
    case .strided(let view):
      var (rest, position) = (i, view.offset)
      for dimension in (0..<view.rank).reversed() {
        position += rest % view.shape[dimension] * view.strides[dimension]
        rest /= view.shape[dimension]
      }
      return position
    }
  }

  /// The outputs of a chain of `count` elements.
  package static func elementwise(
    _ program: ElementwiseProgram, inputs: [[Float]], count: Int
  ) -> [[Float]] {
    var outputs = [[Float]](repeating: [], count: program.outputs.count)
    for i in 0..<count {
      var registers = [Float](repeating: 0, count: program.registerCount)
      for (register, layout) in program.inputs.enumerated() {
        registers[register] = inputs[register][position(i, in: layout)]
      }
      for step in program.instructions {
        registers[Int(step.destination)] = apply(
          step.operation, registers[Int(step.a)], registers[Int(step.b)], registers[Int(step.c)],
          constant: step.constant)
      }
      for (k, register) in program.outputs.enumerated() {
        outputs[k].append(registers[Int(register)])
      }
    }
    return outputs
  }
}
