/// Reads a file from front to back; whatever the bytes are, it can do no more than throw.
package struct ByteReader {
  package let bytes: [UInt8]
  package let format: String
  package private(set) var position: Int

  package init(_ bytes: [UInt8], format: String, at position: Int = 0) {
    self.bytes = bytes
    self.format = format
    self.position = min(max(position, 0), bytes.count)
  }

  package var remaining: Int { bytes.count - position }

  /// The next `count` bytes, which are the `part` of the file.
  package mutating func take(_ count: Int, _ part: String) throws(FormatError) -> Range<Int> {
    guard count >= 0, count <= remaining else {
      throw error(.endsEarly(part: part, needed: count, found: remaining))
    }
    position += count
    return (position - count)..<position
  }

  package mutating func integer<Number: FixedWidthInteger & UnsignedInteger>(
    _ type: Number.Type, isBigEndian: Bool = false, _ part: String
  ) throws(FormatError) -> Number {
    let range = try take(MemoryLayout<Number>.size, part)
    var number: Number = 0
    for index in range {
      let place = isBigEndian ? index : range.upperBound - 1 - index + range.lowerBound
      number = number << 8 | Number(bytes[place])
    }
    return number
  }

  /// Passes bytes that must stand here.
  package mutating func expect(_ magic: [UInt8], _ what: String) throws(FormatError) {
    guard bytes[position...].starts(with: magic) else {
      throw error(.unexpected(found: nil, expected: what))
    }
    position += magic.count
  }

  /// Nothing may follow.
  package func expectEnd() throws(FormatError) {
    if remaining > 0 { throw error(.goesOn(count: remaining)) }
  }

  package func error(_ problem: FormatError.Problem, at place: Int? = nil) -> FormatError {
    FormatError(format: format, problem, at: .byte(place ?? position))
  }
}

/// Numbers as bytes.
package enum ByteWriter {
  package static func bytes<Number: FixedWidthInteger>(
    of number: Number, isBigEndian: Bool = false
  ) -> [UInt8] {
    withUnsafeBytes(of: isBigEndian ? number.bigEndian : number.littleEndian) { Array($0) }
  }

  /// Appends floats as little-endian bytes, the order of every machine that this runs on.
  package static func append(_ numbers: [Float], to bytes: inout [UInt8]) {
    numbers.withUnsafeBytes { bytes.append(contentsOf: $0) }
  }
}
