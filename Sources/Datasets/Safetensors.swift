import Codecs

/// Named arrays behind a header in JSON: the format in which models are shared.
///
/// Source: https://github.com/huggingface/safetensors, "Format".
package enum Safetensors {
  /// Throws: `FormatError`, also if the arrays together would take more than `limit` bytes.
  package static func decode(
    _ bytes: [UInt8], limit: Int
  ) throws(FormatError) -> [(name: String, array: NumberArray)] {
    try parse(bytes, limit).map { header in
      let values = header.type.values(bytes, header.data, isBigEndian: false)
      return (header.name, NumberArray(shape: header.shape, values: values))
    }
  }

  /// What the header promises and the file holds.
  ///
  /// Throws: `FormatError`.
  package static func entries(_ bytes: [UInt8], limit: Int) throws(FormatError) -> [FileEntry] {
    try parse(bytes, limit).map {
      FileEntry(name: $0.name, type: $0.type.rawValue, shape: $0.shape)
    }
  }

  /// 32-bit floats in order of name, byte for byte as the library `safetensors` writes them.
  package static func encode(_ arrays: [(name: String, array: NumberArray)]) -> [UInt8] {
    let sorted = arrays.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    var fields: [String] = []
    var end = 0
    for (name, array) in sorted {
      let start = end
      end += 4 * array.values.count
      let sizes = array.shape.map(String.init).joined(separator: ",")
      fields.append(
        "\(JSON.quoted(name)):{\"dtype\":\"F32\",\"shape\":[\(sizes)],"
          + "\"data_offsets\":[\(start),\(end)]}")
    }
    var header = "{" + fields.joined(separator: ",") + "}"
    // The numbers begin at a multiple of 8.
    header += String(repeating: " ", count: (8 - header.utf8.count % 8) % 8)
    var bytes = ByteWriter.bytes(of: UInt64(header.utf8.count))
    bytes.reserveCapacity(8 + header.utf8.count + end)
    bytes += header.utf8
    for (_, array) in sorted { ByteWriter.append(array.values, to: &bytes) }
    return bytes
  }

  private struct Header {
    let name: String
    let type: NumberType
    let shape: [Int]
    var data: Range<Int>
  }

  private static let types: [String: NumberType] = [
    "BOOL": .bool, "I8": .int8, "U8": .uint8, "I16": .int16, "U16": .uint16, "I32": .int32,
    "U32": .uint32, "I64": .int64, "U64": .uint64, "BF16": .bfloat16, "F16": .float16,
    "F32": .float32, "F64": .float64,
  ]

  /// The arrays in order of their place in the file, which they fill without gaps.
  private static func parse(_ bytes: [UInt8], _ limit: Int) throws(FormatError) -> [Header] {
    var reader = ByteReader(bytes, format: "safetensors")
    let length = try reader.integer(UInt64.self, "the length of the header")
    let range = try reader.take(Int(clamping: length), "the header")
    guard case .object(let fields) = try JSON.parse(reader, range) else {
      throw reader.error(.unexpected(found: nil, expected: "a JSON object"), at: 8)
    }
    var headers: [Header] = []
    var names: Set<String> = []
    var left = limit
    for field in fields where field.name != "__metadata__" {
      guard names.insert(field.name).inserted else {
        throw reader.error(
          .unexpected(found: "a second `\(field.name)`", expected: "a name for each tensor"), at: 8)
      }
      let header = try header(field, reader, limit: left)
      left -= header.data.count / header.type.size * MemoryLayout<Float>.size
      headers.append(header)
    }
    headers.sort {
      ($0.data.lowerBound, $0.data.upperBound) < ($1.data.lowerBound, $1.data.upperBound)
    }
    for index in headers.indices {
      let promised = headers[index].data
      let data = try reader.take(promised.count, "`\(headers[index].name)`")
      guard data.lowerBound - range.upperBound == promised.lowerBound else {
        throw reader.error(
          .unexpected(
            found: "`\(headers[index].name)` at \(promised.lowerBound)",
            expected: "a tensor at \(data.lowerBound - range.upperBound) of the data"),
          at: data.lowerBound)
      }
      headers[index].data = data
    }
    try reader.expectEnd()
    return headers
  }

  /// Place is counted from the end of the header.
  private static func header(
    _ field: JSON.Field, _ reader: ByteReader, limit: Int
  ) throws(FormatError) -> Header {
    func fail(_ expected: String) -> FormatError {
      reader.error(
        .unexpected(found: nil, expected: "\(expected) of `\(field.name)`"), at: 8)
    }
    guard case .object(let parts) = field.value else { throw fail("the description") }
    func part(_ name: String) -> JSON? { parts.first { $0.name == name }?.value }
    guard case .string(let code)? = part("dtype") else { throw fail("the dtype") }
    guard let type = types[code] else {
      throw reader.error(.unsupported("the type \(code) of `\(field.name)`"), at: 8)
    }
    guard let shape = part("shape")?.wholeNumbers else { throw fail("the shape") }
    guard let offsets = part("data_offsets")?.wholeNumbers, offsets.count == 2,
      offsets[0] <= offsets[1]
    else { throw fail("the data_offsets") }
    let count = try reader.elementCount(shape, limit: limit)
    guard offsets[1] - offsets[0] == count * type.size else {
      throw reader.error(
        .unexpected(
          found: "\(offsets[1] - offsets[0]) bytes",
          expected: "\(count * type.size) bytes for `\(field.name)`"), at: 8)
    }
    return Header(name: field.name, type: type, shape: shape, data: offsets[0]..<offsets[1])
  }
}

extension JSON {
  fileprivate var wholeNumbers: [Int]? {
    guard case .list(let values) = self else { return nil }
    var numbers: [Int] = []
    for value in values {
      guard case .number(let number) = value else { return nil }
      numbers.append(number)
    }
    return numbers
  }
}
