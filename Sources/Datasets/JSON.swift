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
    var parser = Parser(scanner: HeaderScanner(reader, range))
    let value = try parser.value(depth: 0)
    guard parser.scanner.peek() == nil else { throw parser.scanner.fail("the end of the header") }
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
    var scanner: HeaderScanner

    private static let deepest = 32

    mutating func value(depth: Int) throws(FormatError) -> JSON {
      guard depth < Parser.deepest else { throw scanner.fail("at most \(Parser.deepest) levels") }
      switch scanner.peek() {
      case UInt8(ascii: "{"): return .object(try object(depth))
      case UInt8(ascii: "["): return .list(try list(depth))
      case UInt8(ascii: "\""): return .string(try string())
      case let digit? where (48...57).contains(digit): return .number(try scanner.wholeNumber())
      default:
        for word in ["true", "false", "null"] where scanner.skip(word) { return .word(word) }
        throw scanner.fail("a value")
      }
    }

    private mutating func object(_ depth: Int) throws(FormatError) -> [Field] {
      var fields: [Field] = []
      try scanner.pass("{")
      if scanner.skip("}") { return fields }
      repeat {
        let name = try string()
        try scanner.pass(":")
        fields.append(Field(name: name, value: try value(depth: depth + 1)))
      } while scanner.skip(",")
      try scanner.pass("}")
      return fields
    }

    private mutating func list(_ depth: Int) throws(FormatError) -> [JSON] {
      var values: [JSON] = []
      try scanner.pass("[")
      if scanner.skip("]") { return values }
      repeat { values.append(try value(depth: depth + 1)) } while scanner.skip(",")
      try scanner.pass("]")
      return values
    }

    private mutating func string() throws(FormatError) -> String {
      try scanner.pass("\"")
      var text: [UInt8] = []
      while let byte = scanner.takeByte() {
        switch byte {
        case UInt8(ascii: "\""):
          guard let string = String(validating: text, as: UTF8.self) else {
            throw scanner.fail("UTF-8 text before this")
          }
          return string
        case UInt8(ascii: "\\"): text += Array(String(try escaped()).utf8)
        default: text.append(byte)
        }
      }
      throw scanner.fail("the end of a string")
    }

    private mutating func escaped() throws(FormatError) -> Unicode.Scalar {
      guard let byte = scanner.takeByte() else { throw scanner.fail("the end of a string") }
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
      case UInt8(ascii: "n"): return "\n"
      case UInt8(ascii: "t"): return "\t"
      case UInt8(ascii: "r"): return "\r"
      case UInt8(ascii: "b"): return "\u{8}"
      case UInt8(ascii: "f"): return "\u{c}"
      case UInt8(ascii: "u"):
        let high = try hexadecimal()
        guard high & 0xfc00 == 0xd800, scanner.skip("\\u") else {
          return Unicode.Scalar(high) ?? "\u{fffd}"
        }
        let low = try hexadecimal()
        return Unicode.Scalar(0x10000 + (high & 0x3ff) << 10 + (low & 0x3ff)) ?? "\u{fffd}"
      default: throw scanner.fail("an escape such as \\n")
      }
    }

    private mutating func hexadecimal() throws(FormatError) -> UInt32 {
      let start = scanner
      var digits: [UInt8] = []
      while digits.count < 4, let byte = scanner.takeByte() { digits.append(byte) }
      guard digits.count == 4, digits.allSatisfy({ $0 != UInt8(ascii: "+") }),
        let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
      else { throw start.fail("four hexadecimal digits") }
      return value
    }
  }
}
