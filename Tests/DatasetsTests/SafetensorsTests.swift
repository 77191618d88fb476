import Codecs
import Testing

@testable import Datasets

@Suite struct SafetensorsTests {
  private func file(_ header: String, _ data: [UInt8] = []) -> [UInt8] {
    ByteWriter.bytes(of: UInt64(header.utf8.count)) + bytes(header) + data
  }

  @Test func writesWhatTheLibraryWrites() throws {
    let arrays = [
      (name: "b", array: NumberArray(shape: [2], values: [1, 2])),
      (name: "a", array: NumberArray(shape: [1, 1], values: [3.5])),
    ]
    let expected =
      hex("7000000000000000")
      + bytes(
        #"{"a":{"dtype":"F32","shape":[1,1],"data_offsets":[0,4]},"#
          + #""b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}  "#)
      + hex("00006040 0000803f 00000040")
    #expect(Safetensors.encode(arrays) == expected)
    let read = try Safetensors.decode(expected, limit: roomy)
    #expect(read.map(\.name) == ["a", "b"])
    #expect(read.map(\.array) == [arrays[1].array, arrays[0].array])
  }

  @Test func namesAreEscaped() throws {
    let name = "μ \"quoted\" \\ \n \u{1} 😀"
    let written = Safetensors.encode([(name, NumberArray(shape: [], values: [1]))])
    #expect(try Safetensors.decode(written, limit: roomy)[0].name == name)
    let escaped = file(
      #"{"\u00e9\ud83d\ude00\/":{"dtype":"U8","shape":[],"data_offsets":[0,1]}}"#, [7])
    #expect(try Safetensors.decode(escaped, limit: roomy)[0].name == "é😀/")
  }

  @Test func everyTypeIsRead() throws {
    let cases: [(type: String, data: String, value: Float)] = [
      ("BOOL", "01", 1), ("I8", "ff", -1), ("U8", "ff", 255), ("I16", "feff", -2),
      ("U16", "feff", 65_534), ("I32", "feffffff", -2), ("U32", "01000000", 1),
      ("I64", "feffffffffffffff", -2), ("U64", "0200000000000000", 2), ("F16", "0038", 0.5),
      ("BF16", "803f", 1), ("F32", "0000c0bf", -1.5), ("F64", "000000000000f83f", 1.5),
    ]
    for (type, data, value) in cases {
      let data = hex(data)
      let header =
        #"{"__metadata__":{"format":"pt"},"x":{"dtype":"\#(type)","shape":[1],"#
        + #""data_offsets":[0,\#(data.count)]}}"#
      let read = try Safetensors.decode(file(header, data), limit: roomy)
      #expect(read.map(\.array) == [NumberArray(shape: [1], values: [value])], "\(type)")
    }
  }

  @Test func damageIsFound() {
    func fail(_ header: String, _ data: [UInt8] = []) -> FormatError.Problem? {
      failure { () throws(FormatError) in
        try Safetensors.decode(file(header, data), limit: roomy)
      }?.problem
    }
    func entry(_ type: String, _ shape: String, _ from: Int, _ to: Int) -> String {
      #"{"dtype":"\#(type)","shape":\#(shape),"data_offsets":[\#(from),\#(to)]}"#
    }
    let endless = failure { () throws(FormatError) in
      try Safetensors.decode(hex("ffffffffffffffff 7b7d"), limit: roomy)
    }
    #expect(endless?.problem == .endsEarly(part: "the header", needed: .max, found: 2))
    #expect(endless?.place == .byte(8))
    #expect(
      fail(#"{"x":\#(entry("F32", "[2]", 0, 4))}"#, [1, 2, 3, 4])
        == .unexpected(found: "4 bytes", expected: "8 bytes for `x`"))
    #expect(
      fail(#"{"x":\#(entry("U8", "[1]", 1, 2))}"#, [1, 2])
        == .unexpected(found: "`x` at 1", expected: "a tensor at 0 of the data"))
    #expect(fail(#"{"x":\#(entry("U8", "[1]", 0, 1))}"#, [1, 2]) == .goesOn(count: 1))
    #expect(
      fail(#"{"x":\#(entry("U8", "[2]", 0, 2))}"#, [1])
        == .endsEarly(part: "`x`", needed: 2, found: 1))
    #expect(
      fail(#"{"x":\#(entry("F8_E4M3", "[1]", 0, 1))}"#, [1])
        == .unsupported("the type F8_E4M3 of `x`"))
    let twice = entry("U8", "[1]", 0, 1)
    #expect(
      fail(#"{"x":\#(twice),"x":\#(twice)}"#, [1])
        == .unexpected(found: "a second `x`", expected: "a name for each tensor"))
    #expect(fail(#"{"x":\#(entry("U8", "[99999999999,99999999999]", 0, 1))}"#, [1]) != nil)
    #expect(fail(#"{"x":\#(entry("U8", "[1.5]", 0, 1))}"#, [1]) != nil)
    #expect(fail(String(repeating: "[", count: 100_000)) != nil)
    #expect(fail("[]") == .unexpected(found: nil, expected: "a JSON object"))
  }
}
