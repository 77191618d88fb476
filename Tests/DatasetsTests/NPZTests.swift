import Codecs
import Testing

@testable import Datasets

@Suite struct NPZTests {
  private let arrays = [
    (name: "x", array: NumberArray(shape: [2], values: [1, 2])),
    (name: "μ", array: NumberArray(shape: [], values: [3])),
  ]

  @Test func readsWhatItWrites() throws {
    let file = NPZ.encode(arrays)
    let read = try NPZ.decode(file, limit: roomy)
    #expect(read.map(\.name) == ["x", "μ"])
    #expect(read.map(\.array) == arrays.map(\.array))
    #expect(
      try NPZ.entries(file, limit: roomy) == [
        FileEntry(name: "x", type: "float32", shape: [2]),
        FileEntry(name: "μ", type: "float32", shape: []),
      ])
    #expect(try NPZ.decode(NPZ.encode([]), limit: roomy).isEmpty)
  }

  /// One member, by hand: what the list says and what stands at its place.
  private func zip(
    _ name: String, method: UInt16, _ stored: [UInt8], content: [UInt8], flags: UInt16 = 0,
    size: UInt32? = nil
  ) -> [UInt8] {
    let sizes =
      ByteWriter.bytes(of: Checksum.crc32(content)) + ByteWriter.bytes(of: UInt32(stored.count))
      + ByteWriter.bytes(of: size ?? UInt32(content.count))
    let common =
      hex("1400") + ByteWriter.bytes(of: flags) + ByteWriter.bytes(of: method) + hex("00002100")
      + sizes + ByteWriter.bytes(of: UInt16(name.utf8.count)) + hex("0000")
    let member = hex("504b0304") + common + bytes(name) + stored
    let list = hex("504b0102 1400") + common + [UInt8](repeating: 0, count: 14) + bytes(name)
    return member + list + hex("504b0506 0000 0000 0100 0100")
      + ByteWriter.bytes(of: UInt32(list.count)) + ByteWriter.bytes(of: UInt32(member.count))
      + hex("0000")
  }

  @Test func deflatedMembersAreRead() throws {
    let content = NPY.encode(NumberArray(shape: [3], values: [1, 2, 3]))
    let file = zip("a.npy", method: 8, Deflate.compress(content, as: .raw), content: content)
    #expect(try NPZ.decode(file, limit: roomy)[0].array.values == [1, 2, 3])
    #expect(try Zip.decode(file + [], limit: roomy).map(\.name) == ["a.npy"])
  }

  private func problem(_ file: [UInt8], limit: Int = roomy) -> FormatError.Problem? {
    failure { () throws(FormatError) in try Zip.decode(file, limit: limit) }?.problem
  }

  @Test func whatIsNotReadSaysWhy() {
    let zip64 = FormatError.Problem.unsupported("zip64, for files of 4 GB and more")
    #expect(problem(zip("a", method: 0, [1], content: [1], size: .max)) == zip64)
    #expect(
      problem(zip("a", method: 12, [1], content: [1])) == .unsupported("compression method 12"))
    #expect(problem(zip("a", method: 0, [1], content: [1], flags: 1)) == .unsupported("encryption"))
    #expect(problem(zip("a", method: 0, [1], content: [2])) == .damaged(part: "`a`"))
    #expect(
      problem(NPZ.encode(arrays + arrays))
        == .unexpected(found: "a second `x.npy`", expected: "a name for each member"))
    #expect(
      problem(bytes("no zip file, but long enough to be one"))
        == .unexpected(found: nil, expected: "a list of members at the end"))
  }

  @Test func aBombIsNotExpanded() {
    let zeros = [UInt8](repeating: 0, count: 2_000_000)
    let packed = Deflate.compress(zeros, as: .raw)
    #expect(
      problem(zip("bomb", method: 8, packed, content: zeros))
        == .tooLarge(part: "`bomb`", byteCount: 2_000_000, limit: roomy))
    // The size in the list is a lie.
    guard case .tooLarge? = problem(zip("bomb", method: 8, packed, content: zeros, size: 10)) else {
      Issue.record("more than promised was expanded")
      return
    }
  }
}
