import Codecs

/// As much of JSON as headers of files need: objects, lists, strings, whole numbers.
///
/// Source: RFC 8259.
enum JSON: Sendable, Hashable {
  case object([Field])
  case list([JSON])
  case string(String)
  case number(Int)
  case word(String)

  struct Field: Sendable, Hashable {
    let name: String
    let value: JSON
  }

  static func parse(_ reader: ByteReader, _ range: Range<Int>) throws(FormatError) -> JSON {
    var parser = Parser(reader: reader, place: range.lowerBound, end: range.upperBound)
    let value = try parser.value(depth: 0)
    guard parser.peek() == nil else { throw parser.fail("the end of the header") }
    return value
  }

  /// The text as a JSON string with its quotes.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\0"..<" ":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  private struct Parser {
    let reader: ByteReader
    var place: Int
    let end: Int

    private static let deepest = 32

    mutating func value(depth: Int) throws(FormatError) -> JSON {
      guard depth < Parser.deepest else { throw fail("at most \(Parser.deepest) levels") }
      switch peek() {
      case UInt8(ascii: "{"): return .object(try object(depth))
      case UInt8(ascii: "["): return .list(try list(depth))
      case UInt8(ascii: "\""): return .string(try string())
      case let digit? where (48...57).contains(digit): return .number(try number())
      default:
        for word in ["true", "false", "null"] where skip(word) { return .word(word) }
        throw fail("a value")
      }
    }

    private mutating func object(_ depth: Int) throws(FormatError) -> [Field] {
      var fields: [Field] = []
      try pass("{")
      if skip("}") { return fields }
      repeat {
        let name = try string()
        try pass(":")
        fields.append(Field(name: name, value: try value(depth: depth + 1)))
      } while skip(",")
      try pass("}")
      return fields
    }

    private mutating func list(_ depth: Int) throws(FormatError) -> [JSON] {
      var values: [JSON] = []
      try pass("[")
      if skip("]") { return values }
      repeat { values.append(try value(depth: depth + 1)) } while skip(",")
      try pass("]")
      return values
    }

    private mutating func number() throws(FormatError) -> Int {
      let start = place
      var value = 0
      while place < end, (48...57).contains(reader.bytes[place]), place - start < 18 {
        value = value * 10 + Int(reader.bytes[place] - 48)
        place += 1
      }
      if place < end, (48...57).contains(reader.bytes[place]) || reader.bytes[place] == 46 {
        throw fail("a whole number of at most 18 digits")
      }
      return value
    }

    private mutating func string() throws(FormatError) -> String {
      try pass("\"")
      var text: [UInt8] = []
      while place < end {
        let byte = reader.bytes[place]
        place += 1
        switch byte {
        case UInt8(ascii: "\""):
          guard let string = String(validating: text, as: UTF8.self) else {
            throw fail("UTF-8 text before this")
          }
          return string
        case UInt8(ascii: "\\"): text += Array(String(try escaped()).utf8)
        default: text.append(byte)
        }
      }
      throw fail("the end of a string")
    }

    private mutating func escaped() throws(FormatError) -> Unicode.Scalar {
      guard place < end else { throw fail("the end of a string") }
      let byte = reader.bytes[place]
      place += 1
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
      case UInt8(ascii: "n"): return "\n"
      case UInt8(ascii: "t"): return "\t"
      case UInt8(ascii: "r"): return "\r"
      case UInt8(ascii: "b"): return "\u{8}"
      case UInt8(ascii: "f"): return "\u{c}"
      case UInt8(ascii: "u"):
        let high = try hexadecimal()
        guard high & 0xfc00 == 0xd800, skip("\\u") else {
          return Unicode.Scalar(high) ?? "\u{fffd}"
        }
        let low = try hexadecimal()
        return Unicode.Scalar(0x10000 + (high & 0x3ff) << 10 + (low & 0x3ff)) ?? "\u{fffd}"
      default: throw fail("an escape such as \\n")
      }
    }

    private mutating func hexadecimal() throws(FormatError) -> UInt32 {
      guard place + 4 <= end,
        let value = UInt32(
          String(decoding: reader.bytes[place..<place + 4], as: UTF8.self), radix: 16)
      else { throw fail("four hexadecimal digits") }
      place += 4
      return value
    }

    /// The next byte that is not white space.
    mutating func peek() -> UInt8? {
      while place < end, [9, 10, 13, 32].contains(reader.bytes[place]) { place += 1 }
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

    func fail(_ expected: String) -> FormatError {
      reader.error(.unexpected(found: nil, expected: expected), at: place)
    }
  }
}
