/// Powers, remainders and the functions that round or choose.
extension Reference {
  package static func power(_ x: Float, _ y: Float) -> Float {
    if y == 0 || x == 1 || x == -1 && y.isInfinite { return 1 }
    if x.isNaN || y.isNaN { return .nan }
    let isWhole = floor(y) == y
    let isOdd = isWhole && floor(y * 0.5) != y * 0.5
    let sign: Float = x.sign == .minus && isOdd ? -1 : 1
    if x == 0 { return sign * (y > 0 ? 0 : .infinity) }
    if x.isInfinite { return sign * (y > 0 ? .infinity : 0) }
    if x < 0, !isWhole { return .nan }
    let (high, low) = preciseLogarithm(x.magnitude)
    let product = high * y
    let rest = product.magnitude < 200 ? fused(y, low, fused(high, y, -product)) : 0
    return sign * exp(product, low: rest)
  }

  /// The logarithm of a positive number as a sum of two floats.
  private static func preciseLogarithm(_ x: Float) -> (high: Float, low: Float) {
    let isTiny = x < 0x1p-126
    let scaled = isTiny ? x * 0x1p23 : x
    let e = exponent(scaled)
    let wholeExponent = Float(isTiny ? e - 23 : e)
    let m = mantissa(scaled, e)
    let above = m - 1
    let below = m + 1
    let belowLow = m - (below - 1)
    let inverse = 1 / below
    let q = above * inverse
    let residual = fused(-q, belowLow, fused(-q, below, above))
    let qLow = residual * inverse
    let square = q * q
    let squareLow = fused(q + q, qLow, fused(q, q, -square))
    let cube = q * square
    let cubeLow = fused(square, qLow, fused(q, squareLow, fused(q, square, -cube)))
    let bend = polynomial(square, Coefficients.inverseTangentBend)
    let slope = Coefficients.inverseTangentSlope
    let factor = fused(bend, square, slope)
    let factorLow = fused(bend, square, slope - factor)
    let curve = cube * factor
    let curveLow = fused(cubeLow, factor, fused(cube, factorLow, fused(cube, factor, -curve)))
    let main = wholeExponent * Coefficients.ln2High
    let sum = main + (q + q)
    let lost = (q + q) - (sum - main)
    let small = fused(wholeExponent, Coefficients.ln2Low, qLow + qLow)
    let bent = sum + curve
    let low = (curve - (bent - sum)) + (lost + (small + curveLow))
    let high = bent + low
    return (high, low - (high - bent))
  }

  /// The floored remainder: exact with the sign of `a`, then moved by `b` if the signs differ.
  package static func remainder(_ a: Float, _ b: Float) -> Float {
    let rest = LaneMath.remainder(a.magnitude, b.magnitude)
    if a.isNaN || b.isNaN || rest.isNaN { return .nan }
    if rest == 0 { return b.sign == .minus ? -0.0 : 0 }
    let signed = a.sign == .minus ? -rest : rest
    return a.sign == b.sign ? signed : signed + b
  }

  package static func minimum(_ a: Float, _ b: Float) -> Float { a > b || b.isNaN ? b : a }

  package static func maximum(_ a: Float, _ b: Float) -> Float { a < b || b.isNaN ? b : a }

  package static func floor(_ x: Float) -> Float { x.rounded(.down) }
}
