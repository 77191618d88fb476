import Kernels
import Testing

/// Pools that every kernel must give the same bits on.
let productPools = [1, 2, 3].map { ThreadPool(threads: $0) }

/// Memory that is larger than what a kernel may touch, to show what it should not have touched.
///
/// It is never given back: a `Buffer` does not keep its owner alive, and tests are short.
struct Guarded {
  private static let guardFloats = 64
  private static let mark = Float(bitPattern: 0x7fc1_2345)
  private let memory: Buffer
  let buffer: Buffer

  init(count: Int) {
    let storage = Storage(count: count + Guarded.guardFloats)!
    memory = Unmanaged.passRetained(storage).takeUnretainedValue().buffer
    buffer = Buffer(base: memory.base, count: count)
    for i in 0..<memory.count { memory[i] = Guarded.mark }
  }

  init(_ values: [Float]) {
    self.init(count: values.count)
    for (i, value) in values.enumerated() { buffer[i] = value }
  }

  var values: [Float] { (0..<buffer.count).map { buffer[$0] } }

  var isIntact: Bool {
    (buffer.count..<memory.count).allSatisfy {
      memory[$0].bitPattern == Guarded.mark.bitPattern
    }
  }
}

/// Values without a pattern that a wrong index could hide in.
func scrambled(_ count: Int, seed: UInt32) -> [Float] {
  var state = seed &* 2_654_435_769 | 1
  return (0..<count).map { _ in
    state ^= state << 13
    state ^= state >> 17
    state ^= state << 5
    return Float(Int32(bitPattern: state)) / 2_147_483_648
  }
}

/// Whether two results are the same bits; a NaN is a NaN.
func sameBits(_ a: [Float], _ b: [Float]) -> Bool {
  a.count == b.count
    && zip(a, b).allSatisfy { $0.bitPattern == $1.bitPattern || ($0.isNaN && $1.isNaN) }
}
