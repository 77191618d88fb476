import Testing

@testable import Kernels

@Suite struct PhiloxTests {
  /// The known answers that come with the authors' Random123 library.
  static let answers: [(counter: [UInt32], key: [UInt32], words: [UInt32])] = [
    ([0, 0, 0, 0], [0, 0], [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]),
    (
      [.max, .max, .max, .max], [.max, .max],
      [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]
    ),
    (
      [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344], [0xa409_3822, 0x299f_31d0],
      [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]
    ),
  ]

  @Test func knownAnswers() {
    for (counter, key, words) in PhiloxTests.answers {
      #expect(Reference.philox(counter: counter, key: key) == words)
      let block = Philox.block(counter: SIMD4(counter), key: SIMD2(key))
      #expect((0..<4).map { block[$0] } == words)
      // Counters are 64-bit in a draw; here the upper half may be anything.
      let low = UInt64(counter[1]) << 32 | UInt64(counter[0])
      let blocks = Philox.Blocks(
        counters: SIMD8(repeating: low), stream: UInt64(counter[3]) << 32 | UInt64(counter[2]),
        seed: UInt64(key[1]) << 32 | UInt64(key[0]))
      let received = [blocks.words.0, blocks.words.1, blocks.words.2, blocks.words.3]
      for lane in 0..<8 { #expect(received.map { UInt32($0[lane]) } == words) }
    }
  }
}
