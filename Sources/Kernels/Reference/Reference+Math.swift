/// The engine's elementary functions, one number at a time.
extension Reference {
  /// a * b + c, rounded once.
  static func fused(_ a: Float, _ b: Float, _ c: Float) -> Float { c.addingProduct(a, b) }

  /// A polynomial given by a tuple of floats, lowest coefficient first.
  static func polynomial<Coefficients>(_ x: Float, _ coefficients: Coefficients) -> Float {
    withUnsafeBytes(of: coefficients) { bytes in
      let c = bytes.bindMemory(to: Float.self)
      var sum = c[c.count - 1]
      for k in (0..<c.count - 1).reversed() { sum = fused(sum, x, c[k]) }
      return sum
    }
  }

  /// x rounded, half to even, for |x| below 2²².
  static func nearest(_ x: Float) -> Float {
    (x + Coefficients.roundingMagic) - Coefficients.roundingMagic
  }

  static func powerOfTwo(_ n: Int) -> Float { Float(bitPattern: UInt32(n + 127) << 23) }

  // MARK: Exponentials

  /// The multiple of ln 2 next to x, and what is left.
  static func reduceExponent(_ x: Float) -> (n: Int, rest: Float) {
    let magic = Coefficients.roundingMagic
    let whole = fused(x, Coefficients.log2e, magic) - magic
    let upper = fused(whole, -Coefficients.ln2High, x)
    return (Int(whole), fused(whole, -Coefficients.ln2Low, upper))
  }

  package static func exp(_ x: Float) -> Float { exp(x, low: 0) }

  static func exp(_ x: Float, low: Float) -> Float {
    if x.isNaN { return x }
    let (n, reduced) = reduceExponent(min(max(x, -104), 89))
    let rest = reduced + low
    let head = 1 + rest
    let lost = rest - (head - 1)
    let value = head + fused(rest * rest, polynomial(rest, Coefficients.exponential), lost)
    return value * powerOfTwo(n >> 1) * powerOfTwo(n - n >> 1)
  }

  package static func expm1(_ x: Float) -> Float {
    if x.isNaN || x == 0 { return x }
    if x < -20 { return -1 }
    let (n, rest) = reduceExponent(min(x, 89))
    let small = fused(rest * rest, polynomial(rest, Coefficients.exponential), rest)
    let scale = powerOfTwo(n - 1)
    return 2 * fused(small, scale, scale - 0.5)
  }

  package static func sigmoid(_ x: Float) -> Float {
    let small = exp(-x.magnitude)
    let top = x >= 0 ? 1 : small
    let bottom = 1 + small
    let lost = small - (bottom - 1)
    let inverse = 1 / bottom
    let quotient = top * inverse
    return fused(fused(-quotient, lost, fused(-quotient, bottom, top)), inverse, quotient)
  }

  package static func tanh(_ x: Float) -> Float {
    let square = x * x
    if x.magnitude > 0.62 {
      let far = 1 - 2 / (exp(x.magnitude + x.magnitude) + 1)
      return x < 0 ? -far : far
    }
    return fused(polynomial(square, Coefficients.hyperbolicTangent), fused(x, square, 0), x)
  }

  package static func erf(_ x: Float) -> Float {
    if x.magnitude > 1 {
      let bounded = min(x.magnitude, 4)
      let far = 1 - exp(-(bounded * polynomial(bounded, Coefficients.errorTail)))
      return x < 0 ? -far : far
    }
    return fused(x, polynomial(x * x, Coefficients.errorFunction), x)
  }

  // MARK: Logarithms

  /// e with x = 2ᵉ m and √½ ≤ m < √2, for a normal positive x.
  static func exponent(_ x: Float) -> Int {
    (Int(x.bitPattern) - Int(Coefficients.halfRoot.bitPattern)) >> 23
  }

  /// x / 2ᵉ.
  static func mantissa(_ x: Float, _ e: Int) -> Float {
    Float(bitPattern: UInt32(Int(x.bitPattern) - e << 23))
  }

  static func logarithm(_ f: Float, exponent: Float) -> Float {
    let bend = fused(polynomial(f, Coefficients.logarithm), f, -0.5)
    let low = fused(exponent, Coefficients.ln2Low, (f * f) * bend)
    return fused(exponent, Coefficients.ln2High, f + low)
  }

  package static func log(_ x: Float) -> Float {
    if x.isNaN || x == .infinity { return x }
    if x <= 0 { return x == 0 ? -.infinity : .nan }
    let isTiny = x < 0x1p-126
    let scaled = isTiny ? x * 0x1p23 : x
    let e = exponent(scaled)
    return logarithm(mantissa(scaled, e) - 1, exponent: Float(isTiny ? e - 23 : e))
  }

  package static func log1p(_ x: Float) -> Float {
    if x.isNaN || x == 0 || x == .infinity { return x }
    if x <= -1 { return x == -1 ? -.infinity : .nan }
    let sum = 1 + x
    let e = exponent(sum)
    if x > 0x1p30 { return logarithm(mantissa(sum, e) - 1, exponent: Float(e)) }
    let scale = powerOfTwo(-e)
    return logarithm(fused(x, scale, scale - 1), exponent: Float(e))
  }

  package static func softplus(_ x: Float) -> Float {
    let small = exp(-x.magnitude)
    let isHalved = small > 0.414
    let f = isHalved ? fused(small, 0.5, -0.5) : small
    return (x <= 0 ? 0 : x) + logarithm(f, exponent: isHalved ? 1 : 0)
  }

  // MARK: Angles

  package static func sin(_ x: Float) -> Float {
    let (rest, quadrant) = reduceAngle(x)
    return sine(rest, quadrant)
  }

  package static func cos(_ x: Float) -> Float {
    let (rest, quadrant) = reduceAngle(x)
    return sine(rest, quadrant + 1)
  }

  package static func tan(_ x: Float) -> Float {
    let (rest, quadrant) = reduceAngle(x)
    let (s, c) = (smallSine(rest), smallCosine(rest))
    return quadrant & 1 == 0 ? s / c : -c / s
  }

  /// sin(r + quadrant π/2).
  static func sine(_ r: Float, _ quadrant: Int) -> Float {
    let value = quadrant & 1 == 0 ? smallSine(r) : smallCosine(r)
    return quadrant & 2 == 0 ? value : -value
  }

  static func smallSine(_ r: Float) -> Float {
    let square = r * r
    return fused(polynomial(square, Coefficients.sine), fused(r, square, 0), r)
  }

  static func smallCosine(_ r: Float) -> Float {
    let square = r * r
    return fused(fused(polynomial(square, Coefficients.cosine), square, -0.5), square, 1)
  }

  private static func reduceAngle(_ x: Float) -> (rest: Float, quadrant: Int) {
    guard x.magnitude <= Coefficients.largestPlainAngle else {
      let (rest, quadrant) = LaneMath.reduceAngle(x)
      return (rest, Int(quadrant))
    }
    let magic = Coefficients.roundingMagic
    let whole = fused(x, Coefficients.twoOverPi, magic) - magic
    if whole == 0 { return (x, 0) }
    let (first, second, third) = Coefficients.halfPi
    let rest = fused(whole, -third, fused(whole, -second, fused(whole, -first, x)))
    return (rest, Int(whole))
  }
}
