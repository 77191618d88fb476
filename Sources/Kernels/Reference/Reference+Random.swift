/// Random numbers, one element at a time.
extension Reference {
  /// Philox4x32-10, straight from the paper.
  package static func philox(counter: [UInt32], key: [UInt32]) -> [UInt32] {
    var (c, k) = (counter, key)
    for _ in 0..<10 {
      let p = c[0].multipliedFullWidth(by: 0xd251_1f53)
      let q = c[2].multipliedFullWidth(by: 0xcd9e_8d57)
      c = [q.high ^ c[1] ^ k[0], q.low, p.high ^ c[3] ^ k[1], p.low]
      k = [k[0] &+ 0x9e37_79b9, k[1] &+ 0xbb67_ae85]
    }
    return c
  }

  /// Word `word` of one counter of a draw.
  static func word(_ key: RandomKey, counter: Int, _ word: Int) -> UInt32 {
    func halves(_ x: UInt64) -> [UInt32] {
      [UInt32(truncatingIfNeeded: x), UInt32(truncatingIfNeeded: x >> 32)]
    }
    let counters = halves(UInt64(counter)) + halves(key.draw)
    return philox(counter: counters, key: halves(key.seed))[word]
  }

  /// Element i of a draw.
  package static func random(_ draw: RandomDraw, _ key: RandomKey, _ i: Int) -> Float {
    let lane = i % 16
    switch draw {
    case .uniform:
      return unit(word(key, counter: i / 64 * 16 + lane, i / 16 % 4))
    case .normal:
      let counter = i / 64 * 16 + lane
      let pair = i / 32 % 2 * 2
      let radius = radius(word(key, counter: counter, pair))
      let angle = word(key, counter: counter, pair + 1)
      return radius * (i / 16 % 2 == 0 ? cosine(angle) : sine(angle))
    case .integers(let bound):
      let counter = i / 32 * 16 + lane
      let pair = i / 16 % 2 * 2
      let low = word(key, counter: counter, pair)
      let high = word(key, counter: counter, pair + 1)
      let number = UInt64(high) << 32 | UInt64(low)
      return Float(number.multipliedFullWidth(by: UInt64(bound)).high)
    }
  }

  private static func unit(_ word: UInt32) -> Float { Float(word >> 8) * 0x1p-24 }

  private static func radius(_ word: UInt32) -> Float {
    let u = unit(word) + 0x1p-24
    let e = exponent(u)
    let l = logarithm(mantissa(u, e) - 1, exponent: Float(e))
    return (0 - (l + l)).squareRoot()
  }

  /// The quarter turn next to an angle of k/2²⁴ turns, and the rest in radians.
  private static func reduce(_ word: UInt32) -> (rest: Float, quadrant: Int) {
    let k = Int(word >> 8)
    let quadrant = (k + 1 << 21) >> 22
    return (Float(k - quadrant << 22) * 0x1.921fb6p-22, quadrant)
  }

  private static func cosine(_ word: UInt32) -> Float {
    let (rest, quadrant) = reduce(word)
    return sine(rest, quadrant + 1)
  }

  private static func sine(_ word: UInt32) -> Float {
    let (rest, quadrant) = reduce(word)
    return sine(rest, quadrant)
  }
}
