/// The counter-based generator Philox4x32-10: four random words from a counter and a key.
///
/// Source: Salmon, Moraes, Dror, Shaw, SC 2011, doi 10.1145/2063384.2063405.
package enum Philox {
  typealias Halves = SIMD8<UInt64>
  static let rounds = 10
  static var multipliers: (UInt64, UInt64) { (0xd251_1f53, 0xcd9e_8d57) }
  static var keySteps: (UInt32, UInt32) { (0x9e37_79b9, 0xbb67_ae85) }

  /// One block of four words.
  package static func block(counter: SIMD4<UInt32>, key: SIMD2<UInt32>) -> SIMD4<UInt32> {
    var (c, k) = (counter, key)
    for _ in 0..<rounds {
      let p = UInt64(c[0]) &* multipliers.0
      let q = UInt64(c[2]) &* multipliers.1
      c = SIMD4(
        UInt32(truncatingIfNeeded: q >> 32) ^ c[1] ^ k[0], UInt32(truncatingIfNeeded: q),
        UInt32(truncatingIfNeeded: p >> 32) ^ c[3] ^ k[1], UInt32(truncatingIfNeeded: p))
      k = SIMD2(k[0] &+ keySteps.0, k[1] &+ keySteps.1)
    }
    return c
  }

  /// Four words for each of eight counters; every word is in the low half of its lane.
  struct Blocks {
    var words: (Halves, Halves, Halves, Halves)

    @inline(__always)
    init(counters: Halves, stream: UInt64, seed: UInt64) {
      let low = Halves(repeating: 0xffff_ffff)
      var c = (
        counters & low, counters &>> 32, Halves(repeating: stream & 0xffff_ffff),
        Halves(repeating: stream >> 32)
      )
      var key = (UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
      for _ in 0..<Philox.rounds {
        // A widening product of low halves is one instruction where both factors show no more.
        let p = (c.0 & low) &* Halves(repeating: Philox.multipliers.0)
        let q = (c.2 & low) &* Halves(repeating: Philox.multipliers.1)
        c = (
          (q &>> 32) ^ c.1 ^ Halves(repeating: UInt64(key.0)), q,
          (p &>> 32) ^ c.3 ^ Halves(repeating: UInt64(key.1)), p
        )
        key = (key.0 &+ Philox.keySteps.0, key.1 &+ Philox.keySteps.1)
      }
      words = (c.0 & low, c.1 & low, c.2 & low, c.3 & low)
    }
  }
}
