import Codecs

/// The format of the MNIST files: a big-endian header, then numbers.
///
/// Source: Y. LeCun, C. Cortes, C. Burges, "The MNIST database".
package enum IDX {
  /// Throws: `FormatError`.
  package static func decode(_ bytes: [UInt8], limit: Int) throws(FormatError) -> NumberArray {
    let (header, data) = try parse(bytes, limit)
    return NumberArray(
      shape: header.shape, values: header.element.type.values(bytes, data, isBigEndian: true))
  }

  /// What the header promises and the file holds.
  ///
  /// Throws: `FormatError`.
  package static func entry(_ bytes: [UInt8], limit: Int) throws(FormatError) -> FileEntry {
    let header = try parse(bytes, limit).header
    return FileEntry(name: "", type: header.element.type.rawValue, shape: header.shape)
  }

  /// Whole numbers take the smallest type that holds them all (−0 becomes 0), anything else is
  /// kept as floats.
  package static func encode(_ array: NumberArray) -> [UInt8] {
    let element = Element.smallest(for: array.values)
    var bytes: [UInt8] = [0, 0, element.rawValue, UInt8(array.shape.count)]
    for size in array.shape {
      bytes += ByteWriter.bytes(of: UInt32(truncatingIfNeeded: size), isBigEndian: true)
    }
    bytes.reserveCapacity(bytes.count + array.values.count * element.type.size)
    for value in array.values { element.append(value, to: &bytes) }
    return bytes
  }

  private struct Header {
    let element: Element
    let shape: [Int]
  }

  private static func parse(
    _ bytes: [UInt8], _ limit: Int
  ) throws(FormatError) -> (header: Header, data: Range<Int>) {
    var reader = ByteReader(bytes, format: "IDX")
    try reader.expect([0, 0], "two zero bytes")
    let code = try reader.integer(UInt8.self, "the type of the numbers")
    guard let element = Element(rawValue: code) else {
      throw reader.error(
        .unexpected(found: "type \(code)", expected: "a type from 8 to 14 without 10"), at: 2)
    }
    let rank = Int(try reader.integer(UInt8.self, "the number of axes"))
    var shape: [Int] = []
    for axis in 0..<rank {
      shape.append(
        Int(try reader.integer(UInt32.self, isBigEndian: true, "the size of axis \(axis)")))
    }
    let count = try reader.elementCount(shape, limit: limit)
    let data = try reader.take(count * element.type.size, "the numbers")
    try reader.expectEnd()
    return (Header(element: element, shape: shape), data)
  }

  private enum Element: UInt8 {
    case byte = 0x08
    case signedByte = 0x09
    case short = 0x0B
    case int = 0x0C
    case float = 0x0D
    case double = 0x0E

    var type: NumberType {
      switch self {
      case .byte: .uint8
      case .signedByte: .int8
      case .short: .int16
      case .int: .int32
      case .float: .float32
      case .double: .float64
      }
    }

    static func smallest(for values: [Float]) -> Element {
      var (low, high): (Float, Float) = (0, 0)
      for value in values {
        guard value == value.rounded(.towardZero) else { return .float }
        low = min(low, value)
        high = max(high, value)
      }
      if low >= 0, high <= 255 { return .byte }
      if low >= -32_768, high <= 32_767 { return .short }
      return low >= -0x1p31 && high < 0x1p31 ? .int : .float
    }

    /// Appends a number as one of the types that `smallest` chooses from.
    func append(_ value: Float, to bytes: inout [UInt8]) {
      switch self {
      case .byte: bytes.append(UInt8(value))
      case .short: bytes += ByteWriter.bytes(of: Int16(value), isBigEndian: true)
      case .int: bytes += ByteWriter.bytes(of: Int32(value), isBigEndian: true)
      default: bytes += ByteWriter.bytes(of: value.bitPattern, isBigEndian: true)
      }
    }
  }
}
