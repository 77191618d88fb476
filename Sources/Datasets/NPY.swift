import Codecs

/// One NumPy array: a header in the syntax of Python, then numbers.
///
/// Source: numpy.lib.format, versions 1.0, 2.0 and 3.0.
package enum NPY {
  private static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

  /// Throws: `FormatError`.
  package static func decode(_ bytes: [UInt8], limit: Int) throws(FormatError) -> NumberArray {
    let (header, data) = try parse(bytes, limit)
    let values = header.type.values(bytes, data, isBigEndian: header.isBigEndian)
    return NumberArray(
      shape: header.shape,
      values: header.isColumnMajor && header.shape.count > 1
        ? rowMajor(values, header.shape) : values)
  }

  /// What the header promises and the file holds.
  ///
  /// Throws: `FormatError`.
  package static func entry(
    _ bytes: [UInt8], name: String = "", limit: Int
  ) throws(FormatError) -> FileEntry {
    let header = try parse(bytes, limit).header
    return FileEntry(name: name, type: header.type.rawValue, shape: header.shape)
  }

  /// 32-bit floats in row-major order, byte for byte as `numpy.save` writes them.
  package static func encode(_ array: NumberArray) -> [UInt8] {
    let sizes = array.shape.map(String.init)
    let tuple = sizes.count == 1 ? "(\(sizes[0]),)" : "(\(sizes.joined(separator: ", ")))"
    var header = "{'descr': '<f4', 'fortran_order': False, 'shape': \(tuple), }"
    // NumPy leaves room for the first size to grow to 21 digits, and aligns the numbers to 64.
    if let first = sizes.first { header += String(repeating: " ", count: 21 - first.utf8.count) }
    let unpadded = magic.count + 4 + header.utf8.count + 1
    header += String(repeating: " ", count: (64 - unpadded % 64) % 64) + "\n"
    var bytes = magic + [1, 0] + ByteWriter.bytes(of: UInt16(header.utf8.count))
    bytes.reserveCapacity(unpadded + 64 + 4 * array.values.count)
    bytes += header.utf8
    ByteWriter.append(array.values, to: &bytes)
    return bytes
  }

  private struct Header {
    var type = NumberType.float32
    var isBigEndian = false
    var isColumnMajor = false
    var shape: [Int] = []
  }

  private static func parse(
    _ bytes: [UInt8], _ limit: Int
  ) throws(FormatError) -> (header: Header, data: Range<Int>) {
    var reader = ByteReader(bytes, format: "NPY")
    try reader.expect(magic, "the byte 0x93 and NUMPY")
    let version = try reader.integer(UInt8.self, "the version")
    _ = try reader.integer(UInt8.self, "the version")
    guard (1...3).contains(version) else {
      throw reader.error(.unsupported("version \(version)"), at: magic.count)
    }
    let length =
      version == 1
      ? Int(try reader.integer(UInt16.self, "the length of the header"))
      : Int(try reader.integer(UInt32.self, "the length of the header"))
    let range = try reader.take(length, "the header")
    var dictionary = PythonHeader(reader, range)
    let header = try dictionary.header()
    let count = try reader.elementCount(header.shape, limit: limit)
    let data = try reader.take(count * header.type.size, "the numbers")
    try reader.expectEnd()
    return (header, data)
  }

  /// Turns numbers whose first index runs fastest.
  private static func rowMajor(_ values: [Float], _ shape: [Int]) -> [Float] {
    var strides = [1]
    for size in shape.dropLast() { strides.append(strides[strides.count - 1] * size) }
    var index = [Int](repeating: 0, count: shape.count)
    var place = 0
    var result: [Float] = []
    result.reserveCapacity(values.count)
    while result.count < values.count {
      result.append(values[place])
      var axis = shape.count - 1
      while axis >= 0 {
        index[axis] += 1
        place += strides[axis]
        if index[axis] < shape[axis] { break }
        place -= strides[axis] * shape[axis]
        index[axis] = 0
        axis -= 1
      }
    }
    return result
  }

  /// The dictionary of strings, booleans and whole numbers in which the header is written.
  private struct PythonHeader {
    private let reader: ByteReader
    private var place: Int
    private let end: Int

    init(_ reader: ByteReader, _ range: Range<Int>) {
      self.reader = reader
      place = range.lowerBound
      end = range.upperBound
    }

    mutating func header() throws(FormatError) -> Header {
      var header = Header()
      var keys: Set<String> = []
      try pass("{")
      while !skip("}") {
        let key = try string()
        keys.insert(key)
        try pass(":")
        switch key {
        case "descr": try readType(&header)
        case "fortran_order": header.isColumnMajor = try boolean()
        case "shape": header.shape = try tuple()
        default: throw fail("descr, fortran_order or shape")
        }
        if !skip(",") {
          try pass("}")
          break
        }
      }
      guard keys.count == 3 else { throw fail("descr, fortran_order and shape") }
      return header
    }

    private mutating func readType(_ header: inout Header) throws(FormatError) {
      let start = place
      guard peek() == UInt8(ascii: "'") || peek() == UInt8(ascii: "\"") else {
        throw reader.error(.unsupported("an array of records"), at: start)
      }
      let text = try string()
      let types: [String: NumberType] = [
        "b1": .bool, "i1": .int8, "u1": .uint8, "i2": .int16, "u2": .uint16, "i4": .int32,
        "u4": .uint32, "i8": .int64, "u8": .uint64, "f2": .float16, "f4": .float32, "f8": .float64,
      ]
      guard let first = text.first, "<>|=".contains(first),
        let type = types[String(text.dropFirst())]
      else { throw reader.error(.unsupported("the type `\(text)`"), at: start) }
      header.type = type
      header.isBigEndian = first == ">"
    }

    private mutating func string() throws(FormatError) -> String {
      guard let quote = peek(), quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") else {
        throw fail("a string")
      }
      place += 1
      let start = place
      while place < end, reader.bytes[place] != quote { place += 1 }
      guard place < end else { throw fail("the end of a string") }
      place += 1
      return String(decoding: reader.bytes[start..<place - 1], as: UTF8.self)
    }

    private mutating func boolean() throws(FormatError) -> Bool {
      if skip("True") { return true }
      if skip("False") { return false }
      throw fail("True or False")
    }

    private mutating func tuple() throws(FormatError) -> [Int] {
      var sizes: [Int] = []
      try pass("(")
      while !skip(")") {
        sizes.append(try size())
        if !skip(",") {
          try pass(")")
          break
        }
      }
      return sizes
    }

    private mutating func size() throws(FormatError) -> Int {
      _ = peek()
      let start = place
      var value = 0
      while place < end, (48...57).contains(reader.bytes[place]), place - start < 18 {
        value = value * 10 + Int(reader.bytes[place] - 48)
        place += 1
      }
      guard place > start else { throw fail("a size of at most 18 digits") }
      _ = skip("L")
      return value
    }

    /// The next byte that is not a space.
    private mutating func peek() -> UInt8? {
      while place < end, reader.bytes[place] == 32 || (9...13).contains(reader.bytes[place]) {
        place += 1
      }
      return place < end ? reader.bytes[place] : nil
    }

    private mutating func skip(_ word: String) -> Bool {
      _ = peek()
      guard reader.bytes[place..<end].starts(with: word.utf8) else { return false }
      place += word.utf8.count
      return true
    }

    private mutating func pass(_ word: String) throws(FormatError) {
      if !skip(word) { throw fail("`\(word)`") }
    }

    private func fail(_ expected: String) -> FormatError {
      reader.error(.unexpected(found: nil, expected: expected), at: place)
    }
  }
}
