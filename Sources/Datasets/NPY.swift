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
    var dictionary = PythonHeader(scanner: HeaderScanner(reader, range))
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
    var scanner: HeaderScanner

    mutating func header() throws(FormatError) -> Header {
      var header = Header()
      var keys: Set<String> = []
      try scanner.pass("{")
      while !scanner.skip("}") {
        let key = try string()
        keys.insert(key)
        try scanner.pass(":")
        switch key {
        case "descr": try readType(&header)
        case "fortran_order": header.isColumnMajor = try boolean()
        case "shape": header.shape = try tuple()
        default: throw scanner.fail("descr, fortran_order or shape")
        }
        if !scanner.skip(",") {
          try scanner.pass("}")
          break
        }
      }
      guard keys.count == 3 else { throw scanner.fail("descr, fortran_order and shape") }
      return header
    }

    private mutating func readType(_ header: inout Header) throws(FormatError) {
      _ = scanner.peek()
      let start = scanner.place
      guard scanner.peek() == UInt8(ascii: "'") || scanner.peek() == UInt8(ascii: "\"") else {
        throw scanner.reader.error(.unsupported("an array of records"), at: start)
      }
      let text = try string()
      let types: [String: NumberType] = [
        "b1": .bool, "i1": .int8, "u1": .uint8, "i2": .int16, "u2": .uint16, "i4": .int32,
        "u4": .uint32, "i8": .int64, "u8": .uint64, "f2": .float16, "f4": .float32, "f8": .float64,
      ]
      guard let first = text.first, "<>|=".contains(first),
        let type = types[String(text.dropFirst())]
      else { throw scanner.reader.error(.unsupported("the type `\(text)`"), at: start) }
      header.type = type
      header.isBigEndian = first == ">"
    }

    private mutating func string() throws(FormatError) -> String {
      guard let quote = scanner.peek(), quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"")
      else {
        throw scanner.fail("a string")
      }
      _ = scanner.takeByte()
      var text: [UInt8] = []
      while let byte = scanner.takeByte() {
        if byte == quote { return String(decoding: text, as: UTF8.self) }
        text.append(byte)
      }
      throw scanner.fail("the end of a string")
    }

    private mutating func boolean() throws(FormatError) -> Bool {
      if scanner.skip("True") { return true }
      if scanner.skip("False") { return false }
      throw scanner.fail("True or False")
    }

    private mutating func tuple() throws(FormatError) -> [Int] {
      var sizes: [Int] = []
      try scanner.pass("(")
      while !scanner.skip(")") {
        sizes.append(try size())
        if !scanner.skip(",") {
          try scanner.pass(")")
          break
        }
      }
      return sizes
    }

    private mutating func size() throws(FormatError) -> Int {
      let size = try scanner.wholeNumber()
      // As Python 2 wrote long ones.
      _ = scanner.skip("L")
      return size
    }
  }
}
