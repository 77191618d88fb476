import Codecs
import Testing

@testable import Datasets

@Suite struct IDXTests {
  @Test func everyTypeIsRead() throws {
    let files: [(bytes: [UInt8], values: [Float])] = [
      (hex("0000 0801 00000003 00 7f ff"), [0, 127, 255]),
      (hex("0000 0901 00000003 00 7f ff"), [0, 127, -1]),
      (hex("0000 0b01 00000002 0102 fffe"), [258, -2]),
      (hex("0000 0c01 00000002 00010000 ffffffff"), [65_536, -1]),
      (hex("0000 0d01 00000002 3fc00000 c0000000"), [1.5, -2]),
      (hex("0000 0e01 00000001 3ff8000000000000"), [1.5]),
    ]
    for file in files {
      let array = try IDX.decode(file.bytes, limit: roomy)
      #expect(array == NumberArray(shape: [file.values.count], values: file.values))
    }
    #expect(
      try IDX.entry(files[2].bytes, limit: roomy) == FileEntry(name: "", type: "int16", shape: [2]))
  }

  @Test func axesComeInOrder() throws {
    let array = try IDX.decode(hex("0000 0802 00000002 00000003 010203 040506"), limit: roomy)
    #expect(array == NumberArray(shape: [2, 3], values: [1, 2, 3, 4, 5, 6]))
    #expect(try IDX.decode(hex("0000 0800 07"), limit: roomy).shape == [])
  }

  @Test func theSmallestTypeIsWritten() throws {
    let cases: [(values: [Float], type: String)] = [
      ([0, 255], "uint8"), ([-1, 3], "int16"), ([0, 256], "int16"), ([40_000], "int32"),
      ([0.5], "float32"), ([.nan], "float32"), ([-0.0], "uint8"), ([3e9], "float32"),
      ([.infinity], "float32"), ([], "uint8"),
    ]
    for (values, type) in cases {
      let array = NumberArray(shape: [values.count], values: values)
      let file = IDX.encode(array)
      #expect(try IDX.entry(file, limit: roomy).type == type)
      let back = try IDX.decode(file, limit: roomy)
      #expect(back.shape == array.shape)
      #expect(zip(back.values, values).allSatisfy { $0 == $1 || ($0.isNaN && $1.isNaN) })
    }
    #expect(
      IDX.encode(NumberArray(shape: [1, 2], values: [3, 4]))
        == hex("0000 0802 00000001 00000002 03 04"))
  }

  @Test func damageIsPlaced() {
    func fail(_ text: String) -> FormatError? {
      failure { () throws(FormatError) in try IDX.decode(hex(text), limit: roomy) }
    }
    #expect(fail("0100 0801")?.place == .byte(0))
    #expect(fail("0000 0a01 00000001 00")?.place == .byte(2))
    #expect(
      fail("0000 0802 00000001 0000")?.problem
        == .endsEarly(part: "the size of axis 1", needed: 4, found: 2))
    let short = fail("0000 0801 00000003 0102")
    #expect(short?.problem == .endsEarly(part: "the numbers", needed: 3, found: 2))
    #expect(short?.place == .byte(8))
    #expect(fail("0000 0801 00000001 0102")?.problem == .goesOn(count: 1))
    guard case .tooLarge? = fail("0000 0803 ffffffff ffffffff ffffffff")?.problem,
      case .tooLarge? = fail("0000 0803 00000000 ffffffff ffffffff")?.problem
    else {
      Issue.record("sizes beyond all memory were believed")
      return
    }
  }
}
