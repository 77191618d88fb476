/// One loop for every operation; the choice is made outside of the loop.
extension ElementwiseOperation {
  typealias Source = UnsafePointer<Float>
  typealias Target = UnsafeMutablePointer<Float>

  /// Applies the operation to whole vectors; a target may be one of the operands.
  func apply(
    _ vectors: Int, _ d: Target, _ a: Source, _ b: Source, _ c: Source, constant: Float
  ) {
    switch operandCount {
    case 0: fillVectors(d, vectors * 16, constant)
    case 2: applyBinary(vectors, d, a, b)
    case 3: applyTernary(vectors, d, a, b, c)
    default: applyUnary(vectors, d, a)
    }
  }

  @inline(__always)
  private func isTrue(_ x: Vector) -> VectorMath.Mask { x .!= Vector.zero }

  private func applyTernary(_ n: Int, _ d: Target, _ a: Source, _ b: Source, _ c: Source) {
    if self == .select {
      mapVectors(n, d, a, b, c) { $2.replacing(with: $1, where: isTrue($0)) }
    } else {
      mapVectors(n, d, a, b, c) { $2.addingProduct($0, $1) }
    }
  }

  private func applyBinary(_ n: Int, _ d: Target, _ a: Source, _ b: Source) {
    switch self {
    case .add: mapVectors(n, d, a, b) { $0 + $1 }
    case .subtract: mapVectors(n, d, a, b) { $0 - $1 }
    case .multiply: mapVectors(n, d, a, b) { $0 * $1 }
    case .divide: mapVectors(n, d, a, b) { $0 / $1 }
    case .remainder: mapVectors(n, d, a, b) { VectorMath.remainder($0, $1) }
    case .power: mapVectors(n, d, a, b) { VectorMath.power($0, $1) }
    case .minimum: mapVectors(n, d, a, b) { VectorMath.minimum($0, $1) }
    case .maximum: mapVectors(n, d, a, b) { VectorMath.maximum($0, $1) }
    case .equal: mapVectors(n, d, a, b) { VectorMath.indicator($0 .== $1) }
    case .notEqual: mapVectors(n, d, a, b) { VectorMath.indicator($0 .!= $1) }
    case .less: mapVectors(n, d, a, b) { VectorMath.indicator($0 .< $1) }
    case .lessOrEqual: mapVectors(n, d, a, b) { VectorMath.indicator($0 .<= $1) }
    case .greater: mapVectors(n, d, a, b) { VectorMath.indicator($0 .> $1) }
    case .greaterOrEqual: mapVectors(n, d, a, b) { VectorMath.indicator($0 .>= $1) }
    case .and: mapVectors(n, d, a, b) { VectorMath.indicator(isTrue($0) .& isTrue($1)) }
    default: mapVectors(n, d, a, b) { VectorMath.indicator(isTrue($0) .| isTrue($1)) }
    }
  }

  private func applyUnary(_ n: Int, _ d: Target, _ a: Source) {
    switch self {
    case .negate: mapVectors(n, d, a) { VectorMath.negate($0) }
    case .not: mapVectors(n, d, a) { VectorMath.indicator($0 .== Vector.zero) }
    case .absolute: mapVectors(n, d, a) { VectorMath.absolute($0) }
    case .sign: mapVectors(n, d, a) { VectorMath.sign($0) }
    case .floor: mapVectors(n, d, a) { VectorMath.floor($0) }
    case .ceiling: mapVectors(n, d, a) { VectorMath.ceiling($0) }
    case .round: mapVectors(n, d, a) { VectorMath.round($0) }
    case .truncate: mapVectors(n, d, a) { VectorMath.truncate($0) }
    case .square: mapVectors(n, d, a) { $0 * $0 }
    case .relu: mapVectors(n, d, a) { VectorMath.relu($0) }
    case .reciprocal: mapVectors(n, d, a) { VectorMath.splat(1) / $0 }
    case .step: mapVectors(n, d, a) { VectorMath.indicator($0 .> Vector.zero) }
    case .copy: mapVectors(n, d, a) { $0 }
    default: applyFunction(n, d, a)
    }
  }

  private func applyFunction(_ n: Int, _ d: Target, _ a: Source) {
    switch self {
    case .sqrt: mapVectors(n, d, a) { VectorMath.sqrt($0) }
    case .exp: mapVectors(n, d, a) { VectorMath.exp($0) }
    case .expm1: mapVectors(n, d, a) { VectorMath.expm1($0) }
    case .log: mapVectors(n, d, a) { VectorMath.log($0) }
    case .log1p: mapVectors(n, d, a) { VectorMath.log1p($0) }
    case .sin: mapVectors(n, d, a) { VectorMath.sin($0) }
    case .cos: mapVectors(n, d, a) { VectorMath.cos($0) }
    case .tan: mapVectors(n, d, a) { VectorMath.tan($0) }
    case .tanh: mapVectors(n, d, a) { VectorMath.tanh($0) }
    case .sigmoid: mapVectors(n, d, a) { VectorMath.sigmoid($0) }
    case .softplus: mapVectors(n, d, a) { VectorMath.softplus($0) }
    default: mapVectors(n, d, a) { VectorMath.erf($0) }
    }
  }
}
