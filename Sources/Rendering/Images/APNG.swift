/// Animated PNG: what changes during training, as one file that browsers play.
/// Source: W3C Portable Network Graphics (PNG) Specification, third edition, section 11.3.2.
package enum APNG {
  /// The last frame stays longer, so that one sees where it ended before it starts again.
  private static let lastFrameFactor = 5.0

  /// Frames of one size shown one after another, then again from the start.
  package static func encode(_ film: Film) -> [UInt8] {
    guard let first = film.frames.first else { return [] }
    precondition(
      film.frames.allSatisfy { $0.width == first.width && $0.height == first.height },
      "frames have one size")
    let isColor = film.frames.contains(where: \.isColor)
    let shown = film.frames.map { isColor ? $0.inColor : $0 }
    var bytes = PNG.signature + PNG.header(shown[0])
    bytes += PNG.chunk("acTL", PNG.bigEndian(shown.count) + PNG.bigEndian(0))
    var sequence = 0
    for (index, frame) in shown.enumerated() {
      let factor = index == shown.count - 1 ? lastFrameFactor : 1
      bytes += PNG.chunk("fcTL", control(frame, sequence, seconds: film.seconds * factor))
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

  private static func control(_ frame: Raster, _ sequence: Int, seconds: Double) -> [UInt8] {
    let milliseconds = Int(min(max(seconds * 1000, 1), 65535).rounded())
    return PNG.bigEndian(sequence) + PNG.bigEndian(frame.width) + PNG.bigEndian(frame.height)
      + PNG.bigEndian(0) + PNG.bigEndian(0) + PNG.bigEndian(milliseconds, byteCount: 2)
      + PNG.bigEndian(1000, byteCount: 2) + [0, 0]
  }

  /// Whether a PNG has frames: the chunk that says so stands right behind the header.
  package static func isAnimated(_ bytes: [UInt8]) -> Bool {
    let place = PNG.signature.count + 25 + 4
    return bytes.count > place + 4 && bytes[place..<place + 4].elementsEqual("acTL".utf8)
  }
}
