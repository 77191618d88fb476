import Codecs

/// Portable Network Graphics: gray and RGB of 8 bits written; those, transparency, palettes, all
/// depths from 1 to 16 bits and interlacing read.
/// Source: W3C Portable Network Graphics (PNG) Specification, third edition.
package enum PNG {
  static let signature: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

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
    return bigEndian(data.count) + body + bigEndian(Int(Checksum.crc32(body)))
  }

  static func bigEndian(_ value: Int, byteCount: Int = 4) -> [UInt8] {
    (0..<byteCount).map { UInt8(truncatingIfNeeded: value >> (8 * (byteCount - 1 - $0))) }
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
    return Deflate.compress(filtered, as: .zlib)
  }

  /// The usual guess at compressed size: small differences from zero.
  private static func cost(_ row: [UInt8]) -> Int {
    row.reduce(0) { $0 + min(Int($1), 256 - Int($1)) }
  }

  /// Reads the first picture; transparency is laid over white.
  ///
  /// Throws: `FormatError`.
  package static func decode(_ bytes: [UInt8]) throws(FormatError) -> PictureSamples {
    var reader = ByteReader(bytes, format: "PNG")
    try reader.expect(signature, "the eight bytes that begin every PNG")
    var layout: PNGLayout?
    var compressed: [UInt8] = []
    chunks: while true {
      let (name, range) = try chunk(&reader)
      if layout == nil, name != "IHDR" {
        throw reader.error(
          .unexpected(found: name, expected: "the chunk IHDR"), at: range.lowerBound - 4)
      }
      switch name {
      case "IHDR": layout = try PNGLayout(reader, range)
      case "PLTE": layout?.palette = Array(bytes[range])
      case "tRNS": layout?.transparency = Array(bytes[range])
      case "IDAT": compressed += bytes[range]
      case "IEND": break chunks
      default: break
      }
    }
    guard let layout else { throw reader.error(.damaged(part: "the header")) }
    let size = layout.passes.reduce(0) { $0 + $1.filteredSize }
    let filtered = try Inflate.expand(compressed, as: .zlib, limit: size, format: "PNG")
    guard filtered.count == size else {
      throw reader.error(
        .endsEarly(part: "the pixels", needed: size, found: filtered.count))
    }
    return try layout.samples(filtered)
  }

  private static func chunk(
    _ reader: inout ByteReader
  ) throws(FormatError) -> (name: String, data: Range<Int>) {
    let length = Int(try reader.integer(UInt32.self, isBigEndian: true, "the length of a chunk"))
    let name = try reader.take(4, "the name of a chunk")
    let text = String(decoding: reader.bytes[name], as: UTF8.self)
    let data = try reader.take(length, "the chunk \(text)")
    let stored = try reader.integer(UInt32.self, isBigEndian: true, "the checksum of \(text)")
    let body = name.lowerBound..<data.upperBound
    guard Checksum.crc32(reader.bytes, body) == stored else {
      throw reader.error(.damaged(part: "the chunk \(text)"), at: name.lowerBound)
    }
    return (text, data)
  }
}
