import Testing

@testable import Rendering

/// Files written by ImageMagick with `-interlace PNG`.
@Suite struct InterlacedPNGTests {
  private func bytes(_ hexadecimal: String) -> [UInt8] {
    let digits = hexadecimal.compactMap(\.hexDigitValue)
    return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) }
  }

  private func places(_ width: Int, _ height: Int) -> [(x: Int, y: Int)] {
    (0..<height).flatMap { y in (0..<width).map { ($0, y) } }
  }

  @Test func grayIsRead() throws {
    let file = bytes(
      """
      89504e470d0a1a0a0000000d4948445200000009000000090800000001b2fd695a00000038494441
      5408d76dc6b10d805010c3d04b249ad41e22e3dc887f541a6810afb03c73dcceba62575d8341695b
      0320da3a493ed1c5c379fddd0dbebc06ef0a001e830000000049454e44ae426082
      """)
    #expect(try PNG.decode(file).samples == places(9, 9).map { UInt16($0.x * 20 + $0.y * 5) })
  }

  @Test func singleBitsAreRead() throws {
    let file = bytes(
      """
      89504e470d0a1a0a0000000d494844520000000b0000000601000000014a4e69c30000001e494441
      5408d7636860606068607000c23f0c1e0c3f8078920308fd7f000050c30788eb56a4d50000000049
      454e44ae426082
      """)
    let expected = places(11, 6).map { ($0.x * $0.y + $0.x) % 3 == 0 ? UInt16(1) : 0 }
    #expect(try PNG.decode(file).samples == expected)
  }

  @Test func colourIsRead() throws {
    let file = bytes(
      """
      89504e470d0a1a0a0000000d4948445200000005000000040802000001be56528100000034494441
      5408d73dc2a10dc0300c0030472a2a2e1e0e2eee39392227f6ac8149b30c2e8ad04a968c4d31f422
      c3b1cdffd0583cdf17f1d806245c7b0a6d0000000049454e44ae426082
      """)
    let expected = places(5, 4).flatMap { [$0.x * 50, $0.y * 60, $0.x * $0.y * 10] }
    #expect(try PNG.decode(file).samples == expected.map { UInt16($0) })
  }
}
