/// Elementary functions of sixteen numbers at once, in the engine's own polynomials.
///
/// Every function gives the same bits on every machine: it is made of additions, products, fused
/// products, quotients, comparisons and bit patterns only. Special values follow NumPy; which NaN
/// comes out is not defined. Several operations of the standard library's vectors (`rounded`,
/// `squareRoot`, `min`, conversions to and from integers) compile to sixteen scalar steps and are
/// avoided here.
package enum VectorMath {
  package typealias Integers = SIMD16<Int32>
  package typealias Mask = SIMDMask<SIMD16<Int32>>

  @inline(__always)
  static func bits(_ x: Vector) -> Integers { unsafeBitCast(x, to: Integers.self) }

  @inline(__always)
  static func float(_ bits: Integers) -> Vector { unsafeBitCast(bits, to: Vector.self) }

  @inline(__always)
  static func splat(_ x: Float) -> Vector { Vector(repeating: x) }

  /// a * b + c, rounded once.
  @inline(__always)
  static func fused(_ a: Vector, _ b: Vector, _ c: Vector) -> Vector { c.addingProduct(a, b) }

  @inline(__always)
  static func fused(_ a: Vector, _ b: Vector, _ c: Float) -> Vector { splat(c).addingProduct(a, b) }

  /// -a * b + c, rounded once.
  @inline(__always)
  static func fusedNegative(_ a: Vector, _ b: Vector, _ c: Vector) -> Vector {
    c.addingProduct(-a, b)
  }

  @inline(__always)
  static func select(_ condition: Mask, _ yes: Vector, _ no: Vector) -> Vector {
    no.replacing(with: yes, where: condition)
  }

  @inline(__always)
  static func isNaN(_ x: Vector) -> Mask { x .!= x }

  @inline(__always)
  static func signBits(_ x: Vector) -> Integers { bits(x) & Integers(repeating: Int32.min) }

  /// The number of `x`'s magnitude with the sign bit of `sign` toggled in.
  @inline(__always)
  static func toggleSign(_ x: Vector, _ sign: Integers) -> Vector { float(bits(x) ^ sign) }

  /// 1 where the condition holds and 0 elsewhere.
  @inline(__always)
  static func indicator(_ condition: Mask) -> Vector {
    Vector.zero.replacing(with: splat(1), where: condition)
  }

  /// Whole numbers of magnitude up to 2²² as floats.
  @inline(__always)
  static func floats(_ integers: Integers) -> Vector {
    let magic = splat(Coefficients.roundingMagic)
    return float(bits(magic) &+ integers) - magic
  }
}

// MARK: - Sign, order and rounding

extension VectorMath {
  @inline(__always)
  package static func absolute(_ x: Vector) -> Vector {
    float(bits(x) & Integers(repeating: Int32.max))
  }

  @inline(__always)
  package static func negate(_ x: Vector) -> Vector {
    toggleSign(x, Integers(repeating: Int32.min))
  }

  /// -1, 0 or 1; a zero and NaN stay what they are.
  @inline(__always)
  package static func sign(_ x: Vector) -> Vector {
    x.replacing(with: splat(1), where: x .> Vector.zero)
      .replacing(with: splat(-1), where: x .< Vector.zero)
  }

  /// The smaller number, NaN if either is; the first of equal ones.
  @inline(__always)
  package static func minimum(_ a: Vector, _ b: Vector) -> Vector {
    a.replacing(with: b, where: (a .> b) .| isNaN(b))
  }

  /// The larger number, NaN if either is; the first of equal ones.
  @inline(__always)
  package static func maximum(_ a: Vector, _ b: Vector) -> Vector {
    a.replacing(with: b, where: (a .< b) .| isNaN(b))
  }

  /// The nearest whole number, the even one of two.
  @inline(__always)
  package static func round(_ x: Vector) -> Vector {
    let magnitude = absolute(x)
    let whole = (magnitude + splat(0x1p23)) - splat(0x1p23)
    return x.replacing(
      with: toggleSign(whole, signBits(x)), where: magnitude .< splat(0x1p23))
  }

  @inline(__always)
  package static func floor(_ x: Vector) -> Vector {
    let nearest = round(x)
    return nearest.replacing(with: nearest - splat(1), where: nearest .> x)
  }

  @inline(__always)
  package static func ceiling(_ x: Vector) -> Vector {
    let nearest = round(x)
    let whole = nearest.replacing(with: nearest + splat(1), where: nearest .< x)
    return float(bits(whole) | signBits(x))  // so that what rounds up to zero keeps its sign
  }

  @inline(__always)
  package static func truncate(_ x: Vector) -> Vector {
    toggleSign(floor(absolute(x)), signBits(x))
  }

  /// max(x, 0); NaN stays.
  @inline(__always)
  package static func relu(_ x: Vector) -> Vector {
    x.replacing(with: Vector.zero, where: x .<= Vector.zero)
  }
}

// MARK: - Polynomials, lowest coefficient first

extension VectorMath {
  typealias F = Float

  @inline(__always)
  static func polynomial(_ x: Vector, _ c: (F, F, F)) -> Vector {
    fused(fused(splat(c.2), x, c.1), x, c.0)
  }

  @inline(__always)
  static func polynomial(_ x: Vector, _ c: (F, F, F, F)) -> Vector {
    fused(polynomial(x, (c.1, c.2, c.3)), x, c.0)
  }

  @inline(__always)
  static func polynomial(_ x: Vector, _ c: (F, F, F, F, F)) -> Vector {
    fused(polynomial(x, (c.1, c.2, c.3, c.4)), x, c.0)
  }

  @inline(__always)
  static func polynomial(_ x: Vector, _ c: (F, F, F, F, F, F)) -> Vector {
    fused(polynomial(x, (c.1, c.2, c.3, c.4, c.5)), x, c.0)
  }

  @inline(__always)
  static func polynomial(_ x: Vector, _ c: (F, F, F, F, F, F, F)) -> Vector {
    fused(polynomial(x, (c.1, c.2, c.3, c.4, c.5, c.6)), x, c.0)
  }

  @inline(__always)
  static func polynomial(_ x: Vector, _ c: (F, F, F, F, F, F, F, F, F)) -> Vector {
    let upper = polynomial(x, (c.2, c.3, c.4, c.5, c.6, c.7, c.8))
    return fused(fused(upper, x, c.1), x, c.0)
  }
}
