/// Compression for everything that is written.
///
/// It is our own, because zlib's output differs between its versions and lessons compare files byte
/// for byte; reading is zlib's (`Inflate`).
package enum Deflate {
  private static let windowSize = 32768
  private static let longestMatch = 258
  private static let shortestMatch = 3
  private static let longestChain = 32

  /// Most bytes that one stream may hold.
  package static let largestCount = Int(Int32.max) - 1

  /// One block of fixed Huffman codes, wrapped as asked. At most `largestCount` bytes.
  /// Source: RFC 1950, RFC 1951 section 3.2.6, RFC 1952.
  package static func compress(_ bytes: [UInt8], as container: Container) -> [UInt8] {
    precondition(bytes.count <= largestCount)
    var writer = BitWriter(bytes: header(container))
    writer.write(1, count: 1)
    writer.write(1, count: 2)
    var matcher = Matcher(bytes)
    var place = 0
    while place < bytes.count {
      let match = matcher.longest(at: place)
      if let match {
        writer.writeMatch(length: match.length, distance: match.distance)
      } else {
        writer.writeLiteral(Int(bytes[place]))
      }
      let step = match?.length ?? 1
      for index in place..<place + step { matcher.insert(index) }
      place += step
    }
    writer.writeLiteral(256)
    writer.finish()
    return writer.bytes + trailer(container, bytes)
  }

  /// A gzip header names no file, no time and no system, so that equal content gives equal bytes.
  private static func header(_ container: Container) -> [UInt8] {
    switch container {
    case .raw: []
    case .zlib: [0x78, 0x9c]
    case .gzip: [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]
    }
  }

  private static func trailer(_ container: Container, _ bytes: [UInt8]) -> [UInt8] {
    switch container {
    case .raw: []
    case .zlib: ByteWriter.bytes(of: Checksum.adler32(bytes), isBigEndian: true)
    case .gzip:
      ByteWriter.bytes(of: Checksum.crc32(bytes))
        + ByteWriter.bytes(of: UInt32(truncatingIfNeeded: bytes.count))
    }
  }

  /// Finds repeats through chains of places that start with the same three bytes.
  private struct Matcher {
    private let bytes: [UInt8]
    private var heads = [Int32](repeating: -1, count: 1 << 15)
    private var previous: [Int32]

    init(_ bytes: [UInt8]) {
      self.bytes = bytes
      previous = [Int32](repeating: -1, count: bytes.count)
    }

    private func key(_ place: Int) -> Int {
      let value = Int(bytes[place]) << 16 | Int(bytes[place + 1]) << 8 | Int(bytes[place + 2])
      return (value &* 0x9E37_79B1) >> 12 & 0x7fff
    }

    mutating func insert(_ place: Int) {
      guard place + 2 < bytes.count else { return }
      let key = key(place)
      previous[place] = heads[key]
      heads[key] = Int32(place)
    }

    func longest(at place: Int) -> (length: Int, distance: Int)? {
      guard place + 2 < bytes.count else { return nil }
      let limit = min(Deflate.longestMatch, bytes.count - place)
      var best = (length: 0, distance: 0)
      var candidate = Int(heads[key(place)])
      var tries = 0
      while candidate >= 0, place - candidate <= Deflate.windowSize,
        tries < Deflate.longestChain, best.length < limit
      {
        var length = 0
        while length < limit, bytes[candidate + length] == bytes[place + length] { length += 1 }
        if length > best.length { best = (length, place - candidate) }
        candidate = Int(previous[candidate])
        tries += 1
      }
      return best.length >= Deflate.shortestMatch ? best : nil
    }
  }
}

/// Bits packed from the low end of each byte, as deflate wants them.
private struct BitWriter {
  private(set) var bytes: [UInt8]
  private var pending: UInt32 = 0
  private var pendingCount = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func write(_ value: Int, count: Int) {
    pending |= UInt32(value) << UInt32(pendingCount)
    pendingCount += count
    while pendingCount >= 8 {
      bytes.append(UInt8(truncatingIfNeeded: pending))
      pending >>= 8
      pendingCount -= 8
    }
  }

  mutating func finish() {
    if pendingCount > 0 { write(0, count: 8 - pendingCount) }
  }

  /// A literal byte, the end of the block (256), or a length symbol.
  mutating func writeLiteral(_ symbol: Int) {
    switch symbol {
    case ..<144: writeReversed(0x30 + symbol, count: 8)
    case ..<256: writeReversed(0x190 + symbol - 144, count: 9)
    case ..<280: writeReversed(symbol - 256, count: 7)
    default: writeReversed(0xc0 + symbol - 280, count: 8)
    }
  }

  mutating func writeMatch(length: Int, distance: Int) {
    let lengthIndex = Self.lastIndex(in: Self.lengthBases, notAbove: length)
    writeLiteral(257 + lengthIndex)
    let isPlain = lengthIndex < 8 || lengthIndex == 28
    write(length - Self.lengthBases[lengthIndex], count: isPlain ? 0 : (lengthIndex - 4) / 4)
    let distanceIndex = Self.lastIndex(in: Self.distanceBases, notAbove: distance)
    writeReversed(distanceIndex, count: 5)
    write(
      distance - Self.distanceBases[distanceIndex],
      count: distanceIndex < 4 ? 0 : (distanceIndex - 2) / 2)
  }

  /// Huffman codes are packed from their high end.
  private mutating func writeReversed(_ code: Int, count: Int) {
    var reversed = 0
    for bit in 0..<count where code & 1 << bit != 0 { reversed |= 1 << (count - 1 - bit) }
    write(reversed, count: count)
  }

  private static func lastIndex(in bases: [Int], notAbove value: Int) -> Int {
    (bases.lastIndex { $0 <= value }) ?? 0
  }

  private static let lengthBases = [
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115,
    131, 163, 195, 227, 258,
  ]
  private static let distanceBases = [
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537,
    2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577,
  ]
}
