/// Logarithms: x = 2ᵉ m with √½ ≤ m < √2, and a polynomial in m - 1.
extension VectorMath {
  /// The bits of 2ᵉ over those of 1, where x = 2ᵉ m and √½ ≤ m < √2.
  @inline(__always)
  static func exponentBits(_ x: Vector) -> Integers {
    (bits(x) &- bits(splat(Coefficients.halfRoot))) & Integers(repeating: -0x80_0000)
  }

  /// log((1 + f) 2ᵉ).
  @inline(__always)
  static func logarithm(_ f: Vector, exponent: Vector) -> Vector {
    let bend = fused(polynomial(f, Coefficients.logarithm), f, -0.5)
    let low = fused(exponent, splat(Coefficients.ln2Low), (f * f) * bend)
    return fused(exponent, splat(Coefficients.ln2High), f + low)
  }

  /// Precision: 2 ulp.
  @inline(__always)
  package static func log(_ x: Vector) -> Vector {
    let isTiny = x .< splat(0x1p-126)
    let scaled = x.replacing(with: x * splat(0x1p23), where: isTiny)
    let shift = exponentBits(scaled)
    let f = float(bits(scaled) &- shift) - splat(1)
    let lift = Vector.zero.replacing(with: splat(-23), where: isTiny)
    let result = logarithm(f, exponent: floats(shift &>> 23) + lift)
    return outside(result, x)
  }

  /// log(1 + x).
  ///
  /// Precision: 2 ulp.
  @inline(__always)
  package static func log1p(_ x: Vector) -> Vector {
    let sum = splat(1) + x
    let shift = exponentBits(sum)
    let scale = float(bits(splat(1)) &- shift)
    // (1 + x) / 2ᵉ - 1, rounded once; the 1 does not count any more where 2⁻ᵉ could underflow.
    let f = fused(x, scale, scale - splat(1))
      .replacing(with: float(bits(sum) &- shift) - splat(1), where: x .> splat(0x1p30))
    let result = outside(logarithm(f, exponent: floats(shift &>> 23)), sum)
    return result.replacing(with: x, where: x .== Vector.zero)
  }

  /// log(1 + exp(x)) = max(x, 0) + log1p(exp(-|x|)).
  ///
  /// Precision: 2 ulp.
  @inline(__always)
  package static func softplus(_ x: Vector) -> Vector {
    let small = exp(negate(absolute(x)))
    let f = small.replacing(
      with: fused(small, splat(0.5), splat(-0.5)), where: small .> splat(0.414))
    let exponent = indicator(small .> splat(0.414))
    return relu(x) + logarithm(f, exponent: exponent)
  }

  /// Gives the logarithm its values at zero, below zero, at infinity and NaN.
  @inline(__always)
  private static func outside(_ result: Vector, _ x: Vector) -> Vector {
    result
      .replacing(with: splat(-Float.infinity), where: x .== Vector.zero)
      .replacing(with: splat(Float.nan), where: x .< Vector.zero)
      .replacing(with: x, where: isNaN(x) .| (x .== splat(Float.infinity)))
  }
}
