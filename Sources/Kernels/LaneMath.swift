/// The rare cases that vectors leave to one lane at a time, in exact integer arithmetic.
enum LaneMath {
  /// The remainder of magnitudes, exactly; NaN for an infinite `a`, a zero `b` or NaN.
  static func remainder(_ a: Float, _ b: Float) -> Float {
    guard a < .infinity, b > 0 else { return .nan }
    guard a >= b else { return a }
    let (mantissa, exponent) = parts(a)
    let (divisor, unit) = parts(b)
    var rest = mantissa % divisor
    for _ in 0..<max(exponent - unit, 0) { rest = (rest << 1) % divisor }
    return Float(rest) * powerOfTwo(unit)
  }

  /// x = mantissa · 2^exponent with a whole mantissa.
  private static func parts(_ x: Float) -> (mantissa: UInt64, exponent: Int) {
    let exponent = Int(x.bitPattern >> 23)
    let fraction = UInt64(x.bitPattern & 0x7f_ffff)
    return exponent == 0 ? (fraction, -149) : (fraction | 0x80_0000, exponent - 150)
  }

  private static func powerOfTwo(_ exponent: Int) -> Float {
    exponent >= -126
      ? Float(bitPattern: UInt32(exponent + 127) << 23)
      : Float(bitPattern: 1 << UInt32(exponent + 149))
  }

  /// 2/π in 64-bit words after a word of zeros.
  private static func twoOverPi(_ word: Int) -> UInt64 {
    switch word {
    case 0: 0
    case 1: 0xa2f9_836e_4e44_1529
    case 2: 0xfc27_57d1_f534_ddc0
    case 3: 0xdb62_9599_3c43_9041
    default: 0xfe51_63ab_debb_c561
    }
  }

  /// x = quadrant · π/2 + rest (quadrants modulo 4) for finite |x| ≥ 2¹⁶.
  ///
  /// Source: Payne and Hanek, ACM SIGNUM 18 (1983), doi 10.1145/1057600.1057602.
  static func reduceAngle(_ x: Float) -> (rest: Float, quadrant: Int32) {
    guard x.magnitude < .infinity else { return (.nan, 0) }
    let (mantissa, exponent) = parts(x.magnitude)
    // Bits of 2/π before this one only add whole turns.
    let first = exponent - 2 + 64
    let high = bits(from: first)
    let low = bits(from: first + 64)
    // x · 2/π in units of 2⁻⁶² quadrants, modulo four quadrants.
    let turns = mantissa &* high &+ mantissa.multipliedFullWidth(by: low).high
    let quadrant = (turns &+ 1 << 61) >> 62
    let fraction = Int64(bitPattern: turns &- quadrant << 62)
    let rest = Float(Double(fraction) * 0x1.921fb54442d18p-62)
    return x < 0 ? (-rest, -Int32(quadrant)) : (rest, Int32(quadrant))
  }

  private static func bits(from position: Int) -> UInt64 {
    let shift = UInt64(position % 64)
    let upper = twoOverPi(position / 64) << shift
    return shift == 0 ? upper : upper | twoOverPi(position / 64 + 1) >> (64 - shift)
  }
}
