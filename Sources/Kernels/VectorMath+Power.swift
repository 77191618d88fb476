/// Powers, roots and remainders.
extension VectorMath {
  /// The square root, correctly rounded.
  @inline(__always)
  package static func sqrt(_ x: Vector) -> Vector {
    let isTiny = x .< splat(0x1p-96)
    let root = normalRoot(x.replacing(with: x * splat(0x1p64), where: isTiny))
    return
      root
      .replacing(with: root * splat(0x1p-32), where: isTiny)
      .replacing(with: x, where: (x .== Vector.zero) .| (x .== splat(Float.infinity)) .| isNaN(x))
      .replacing(with: splat(Float.nan), where: x .< Vector.zero)
  }

  /// The square root of 0 or a number of at least 2⁻⁹⁶, correctly rounded.
  ///
  /// Source: Markstein, IBM J. Res. Dev. 34 (1990), doi 10.1147/rd.341.0111: Newton's method on
  /// 1/√x, then one exact residual.
  @inline(__always)
  static func normalRoot(_ x: Vector) -> Vector {
    var inverse = float(Integers(repeating: 0x5f37_5a86) &- (bits(x) &>> 1))
    let half = x * splat(0.5)
    inverse = inverse * fusedNegative(half * inverse, inverse, splat(1.5))
    inverse = inverse * fusedNegative(half * inverse, inverse, splat(1.5))
    var root = x * inverse
    var slope = inverse * splat(0.5)
    let error = fusedNegative(root, slope, splat(0.5))
    root = fused(root, error, root)
    slope = fused(slope, error, slope)
    return fused(fusedNegative(root, root, x), slope, root)
  }

  /// x to the power y, with the special values of C.
  ///
  /// Precision: 1 ulp.
  @inline(__always)
  package static func power(_ x: Vector, _ y: Vector) -> Vector {
    let magnitude = absolute(x)
    let (high, low) = preciseLogarithm(magnitude)
    let product = high * y
    let rest = fused(y, low, fused(high, y, negate(product)))
    let isFinite = absolute(product) .< splat(200)
    var result = exp(product, low: select(isFinite, rest, Vector.zero))
    // At 0, infinity and NaN the logarithm needs no care.
    let isUnbounded = (x .== Vector.zero) .| (magnitude .== splat(Float.infinity))
    let growing = (y .> Vector.zero) .^ (x .== Vector.zero)
    result = select(
      isUnbounded, Vector.zero.replacing(with: splat(Float.infinity), where: growing), result)
    let halfY = y * splat(0.5)
    let isWhole = floor(y) .== y
    let isOdd = isWhole .& (floor(halfY) .!= halfY)
    result = result.replacing(
      with: splat(Float.nan), where: (x .< Vector.zero) .& .!isWhole .& .!isUnbounded)
    let sign = signBits(x) & bits(Vector.zero.replacing(with: splat(-0.0), where: isOdd))
    result = toggleSign(result, sign)
    result = result.replacing(with: x + y, where: isNaN(x) .| isNaN(y))
    let isMinusOne = (x .== splat(-1)) .& (absolute(y) .== splat(Float.infinity))
    return result.replacing(
      with: splat(1), where: (y .== Vector.zero) .| (x .== splat(1)) .| isMinusOne)
  }

  /// The logarithm of a positive number as a sum of two floats.
  ///
  /// Precision: relative 2⁻³³.
  @inline(__always)
  private static func preciseLogarithm(_ x: Vector) -> (high: Vector, low: Vector) {
    let isTiny = x .< splat(0x1p-126)
    let scaled = x.replacing(with: x * splat(0x1p23), where: isTiny)
    let shift = exponentBits(scaled)
    let exponent = floats(shift &>> 23) + Vector.zero.replacing(with: splat(-23), where: isTiny)
    let m = float(bits(scaled) &- shift)
    // log m = 2 artanh(q) with q = (m - 1) / (m + 1) in two floats.
    let above = m - splat(1)
    let below = m + splat(1)
    let belowLow = m - (below - splat(1))
    let inverse = splat(1) / below
    let q = above * inverse
    let residual = fusedNegative(q, belowLow, fusedNegative(q, below, above))
    let qLow = residual * inverse
    let twice = q + q
    let square = q * q
    let squareLow = fused(twice, qLow, fused(q, q, negate(square)))
    let cube = q * square
    let cubeLow = fused(
      square, qLow, fused(q, squareLow, fused(q, square, negate(cube))))
    let bend = polynomial(square, Coefficients.inverseTangentBend)
    let slope = splat(Coefficients.inverseTangentSlope)
    let factor = fused(bend, square, slope)
    let factorLow = fused(bend, square, slope - factor)
    let curve = cube * factor
    let curveLow = fused(
      cubeLow, factor, fused(cube, factorLow, fused(cube, factor, negate(curve))))
    let main = exponent * splat(Coefficients.ln2High)
    let sum = main + twice
    let lost = twice - (sum - main)
    let small = fused(exponent, splat(Coefficients.ln2Low), qLow + qLow)
    let bent = sum + curve
    let low = (curve - (bent - sum)) + (lost + (small + curveLow))
    let high = bent + low
    return (high, low - (high - bent))
  }

  /// a - floor(a / b) b, exactly where it has the sign of `a`: Python's and NumPy's `%`.
  @inline(__always)
  package static func remainder(_ a: Vector, _ b: Vector) -> Vector {
    let magnitude = absolute(a)
    let divisor = absolute(b)
    let quotient = magnitude / divisor
    let whole = floor(quotient)
    var rest = fusedNegative(whole, divisor, magnitude)
    rest = rest.replacing(with: rest + divisor, where: rest .< Vector.zero)
    rest = rest.replacing(with: magnitude, where: magnitude .< divisor)
    let isSimple = (quotient .< splat(0x1p23)) .| (magnitude .< divisor)
    if any(.!isSimple) { rest = longRemainders(rest, magnitude, divisor, isSimple) }
    rest = toggleSign(rest, signBits(a))
    let differs = (signBits(a) ^ signBits(b)) .!= Integers.zero
    rest = rest.replacing(with: rest + b, where: differs .& (rest .!= Vector.zero))
    rest = rest.replacing(with: toggleSign(Vector.zero, signBits(b)), where: rest .== Vector.zero)
    return rest.replacing(with: a + b, where: isNaN(a) .| isNaN(b))
  }

  /// Long division for quotients of 2²³ and more, NaN for impossible ones.
  @inline(never)
  private static func longRemainders(
    _ rest: Vector, _ magnitude: Vector, _ divisor: Vector, _ isSimple: Mask
  ) -> Vector {
    var rest = rest
    for lane in 0..<Buffer.lanes where !isSimple[lane] {
      rest[lane] = LaneMath.remainder(magnitude[lane], divisor[lane])
    }
    return rest
  }
}
