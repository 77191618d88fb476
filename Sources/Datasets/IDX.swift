/// Numbers in row-major order.
package struct NumberArray: Sendable, Hashable {
  package let shape: [Int]
  package let values: [Float]

  package init(shape: [Int], values: [Float]) {
    self.shape = shape
    self.values = values
  }
}

/// The format of the MNIST files: a big-endian header, then numbers.
///
/// Source: Y. LeCun, C. Cortes, C. Burges, "The MNIST database".
package enum IDX {
  /// Throws: `FormatError`; no bytes make it fail otherwise.
  package static func decode(_ file: [UInt8]) throws(FormatError) -> NumberArray {
    let bytes = Gzip.isCompressed(file) ? try Gzip.expand(file) : file
    guard bytes.count >= 4, bytes[0] == 0, bytes[1] == 0 else {
      throw FormatError(format: "IDX", reason: "it does not begin with two zero bytes")
    }
    guard let element = Element(rawValue: bytes[2]) else {
      throw FormatError(format: "IDX", reason: "unknown element type \(bytes[2])")
    }
    let rank = Int(bytes[3])
    let header = 4 + 4 * rank
    guard bytes.count >= header else {
      throw FormatError(format: "IDX", reason: "the header is cut short")
    }
    let shape = (0..<rank).map { Int(UInt32(bigEndian: bytes, at: 4 + 4 * $0)) }
    var count = 1
    for size in shape {
      let (product, overflow) = count.multipliedReportingOverflow(by: size)
      guard !overflow else { throw FormatError(format: "IDX", reason: "the sizes overflow") }
      count = product
    }
    let (needed, overflow) = count.multipliedReportingOverflow(by: element.size)
    guard !overflow, bytes.count - header == needed else {
      throw FormatError(
        format: "IDX",
        reason: "the header promises \(count) elements, \(bytes.count - header) bytes follow")
    }
    return NumberArray(
      shape: shape, values: (0..<count).map { element.value(bytes, header + $0 * element.size) })
  }

  private enum Element: UInt8 {
    case byte = 0x08
    case signedByte = 0x09
    case short = 0x0B
    case int = 0x0C
    case float = 0x0D
    case double = 0x0E

    var size: Int {
      switch self {
      case .byte, .signedByte: 1
      case .short: 2
      case .int, .float: 4
      case .double: 8
      }
    }

    func value(_ bytes: [UInt8], _ offset: Int) -> Float {
      switch self {
      case .byte: Float(bytes[offset])
      case .signedByte: Float(Int8(bitPattern: bytes[offset]))
      case .short: Float(Int16(bitPattern: UInt16(bigEndian: bytes, at: offset)))
      case .int: Float(Int32(bitPattern: UInt32(bigEndian: bytes, at: offset)))
      case .float: Float(bitPattern: UInt32(bigEndian: bytes, at: offset))
      case .double: Float(Double(bitPattern: UInt64(bigEndian: bytes, at: offset)))
      }
    }
  }
}

extension FixedWidthInteger {
  /// Reads a number from bytes, most significant first.
  fileprivate init(bigEndian bytes: [UInt8], at offset: Int) {
    self = 0
    for index in 0..<(Self.bitWidth / 8) { self = self << 8 | Self(bytes[offset + index]) }
  }
}
