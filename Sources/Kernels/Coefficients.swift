/// The numbers of the engine's own elementary functions.
///
/// The polynomials are minimax fits with coefficients rounded to `Float` one after another, lowest
/// first; each stands from its lowest power up. Vector kernels and `Reference` share the numbers
/// and nothing else.
enum Coefficients {
  /// (exp(r) - 1 - r) / r² for |r| ≤ ln 2 / 2.
  static var exponential: (Float, Float, Float, Float, Float) {
    (0x1.fffffcp-2, 0x1.555492p-3, 0x1.5558b6p-5, 0x1.1239a2p-7, 0x1.6a4744p-10)
  }

  /// (log(1 + f) - f + f²/2) / f³ for √½ - 1 ≤ f ≤ √2 - 1.
  static var logarithm: (Float, Float, Float, Float, Float, Float, Float, Float, Float) {
    (
      0x1.555548p-2, -0x1.000006p-2, 0x1.99a484p-3, -0x1.555c6cp-3, 0x1.233a02p-3,
      -0x1.fc1dd2p-4, 0x1.e6d218p-4, -0x1.de5d18p-4, 0x1.14bdb2p-4
    )
  }

  /// (2 artanh(q) - 2q) / q³ = slope + bend q², bend in q², for |q| ≤ 0.172.
  static var inverseTangentSlope: Float { 0x1.555554p-1 }
  static var inverseTangentBend: (Float, Float, Float) {
    (0x1.999c26p-2, 0x1.23d3ecp-2, 0x1.f13670p-3)
  }

  /// (sin(r) - r) / r³ in r², for |r| ≤ π/4.
  static var sine: (Float, Float, Float, Float) {
    (-0x1.555556p-3, 0x1.111174p-7, -0x1.a05972p-13, 0x1.7c3b7ep-19)
  }

  /// (cos(r) - 1 + r²/2) / r⁴ in r², for |r| ≤ π/4.
  static var cosine: (Float, Float, Float) {
    (0x1.55554ap-5, -0x1.6c0c2ap-10, 0x1.99e904p-16)
  }

  /// (tanh(x) - x) / x³ in x², for |x| ≤ 0.62.
  static var hyperbolicTangent: (Float, Float, Float, Float, Float, Float) {
    (
      -0x1.555554p-2, 0x1.11107ep-3, -0x1.b9f2cep-5, 0x1.63b70cp-6, -0x1.0cc524p-7,
      0x1.1bcb36p-9
    )
  }

  /// (erf(x) - x) / x in x², for |x| ≤ 1.
  static var errorFunction: (Float, Float, Float, Float, Float, Float, Float) {
    (
      0x1.06eba8p-3, -0x1.81273ep-2, 0x1.ce2ce6p-4, -0x1.b7f71ap-6, 0x1.53f224p-8,
      -0x1.a3515ep-11, 0x1.4771fcp-14
    )
  }

  /// -log(1 - erf(x)) / x for 1 ≤ x ≤ 4.
  static var errorTail: (Float, Float, Float, Float, Float, Float, Float) {
    (
      0x1.20f1bcp+0, 0x1.451da8p-1, 0x1.b43498p-4, -0x1.88e6c8p-6, 0x1.eac138p-9,
      -0x1.6c4f50p-12, 0x1.ca42ccp-17
    )
  }

  static var log2e: Float { 0x1.715476p+0 }
  /// ln 2 in two parts; the product of the first with an exponent is exact.
  static var ln2High: Float { 0x1.62e4p-1 }
  static var ln2Low: Float { 0x1.7f7d1cp-20 }
  static var halfRoot: Float { 0x1.6a09e6p-1 }
  static var twoOverPi: Float { 0x1.45f306p-1 }
  /// π/2 in three parts; what a quadrant below 2¹⁶ times the first leaves of an angle is exact.
  static var halfPi: (Float, Float, Float) { (0x1.921fbp+0, 0x1.5110b4p-22, 0x1.84698ap-48) }
  /// Up to here three parts of π/2 do; angles beyond take the bits of 2/π that matter to them.
  static var largestPlainAngle: Float { 100_000 }
  /// Adding this to a number below 2²² rounds it, half to even, and leaves it in the low bits.
  static var roundingMagic: Float { 0x1.8p+23 }
}
