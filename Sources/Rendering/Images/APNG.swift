/// Animated PNG: what changes during training, as one file that browsers play.
/// Source: W3C Portable Network Graphics (PNG) Specification, third edition, section 11.3.2.
package enum APNG {
  /// Frames of one size shown one after another, then again from the start.
  package static func encode(
    _ frames: [Raster], millisecondsPerFrame: Int = 200
  ) -> [UInt8] {
    guard let first = frames.first else { return [] }
    precondition(
      frames.allSatisfy { $0.width == first.width && $0.height == first.height },
      "frames have one size")
    let isColor = frames.contains(where: \.isColor)
    let shown = frames.map { isColor ? $0.inColor : $0 }
    var bytes = PNG.signature + PNG.header(shown[0])
    bytes += PNG.chunk("acTL", PNG.bigEndian(shown.count) + PNG.bigEndian(0))
    var sequence = 0
    for (index, frame) in shown.enumerated() {
      bytes += PNG.chunk("fcTL", control(frame, sequence, millisecondsPerFrame))
      sequence += 1
      if index == 0 {
        bytes += PNG.chunk("IDAT", PNG.pixels(frame))
      } else {
        bytes += PNG.chunk("fdAT", PNG.bigEndian(sequence) + PNG.pixels(frame))
        sequence += 1
      }
    }
    return bytes + PNG.chunk("IEND", [])
  }

  private static func control(_ frame: Raster, _ sequence: Int, _ milliseconds: Int) -> [UInt8] {
    PNG.bigEndian(sequence) + PNG.bigEndian(frame.width) + PNG.bigEndian(frame.height)
      + PNG.bigEndian(0) + PNG.bigEndian(0)
      + PNG.bigEndian(min(max(milliseconds, 1), 65535), byteCount: 2)
      + PNG.bigEndian(1000, byteCount: 2) + [0, 0]
  }
}
