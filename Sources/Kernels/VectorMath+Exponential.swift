/// Exponentials: x = n ln 2 + r with |r| ≤ ln 2 / 2, a polynomial in r, and n in the exponent.
extension VectorMath {
  /// 2ⁿ as two factors, so that a result below the normal range is rounded once.
  struct Scale {
    let first: Vector
    let second: Vector

    @inline(__always)
    init(_ n: Integers) {
      let half = n &>> 1
      let bias = Integers(repeating: 127)
      first = VectorMath.float((half &+ bias) &<< 23)
      second = VectorMath.float((n &- half &+ bias) &<< 23)
    }
  }

  struct Reduced {
    let n: Integers
    let whole: Vector
    let rest: Vector

    @inline(__always)
    init(_ x: Vector) {
      let magic = VectorMath.splat(Coefficients.roundingMagic)
      let shifted = VectorMath.fused(x, VectorMath.splat(Coefficients.log2e), magic)
      whole = shifted - magic
      n = VectorMath.bits(shifted) &- VectorMath.bits(magic)
      let upper = VectorMath.fused(whole, VectorMath.splat(-Coefficients.ln2High), x)
      rest = VectorMath.fused(whole, VectorMath.splat(-Coefficients.ln2Low), upper)
    }
  }

  /// exp(r) - 1 for |r| ≤ ln 2 / 2.
  @inline(__always)
  static func smallExponential(_ r: Vector) -> Vector {
    fused(r * r, polynomial(r, Coefficients.exponential), r)
  }

  @inline(__always)
  static func clampExponent(_ x: Vector) -> Vector {
    x.replacing(with: splat(89), where: x .> splat(89))
      .replacing(with: splat(-104), where: x .< splat(-104))
  }

  /// Precision: 1 ulp.
  @inline(__always)
  package static func exp(_ x: Vector) -> Vector { exp(x, low: Vector.zero) }

  /// exp(x + low) where `low` is below an ulp of `x`.
  @inline(__always)
  static func exp(_ x: Vector, low: Vector) -> Vector {
    let reduced = Reduced(clampExponent(x))
    let scale = Scale(reduced.n)
    // 1 + r is rounded, and what it lost is added with the small terms.
    let rest = reduced.rest + low
    let head = splat(1) + rest
    let lost = rest - (head - splat(1))
    let value = head + fused(rest * rest, polynomial(rest, Coefficients.exponential), lost)
    return value * scale.first * scale.second
  }

  /// Precision: 2 ulp.
  @inline(__always)
  package static func expm1(_ x: Vector) -> Vector {
    let reduced = Reduced(clampExponent(x))
    let n = reduced.n &- Integers(repeating: 1)
    // Half of the result, since 2ⁿ itself overflows before the result does.
    let scale = float((n &+ Integers(repeating: 127)) &<< 23)
    let half = fused(smallExponential(reduced.rest), scale, scale - splat(0.5))
    let result = half + half
    return
      result
      .replacing(with: splat(-1), where: x .< splat(-20))
      .replacing(with: x, where: x .== Vector.zero)
  }

  /// 1 / (1 + exp(-x)).
  ///
  /// Precision: 2 ulp.
  @inline(__always)
  package static func sigmoid(_ x: Vector) -> Vector {
    let small = exp(negate(absolute(x)))
    let top = small.replacing(with: splat(1), where: x .>= Vector.zero)
    // Divided by 1 + small as rounded, then corrected for what the rounding lost.
    let bottom = splat(1) + small
    let lost = small - (bottom - splat(1))
    let inverse = splat(1) / bottom
    let quotient = top * inverse
    let residual = fusedNegative(quotient, lost, fusedNegative(quotient, bottom, top))
    return fused(residual, inverse, quotient)
  }

  /// Precision: 2 ulp.
  @inline(__always)
  package static func tanh(_ x: Vector) -> Vector {
    let magnitude = absolute(x)
    let square = x * x
    let cube = fused(x, square, Vector.zero)  // + 0, so that tanh(-0) is -0
    let near = fused(polynomial(square, Coefficients.hyperbolicTangent), cube, x)
    let far = splat(1) - splat(2) / (exp(magnitude + magnitude) + splat(1))
    return near.replacing(with: toggleSign(far, signBits(x)), where: magnitude .> splat(0.62))
  }

  /// The error function.
  ///
  /// Precision: 2 ulp.
  @inline(__always)
  package static func erf(_ x: Vector) -> Vector {
    let magnitude = absolute(x)
    let near = fused(x, polynomial(x * x, Coefficients.errorFunction), x)
    let bounded = magnitude.replacing(with: splat(4), where: magnitude .> splat(4))
    let tail = polynomial(bounded, Coefficients.errorTail)
    let far = splat(1) - exp(negate(bounded * tail))
    return near.replacing(with: toggleSign(far, signBits(x)), where: magnitude .> splat(1))
  }
}
