import Codecs

/// Numbers in row-major order.
package struct NumberArray: Sendable, Hashable {
  package let shape: [Int]
  package let values: [Float]

  package init(shape: [Int], values: [Float]) {
    self.shape = shape
    self.values = values
  }
}

/// What a file says about one of its arrays.
package struct FileEntry: Sendable, Hashable {
  /// Empty if the file holds just one array, without a name.
  package let name: String
  /// For example `float32`.
  package let type: String
  package let shape: [Int]

  package init(name: String, type: String, shape: [Int]) {
    self.name = name
    self.type = type
    self.shape = shape
  }
}

/// How one number is kept in a file. All become 32-bit floats, rounded where they must be.
package enum NumberType: String, Sendable, Hashable, CaseIterable {
  case bool, int8, uint8, int16, uint16, int32, uint32, int64, uint64
  case bfloat16, float16, float32, float64

  /// In bytes.
  package var size: Int {
    switch self {
    case .bool, .int8, .uint8: 1
    case .int16, .uint16, .bfloat16, .float16: 2
    case .int32, .uint32, .float32: 4
    case .int64, .uint64, .float64: 8
    }
  }

  /// The numbers that fill `range`.
  package func values(_ bytes: [UInt8], _ range: Range<Int>, isBigEndian: Bool) -> [Float] {
    func read<Bits: FixedWidthInteger>(_ number: (Bits) -> Float) -> [Float] {
      bytes.withUnsafeBytes { raw in
        [Float](unsafeUninitializedCapacity: range.count / size) { result, count in
          for index in 0..<range.count / size {
            let bits = raw.loadUnaligned(
              fromByteOffset: range.lowerBound + index * size, as: Bits.self)
            result.initializeElement(
              at: index, to: number(isBigEndian ? Bits(bigEndian: bits) : Bits(littleEndian: bits)))
          }
          count = range.count / size
        }
      }
    }
    return switch self {
    case .bool: read { (bits: UInt8) in bits == 0 ? 0 : 1 }
    case .int8: read { (bits: Int8) in Float(bits) }
    case .uint8: read { (bits: UInt8) in Float(bits) }
    case .int16: read { (bits: Int16) in Float(bits) }
    case .uint16: read { (bits: UInt16) in Float(bits) }
    case .int32: read { (bits: Int32) in Float(bits) }
    case .uint32: read { (bits: UInt32) in Float(bits) }
    case .int64: read { (bits: Int64) in Float(bits) }
    case .uint64: read { (bits: UInt64) in Float(bits) }
    case .bfloat16: read { (bits: UInt16) in Float(bitPattern: UInt32(bits) << 16) }
    case .float16: read(NumberType.half)
    case .float32: read { (bits: UInt32) in Float(bitPattern: bits) }
    case .float64: read { (bits: UInt64) in Float(Double(bitPattern: bits)) }
    }
  }

  /// A 16-bit float; the standard library has none on every machine.
  /// Source: IEEE 754-2008, binary16.
  private static func half(_ bits: UInt16) -> Float {
    let sign = UInt32(bits & 0x8000) << 16
    let exponent = UInt32(bits >> 10 & 0x1f)
    let fraction = UInt32(bits & 0x3ff)
    switch exponent {
    case 0:
      let magnitude = Float(fraction) * 0x1p-24
      return sign == 0 ? magnitude : -magnitude
    case 31: return Float(bitPattern: sign | 0x7f80_0000 | fraction << 13)
    default: return Float(bitPattern: sign | (exponent + 112) << 23 | fraction << 13)
    }
  }
}

extension ByteReader {
  /// Number of elements of an array.
  ///
  /// Sizes of 0 are left out of the bound, so that strides cannot overflow either.
  /// Throws: `FormatError` if the array as floats would take more than `limit` bytes.
  package func elementCount(_ shape: [Int], limit: Int) throws(FormatError) -> Int {
    var bytes = MemoryLayout<Float>.size
    for size in shape {
      let (product, overflow) = bytes.multipliedReportingOverflow(by: max(size, 1))
      bytes = overflow ? .max : product
      if overflow { break }
    }
    guard bytes <= limit else {
      let sizes = shape.map(String.init).joined(separator: "×")
      throw error(.tooLarge(part: "an array of \(sizes)", byteCount: bytes, limit: limit))
    }
    return shape.contains(0) ? 0 : bytes / MemoryLayout<Float>.size
  }
}
