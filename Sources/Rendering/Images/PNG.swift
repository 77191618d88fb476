import CZlib

/// Portable Network Graphics: gray and RGB written, those and RGBA and palettes read.
/// Source: W3C Portable Network Graphics (PNG) Specification, third edition.
package enum PNG {
  /// What is wrong with a file that should be a PNG.
  package enum Fault: Error, Sendable, Hashable {
    case notPNG
    case truncated
    case badChecksum(chunk: String)
    case badHeader
    /// 16-bit samples, interlacing, fewer than 8 bits.
    case unsupported(String)
    case damagedPixels
    case tooLarge(width: Int, height: Int)
  }

  static let signature: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
  private static let largestPixelCount = 1 << 26

  package static func encode(_ raster: Raster) -> [UInt8] {
    signature + header(raster) + chunk("IDAT", pixels(raster)) + chunk("IEND", [])
  }

  static func header(_ raster: Raster) -> [UInt8] {
    chunk(
      "IHDR",
      bigEndian(raster.width) + bigEndian(raster.height)
        + [8, raster.isColor ? 2 : 0, 0, 0, 0])
  }

  static func chunk(_ name: String, _ data: [UInt8]) -> [UInt8] {
    let body = Array(name.utf8) + data
    return bigEndian(data.count) + body + bigEndian(Int(checksum(body)))
  }

  static func bigEndian(_ value: Int, byteCount: Int = 4) -> [UInt8] {
    (0..<byteCount).map { UInt8(truncatingIfNeeded: value >> (8 * (byteCount - 1 - $0))) }
  }

  static func checksum(_ bytes: [UInt8]) -> UInt32 {
    bytes.withUnsafeBufferPointer { buffer in
      UInt32(truncatingIfNeeded: crc32_z(0, buffer.baseAddress, buffer.count))
    }
  }

  /// Compressed rows, each behind the filter that leaves the least.
  static func pixels(_ raster: Raster) -> [UInt8] {
    let stride = raster.width * raster.channels
    var filtered: [UInt8] = []
    filtered.reserveCapacity((stride + 1) * raster.height)
    var above = [UInt8](repeating: 0, count: stride)
    for y in 0..<raster.height {
      let row = Array(raster.samples[y * stride..<(y + 1) * stride])
      let best = [0, 1, 2, 4].map { filter in
        (filter, PNGFilter.apply(filter, row, above: above, pixelSize: raster.channels))
      }.min { cost($0.1) < cost($1.1) }
      filtered.append(UInt8(best?.0 ?? 0))
      filtered += best?.1 ?? row
      above = row
    }
    return Deflate.compress(filtered)
  }

  /// The usual guess at compressed size: small differences from zero.
  private static func cost(_ row: [UInt8]) -> Int {
    row.reduce(0) { $0 + min(Int($1), 256 - Int($1)) }
  }

  /// Reads the first picture; transparency is laid over white.
  /// Throws: `Fault`.
  package static func decode(_ bytes: [UInt8]) throws(Fault) -> Raster {
    guard bytes.starts(with: signature) else { throw .notPNG }
    var header: [UInt8]?
    var palette: [UInt8] = []
    var paletteAlpha: [UInt8] = []
    var compressed: [UInt8] = []
    var place = signature.count
    chunks: while true {
      guard place + 12 <= bytes.count else { throw .truncated }
      let length = bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
      guard place + 12 + length <= bytes.count else { throw .truncated }
      let body = Array(bytes[place + 4..<place + 8 + length])
      let end = place + 8 + length
      let stored = bytes[end..<end + 4].reduce(0) { $0 << 8 | UInt32($1) }
      let name = String(decoding: body.prefix(4), as: UTF8.self)
      guard checksum(body) == stored else { throw .badChecksum(chunk: name) }
      let data = Array(body.dropFirst(4))
      switch name {
      case "IHDR": header = data
      case "PLTE": palette = data
      case "tRNS": paletteAlpha = data
      case "IDAT": compressed += data
      default: break
      }
      place += 12 + length
      if name == "IEND" { break chunks }
    }
    let layout = try PNGLayout(header ?? [], largestPixelCount: largestPixelCount)
    guard let filtered = Deflate.expand(compressed, count: (layout.stride + 1) * layout.height)
    else { throw .damagedPixels }
    let samples = try PNGFilter.remove(filtered, layout)
    return try layout.raster(samples, palette: palette, paletteAlpha: paletteAlpha)
  }
}
