import Testing

@testable import Codecs

/// Bytes without a pattern.
func noise(_ count: Int, seed: UInt64) -> [UInt8] {
  var state = seed
  return (0..<count).map { _ in
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return UInt8(truncatingIfNeeded: state >> 56)
  }
}

@Suite struct DeflateTests {
  @Test(arguments: [0, 1, 2, 3, 4, 257, 258, 259, 1000, 40_000, 100_000])
  func zlibReadsWhatWeWrite(_ count: Int) throws {
    let bytes = noise(count, seed: 9)
    let inputs = [
      bytes, [UInt8](repeating: 200, count: count), (0..<count).map { UInt8($0 / 7 % 256) },
      // Repeats further apart than the window, and just inside it.
      (0..<count).map { bytes[$0 % 33_000 % max(count, 1)] },
      (0..<count).map { bytes[$0 % 32_700 % max(count, 1)] },
    ]
    for (input, container) in zip(inputs, [Container.raw, .zlib, .gzip, .raw, .zlib]) {
      let compressed = Deflate.compress(input, as: container)
      #expect(try Inflate.expand(compressed, as: container, limit: count) == input)
      #expect(compressed.count <= count * 9 / 8 + 24)
    }
  }

  @Test func repetitionIsSmall() {
    #expect(Deflate.compress([UInt8](repeating: 0, count: 78_400), as: .raw).count < 700)
  }

  private func problem(_ bytes: [UInt8], limit: Int) -> FormatError.Problem? {
    do throws(FormatError) {
      _ = try Inflate.expand(bytes, as: .gzip, limit: limit)
      return nil
    } catch { return error.problem }
  }

  @Test func partsOfAGzipFileAreJoined() throws {
    let parts = Deflate.compress([1, 2], as: .gzip) + Deflate.compress([3], as: .gzip)
    #expect(try Inflate.expand(parts, as: .gzip, limit: 3) == [1, 2, 3])
  }

  @Test func limitsHold() {
    let zeros = Deflate.compress([UInt8](repeating: 0, count: 1_000_000), as: .gzip)
    #expect(zeros.count < 10_000)
    #expect(problem(zeros, limit: 1_000_000) == nil)
    guard case .tooLarge(_, _, 999_999) = problem(zeros, limit: 999_999) else {
      Issue.record("more than the limit was expanded")
      return
    }
  }

  @Test func damageIsNoticed() {
    let whole = Deflate.compress(noise(500, seed: 2), as: .gzip)
    for count in 0..<whole.count { #expect(problem(Array(whole[..<count]), limit: 500) != nil) }
    // A gzip header has a time, flags and a system, which say nothing of the content.
    for place in whole.indices where !(3..<10).contains(place) {
      var damaged = whole
      damaged[place] ^= 0x04
      #expect(problem(damaged, limit: 500) != nil, "byte \(place)")
    }
    #expect(problem(whole + [7], limit: 500) == .goesOn(count: 1))
  }
}
