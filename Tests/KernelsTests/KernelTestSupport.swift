import Kernels

/// What the kernel tests share.
enum KernelTest {
  /// Around the width of a vector, the blocks of the interpreter and the chunks of a sum; primes.
  static let sizes = [0, 1, 15, 16, 17, 31, 127, 1023, 1024, 1025, 4095, 4097, 5003]

  static let special: [Float] = [
    0, -0.0, 1, -1, 0.5, -0.5, 2, -2, 3, -3, 0x1p-149, -0x1p-149, 0x1p-130, -0x1p-130, 0x1p-126,
    1e-30, 88.7, 88.8, -87.4, -103.9, -104.1, 1e5, 100_001, -2e7, 8_388_607.5, 8_388_609,
    16_777_218, 3e38, -3e38,
    .greatestFiniteMagnitude, .infinity, -.infinity, .nan,
  ]

  /// Deterministic numbers of both signs and many magnitudes, with special ones among them.
  static func values(_ count: Int, salt: UInt32 = 1, special: Bool = true) -> [Float] {
    (0..<count).map { i in
      let word = Reference.philox(counter: [UInt32(i), salt, 0, 0], key: [7, 7])
      if special, word[0] % 11 == 0 {
        return KernelTest.special[Int(word[1]) % KernelTest.special.count]
      }
      return (Float(word[0] >> 8) * 0x1p-22 - 2) * (word[1] % 3 == 0 ? 30 : 1)
    }
  }

  static func storage(_ values: [Float]) -> Storage {
    let storage = Storage(count: values.count)!
    for (i, value) in values.enumerated() { storage.buffer[i] = value }
    return storage
  }

  static func storage(count: Int, filledWith value: Float = -12345) -> Storage {
    storage([Float](repeating: value, count: count))
  }

  static func array(_ storage: Storage) -> [Float] {
    withExtendedLifetime(storage) { (0..<storage.buffer.count).map { storage.buffer[$0] } }
  }

  /// The first place where the bits differ; all NaN count as the same.
  static func firstDifference(_ a: [Float], _ b: [Float]) -> String? {
    if a.count != b.count { return "\(a.count) and \(b.count) elements" }
    for i in a.indices where !(a[i].isNaN && b[i].isNaN) && a[i].bitPattern != b[i].bitPattern {
      return "element \(i): \(a[i]) and \(b[i])"
    }
    return nil
  }

  static let pools = [ThreadPool(threads: 1), ThreadPool(threads: 2), ThreadPool(threads: 3)]
}
