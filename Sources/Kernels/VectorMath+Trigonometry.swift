/// Sine, cosine and tangent: x = n π/2 + r with |r| ≤ π/4, and polynomials in r.
extension VectorMath {
  /// Precision: 2 ulp, for angles of any size.
  @inline(__always)
  package static func sin(_ x: Vector) -> Vector {
    let (rest, quadrant) = reduceAngle(x)
    return sine(rest, quadrant)
  }

  /// Precision: 2 ulp, for angles of any size.
  @inline(__always)
  package static func cos(_ x: Vector) -> Vector {
    let (rest, quadrant) = reduceAngle(x)
    return sine(rest, quadrant &+ Integers(repeating: 1))
  }

  /// Precision: 4 ulp, for angles of any size.
  @inline(__always)
  package static func tan(_ x: Vector) -> Vector {
    let (rest, quadrant) = reduceAngle(x)
    let isOdd = (quadrant & Integers(repeating: 1)) .!= Integers.zero
    let s = smallSine(rest)
    let c = smallCosine(rest)
    return select(isOdd, negate(c), s) / select(isOdd, s, c)
  }

  /// sin(r + quadrant π/2).
  @inline(__always)
  static func sine(_ r: Vector, _ quadrant: Integers) -> Vector {
    let isOdd = (quadrant & Integers(repeating: 1)) .!= Integers.zero
    let sign = (quadrant & Integers(repeating: 2)) &<< 30
    return toggleSign(select(isOdd, smallCosine(r), smallSine(r)), sign)
  }

  @inline(__always)
  static func smallSine(_ r: Vector) -> Vector {
    let square = r * r
    let cube = fused(r, square, Vector.zero)  // + 0, so that sin(-0) is -0
    return fused(polynomial(square, Coefficients.sine), cube, r)
  }

  @inline(__always)
  static func smallCosine(_ r: Vector) -> Vector {
    let square = r * r
    let bend = fused(polynomial(square, Coefficients.cosine), square, -0.5)
    return fused(bend, square, 1)
  }

  @inline(__always)
  private static func reduceAngle(_ x: Vector) -> (rest: Vector, quadrant: Integers) {
    let magic = splat(Coefficients.roundingMagic)
    let shifted = fused(x, splat(Coefficients.twoOverPi), magic)
    let whole = shifted - magic
    let quadrant = bits(shifted) &- bits(magic)
    let (first, second, third) = Coefficients.halfPi
    var rest = fused(whole, splat(-first), x)
    rest = fused(whole, splat(-second), rest)
    rest = fused(whole, splat(-third), rest)
    rest = rest.replacing(with: x, where: whole .== Vector.zero)
    let isPlain = absolute(x) .<= splat(Coefficients.largestPlainAngle)
    return any(.!isPlain) ? reduceLargeAngles(x, isPlain, rest, quadrant) : (rest, quadrant)
  }

  @inline(never)
  private static func reduceLargeAngles(
    _ x: Vector, _ isPlain: Mask, _ rest: Vector, _ quadrant: Integers
  ) -> (rest: Vector, quadrant: Integers) {
    var (rest, quadrant) = (rest, quadrant)
    for lane in 0..<Buffer.lanes where !isPlain[lane] {
      (rest[lane], quadrant[lane]) = LaneMath.reduceAngle(x[lane])
    }
    return (rest, quadrant)
  }
}
