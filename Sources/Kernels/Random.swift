/// Which random numbers: a seed and the number of the draw under it.
///
/// Element i of a draw depends on the key and i alone, so threads may share a draw out.
package struct RandomKey: Sendable, Hashable {
  package var seed: UInt64
  package var draw: UInt64

  package init(seed: UInt64, draw: UInt64) {
    self.seed = seed
    self.draw = draw
  }
}

/// What a draw is made of.
///
/// Group g of sixteen counters 16g…16g + 15 gives four vectors of words, word j of counter 16g + l
/// in lane l of vector j. Elements follow lane by lane and vector by vector.
package enum RandomDraw: Sendable, Hashable {
  /// k / 2²⁴ with k the upper 24 bits of a word: in [0, 1).
  case uniform
  /// Box and Muller's two normal numbers r cos θ, r sin θ from words 0 and 1, and two from 2 and 3,
  /// with r = √(-2 log u), u = (k + 1) / 2²⁴, θ = 2π k′ / 2²⁴; no magnitude exceeds 5.77.
  ///
  /// Source: Box, Muller, Ann. Math. Stat. 29 (1958), doi 10.1214/aoms/1177706645.
  case normal
  /// Whole numbers in 0..<bound (at most 2²⁴): the upper half of bound times a 64-bit number made
  /// of words 0 and 1, or 2 and 3, low word first. Frequencies differ by less than 2⁻⁴⁰.
  case integers(bound: Int)

  /// Elements of a group of sixteen counters.
  var groupLength: Int {
    if case .integers = self { 32 } else { 64 }
  }
}

/// Writes elements `first..<first + result.count` of a draw.
package func fillRandom(
  _ draw: RandomDraw, _ key: RandomKey, first: Int = 0, into result: Buffer, pool: ThreadPool
) {
  let length = draw.groupLength
  let groups = first / length..<(first + result.count + length - 1) / length
  let parts = min(pool.threads, max(result.count / 16_384, 1))
  pool.run(parts) { part in
    let lower = groups.lowerBound + groups.count * part / parts
    let upper = groups.lowerBound + groups.count * (part + 1) / parts
    for group in lower..<upper {
      let start = group * length - first
      if start >= 0, start + length <= result.count {
        writeGroup(draw, key, group, into: result.base + start)
      } else {
        writePartOfGroup(draw, key, group, start: start, into: result)
      }
    }
  }
}

@inline(never)
private func writePartOfGroup(
  _ draw: RandomDraw, _ key: RandomKey, _ group: Int, start: Int, into result: Buffer
) {
  var staged = (Vector.zero, Vector.zero, Vector.zero, Vector.zero)
  withUnsafeMutableBytes(of: &staged) { bytes in
    let values = bytes.assumingMemoryBound(to: Float.self).baseAddress!
    writeGroup(draw, key, group, into: values)
    for i in max(0, -start)..<min(draw.groupLength, result.count - start) {
      result[start + i] = values[i]
    }
  }
}

private func writeGroup(
  _ draw: RandomDraw, _ key: RandomKey, _ group: Int, into target: UnsafeMutablePointer<Float>
) {
  let words = RandomWords(key, group: group)
  switch draw {
  case .uniform:
    target.store(RandomWords.unit(words.first), at: 0)
    target.store(RandomWords.unit(words.second), at: 16)
    target.store(RandomWords.unit(words.third), at: 32)
    target.store(RandomWords.unit(words.fourth), at: 48)
  case .normal:
    let (a, b) = RandomWords.normals(words.first, words.second)
    target.store(a, at: 0)
    target.store(b, at: 16)
    let (c, d) = RandomWords.normals(words.third, words.fourth)
    target.store(c, at: 32)
    target.store(d, at: 48)
  case .integers(let bound):
    target.store(RandomWords.integers(words.first, words.second, below: bound), at: 0)
    target.store(RandomWords.integers(words.third, words.fourth, below: bound), at: 16)
  }
}

/// The four words of sixteen counters.
private struct RandomWords {
  typealias Words = SIMD16<UInt32>
  let first: Words
  let second: Words
  let third: Words
  let fourth: Words

  @inline(__always)
  init(_ key: RandomKey, group: Int) {
    let start = Philox.Halves(repeating: UInt64(group) &* 16)
    let steps = Philox.Halves(0, 2, 4, 6, 8, 10, 12, 14)
    let even = Philox.Blocks(counters: start &+ steps, stream: key.draw, seed: key.seed).words
    let next = start &+ steps &+ Philox.Halves(repeating: 1)
    let odd = Philox.Blocks(counters: next, stream: key.draw, seed: key.seed).words
    first = RandomWords.interleave(even.0, odd.0)
    second = RandomWords.interleave(even.1, odd.1)
    third = RandomWords.interleave(even.2, odd.2)
    fourth = RandomWords.interleave(even.3, odd.3)
  }

  @inline(__always)
  static func interleave(_ even: Philox.Halves, _ odd: Philox.Halves) -> Words {
    unsafeBitCast(even | (odd &<< 32), to: Words.self)
  }

  /// k times a power of two, for k below 2²⁴.
  @inline(__always)
  static func float(_ k: Words, unit: Float) -> Vector {
    let upper = Words(repeating: 0x4b00_0000) | (k &>> 1)
    let half = unsafeBitCast(upper, to: Vector.self) - Vector(repeating: 0x1p23)
    let ones = Words.zero &- (k & Words(repeating: 1))
    let last = ones & Words(repeating: unit.bitPattern)
    return unsafeBitCast(last, to: Vector.self)
      .addingProduct(half, Vector(repeating: unit + unit))
  }

  @inline(__always)
  static func unit(_ words: Words) -> Vector { float(words &>> 8, unit: 0x1p-24) }

  @inline(__always)
  static func normals(_ a: Words, _ b: Words) -> (Vector, Vector) {
    let u = unit(a) + Vector(repeating: 0x1p-24)
    let shift = VectorMath.exponentBits(u)
    let f = VectorMath.float(VectorMath.bits(u) &- shift) - Vector(repeating: 1)
    let logarithm = VectorMath.logarithm(f, exponent: VectorMath.floats(shift &>> 23))
    let radius = VectorMath.normalRoot(Vector.zero - (logarithm + logarithm))
    // θ = quadrant · π/2 + rest, exactly up to the last product.
    let k = unsafeBitCast(b &>> 8, to: VectorMath.Integers.self)
    let quadrant = (k &+ VectorMath.Integers(repeating: 1 << 21)) &>> 22
    let rest = VectorMath.floats(k &- (quadrant &<< 22)) * Vector(repeating: 0x1.921fb6p-22)
    let next = quadrant &+ VectorMath.Integers(repeating: 1)
    return (radius * VectorMath.sine(rest, next), radius * VectorMath.sine(rest, quadrant))
  }

  @inline(__always)
  static func integers(_ low: Words, _ high: Words, below bound: Int) -> Vector {
    let factor = Philox.Halves(repeating: UInt64(bound) & 0xffff_ffff)
    let mask = Philox.Halves(repeating: 0xffff_ffff)
    @inline(__always) func upper(_ low: Philox.Halves, _ high: Philox.Halves) -> Philox.Halves {
      ((high & mask) &* factor &+ (((low & mask) &* factor) &>> 32)) &>> 32
    }
    let l = unsafeBitCast(low, to: Philox.Halves.self)
    let h = unsafeBitCast(high, to: Philox.Halves.self)
    return float(interleave(upper(l, h), upper(l &>> 32, h &>> 32)), unit: 1)
  }
}

/// Writes a random order of 0..<result.count: Fisher and Yates' shuffle from the last place down,
/// the partner of place i being the upper half of i + 1 times the 64-bit number of words 0 and 1 of
/// counter i.
///
/// Precision: exact for up to 2²⁴ elements.
package func fillPermutation(_ key: RandomKey, into result: Buffer) {
  for i in 0..<result.count { result[i] = Float(i) }
  let stream = SIMD2(
    UInt32(truncatingIfNeeded: key.draw), UInt32(truncatingIfNeeded: key.draw >> 32))
  let seed = SIMD2(
    UInt32(truncatingIfNeeded: key.seed), UInt32(truncatingIfNeeded: key.seed >> 32))
  for i in stride(from: result.count - 1, to: 0, by: -1) {
    let counter = SIMD4(UInt32(truncatingIfNeeded: i), 0, stream[0], stream[1])
    let words = Philox.block(counter: counter, key: seed)
    let number = UInt64(words[1]) << 32 | UInt64(words[0])
    let j = Int(number.multipliedFullWidth(by: UInt64(i + 1)).high)
    let kept = result[i]
    result[i] = result[j]
    result[j] = kept
  }
}
