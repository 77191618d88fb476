import Codecs
import Testing

@testable import Datasets

@Suite struct NPYTests {
  /// A file whose header says what is given.
  private func file(
    _ type: String, _ shape: String, _ data: [UInt8], fortran: String = "False", version: UInt8 = 1
  ) -> [UInt8] {
    let header = bytes("{'descr': '\(type)', 'fortran_order': \(fortran), 'shape': \(shape), }\n")
    let length =
      version == 1
      ? ByteWriter.bytes(of: UInt16(header.count)) : ByteWriter.bytes(of: UInt32(header.count))
    return [0x93] + bytes("NUMPY") + [version, 0] + length + header + data
  }

  private func decode(_ file: [UInt8]) throws -> NumberArray {
    try NPY.decode(file, limit: roomy)
  }

  @Test func writesWhatNumPyWrites() throws {
    let square = NumberArray(shape: [2, 2], values: [1, 2.5, 3, -4])
    let header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }"
    let expected =
      hex("93") + bytes("NUMPY") + hex("0100 7600") + bytes(header)
      + [UInt8](repeating: 32, count: 117 - header.utf8.count) + bytes("\n")
      + hex("0000803f 00002040 00004040 000080c0")
    #expect(NPY.encode(square) == expected)
    let number = NPY.encode(NumberArray(shape: [], values: [7]))
    #expect(number.count == 132 && number.suffix(4) == [0, 0, 0xe0, 0x40])
    #expect(
      NPY.encode(NumberArray(shape: [3], values: [1, 2, 3])).contains(bytes("'shape': (3,), ")))
    for array in [
      square, NumberArray(shape: [], values: [7]), NumberArray(shape: [0, 3], values: []),
    ] {
      #expect(try decode(NPY.encode(array)) == array)
      #expect(NPY.encode(array).count % 64 == array.values.count * 4 % 64)
    }
  }

  @Test func everyTypeIsRead() throws {
    let cases: [(type: String, data: String, values: [Float])] = [
      ("|b1", "00 01", [0, 1]), ("|i1", "ff 02", [-1, 2]), ("|u1", "ff 02", [255, 2]),
      ("<i2", "feff 0201", [-2, 258]), (">i2", "fffe 0102", [-2, 258]),
      ("<u2", "ffff", [65_535]), (">i4", "ffffffff", [-1]), ("<u4", "00000080", [2_147_483_648]),
      ("<i8", "ffffffffffffffff", [-1]), (">u8", "0000000100000000", [4_294_967_296]),
      ("<f2", "003c 00c0 0100 ff7b 007c 0004", [1, -2, 0x1p-24, 65_504, .infinity, 0x1p-14]),
      ("<f4", "0000803f", [1]), (">f4", "3f800000", [1]), ("<f8", "000000000000f83f", [1.5]),
    ]
    for (type, data, values) in cases {
      let array = try decode(file(type, "(\(values.count),)", hex(data)))
      #expect(array == NumberArray(shape: [values.count], values: values), "\(type)")
    }
    #expect(try decode(file("<f2", "(1,)", hex("007e"))).values[0].isNaN)
    #expect(try decode(file("<f2", "(1,)", hex("0080"))).values[0].bitPattern == 0x8000_0000)
  }

  @Test(arguments: [1, 2, 3] as [UInt8]) func everyVersionIsRead(_ version: UInt8) throws {
    let array = try decode(file("|u1", "(1, 2)", [7, 8], version: version))
    #expect(array == NumberArray(shape: [1, 2], values: [7, 8]))
  }

  @Test func columnMajorArraysAreTurned() throws {
    let matrix = try decode(file("|u1", "(2, 3)", [0, 3, 1, 4, 2, 5], fortran: "True"))
    #expect(matrix == NumberArray(shape: [2, 3], values: [0, 1, 2, 3, 4, 5]))
    // Element [i, j, k] of a 2×2×2 array stands at i + 2j + 4k.
    let cube = try decode(file("|u1", "(2, 2, 2)", [0, 4, 2, 6, 1, 5, 3, 7], fortran: "True"))
    #expect(cube.values == [0, 1, 2, 3, 4, 5, 6, 7])
    #expect(try decode(file("|u1", "(0, 3)", [], fortran: "True")).values.isEmpty)
  }

  @Test func whatIsNotReadSaysWhy() {
    func problem(_ file: [UInt8]) -> FormatError.Problem? {
      failure { () throws(FormatError) in try NPY.decode(file, limit: roomy) }?.problem
    }
    #expect(problem(file("<c8", "(1,)", [])) == .unsupported("the type `<c8`"))
    #expect(problem(file("|O", "(1,)", [])) == .unsupported("the type `|O`"))
    #expect(problem(file("<U3", "(1,)", [])) == .unsupported("the type `<U3`"))
    #expect(problem(file("<f4", "(1,)", [], version: 9)) == .unsupported("version 9"))
    #expect(
      problem(file("<f4", "(2,)", [1, 2, 3]))
        == .endsEarly(part: "the numbers", needed: 8, found: 3))
    #expect(problem(file("|u1", "(1,)", [1, 2])) == .goesOn(count: 1))
    #expect(problem(file("|u1", "(-1,)", [])) != nil)
    #expect(problem(file("|u1", "(1,", [1])) != nil)
    #expect(problem(bytes("{}")) == .unexpected(found: nil, expected: "the byte 0x93 and NUMPY"))
    let huge = problem(file("|u1", "(999999999999999999, 99999999)", []))
    #expect(
      huge
        == .tooLarge(
          part: "an array of 999999999999999999×99999999", byteCount: .max, limit: roomy))
  }
}
