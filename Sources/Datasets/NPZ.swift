import Codecs

/// Several NumPy arrays under names: a zip file of NPY files.
package enum NPZ {
  /// Throws: `FormatError`, also if the arrays together would take more than `limit` bytes.
  package static func decode(
    _ bytes: [UInt8], limit: Int
  ) throws(FormatError) -> [(name: String, array: NumberArray)] {
    var arrays: [(name: String, array: NumberArray)] = []
    var left = limit
    for member in try Zip.decode(bytes, limit: limit) {
      let array = try NPY.decode(member.bytes, limit: left)
      left -= array.values.count * MemoryLayout<Float>.size
      arrays.append((arrayName(member.name), array))
    }
    return arrays
  }

  /// Throws: `FormatError`.
  package static func entries(_ bytes: [UInt8], limit: Int) throws(FormatError) -> [FileEntry] {
    var entries: [FileEntry] = []
    for member in try Zip.decode(bytes, limit: limit) {
      entries.append(try NPY.entry(member.bytes, name: arrayName(member.name), limit: limit))
    }
    return entries
  }

  /// Uncompressed, as `numpy.savez` writes them.
  package static func encode(_ arrays: [(name: String, array: NumberArray)]) -> [UInt8] {
    Zip.encode(arrays.map { ($0.name + ".npy", NPY.encode($0.array)) })
  }

  private static func arrayName(_ member: String) -> String {
    member.hasSuffix(".npy") ? String(member.dropLast(4)) : member
  }
}

/// Zip files whose members are stored or deflated.
///
/// Source: PKWARE, APPNOTE.TXT, version 6.3.10.
package enum Zip {
  package struct Member: Sendable, Hashable {
    package let name: String
    package let bytes: [UInt8]
  }

  private static let localSignature: UInt32 = 0x0403_4b50
  private static let centralSignature: UInt32 = 0x0201_4b50
  private static let endSignature: UInt32 = 0x0605_4b50
  /// Most bytes that members and the file may have; beyond lies zip64.
  package static let largestCount = Int(UInt32.max) - 1

  // MARK: Reading

  /// Throws: `FormatError`, also if the members together hold more than `limit` bytes.
  package static func decode(_ bytes: [UInt8], limit: Int) throws(FormatError) -> [Member] {
    var directory = try openDirectory(bytes)
    var members: [Member] = []
    var names: Set<String> = []
    var left = limit
    for _ in 0..<directory.count {
      let record = try Record(&directory.reader)
      guard names.insert(record.name).inserted else {
        throw directory.reader.error(
          .unexpected(found: "a second `\(record.name)`", expected: "a name for each member"))
      }
      guard record.size <= left else {
        throw directory.reader.error(
          .tooLarge(part: "`\(record.name)`", byteCount: record.size, limit: limit))
      }
      left -= record.size
      if record.name.hasSuffix("/") { continue }
      members.append(Member(name: record.name, bytes: try content(of: record, bytes)))
    }
    return members
  }

  /// The list of members, which stands at the end of the file.
  private static func openDirectory(
    _ bytes: [UInt8]
  ) throws(FormatError) -> (reader: ByteReader, count: Int) {
    let mark = ByteWriter.bytes(of: endSignature)
    // A comment of at most 65,535 bytes may follow the end record of 22.
    var place = bytes.count - 22
    let first = max(0, place - 65_535)
    while place >= first, !bytes[place...].starts(with: mark) { place -= 1 }
    guard place >= first else {
      throw FormatError(
        format: "zip", .unexpected(found: nil, expected: "a list of members at the end"))
    }
    var end = ByteReader(bytes, format: "zip", at: place + 4)
    let part = "the end of the list"
    let disks = try end.integer(UInt32.self, part)
    _ = try end.integer(UInt16.self, part)
    let count = Int(try end.integer(UInt16.self, part))
    _ = try end.integer(UInt32.self, part)
    let start = try end.integer(UInt32.self, part)
    if count == 0xffff || start == .max {
      throw end.error(.unsupported("zip64, for files of 4 GB and more"), at: place)
    }
    guard disks == 0 else { throw end.error(.unsupported("several disks"), at: place + 4) }
    guard Int(start) <= place else {
      throw end.error(
        .unexpected(found: "byte \(start)", expected: "a list of members before byte \(place)"),
        at: place + 16)
    }
    return (ByteReader(bytes, format: "zip", at: Int(start)), count)
  }

  /// What the list says about a member.
  private struct Record {
    let name: String
    let method: Int
    let checksum: UInt32
    let compressedSize: Int
    let size: Int
    /// Where the member begins.
    let start: Int

    init(_ reader: inout ByteReader) throws(FormatError) {
      let part = "the list of members"
      let place = reader.position
      try reader.expect(ByteWriter.bytes(of: centralSignature), "an entry in the list of members")
      _ = try reader.integer(UInt32.self, part)
      let flags = try reader.integer(UInt16.self, part)
      method = Int(try reader.integer(UInt16.self, part))
      _ = try reader.integer(UInt32.self, part)
      checksum = try reader.integer(UInt32.self, part)
      compressedSize = Int(try reader.integer(UInt32.self, part))
      size = Int(try reader.integer(UInt32.self, part))
      let nameLength = Int(try reader.integer(UInt16.self, part))
      let extraLength = Int(try reader.integer(UInt16.self, part))
      let commentLength = Int(try reader.integer(UInt16.self, part))
      _ = try reader.take(8, part)
      start = Int(try reader.integer(UInt32.self, part))
      name = String(decoding: reader.bytes[try reader.take(nameLength, part)], as: UTF8.self)
      _ = try reader.take(extraLength + commentLength, part)
      if flags & 1 != 0 { throw reader.error(.unsupported("encryption"), at: place) }
      if [compressedSize, size, start].contains(Int(UInt32.max)) {
        throw reader.error(.unsupported("zip64, for files of 4 GB and more"), at: place)
      }
      guard method == 0 || method == 8 else {
        throw reader.error(.unsupported("compression method \(method)"), at: place + 10)
      }
    }
  }

  private static func content(of record: Record, _ bytes: [UInt8]) throws(FormatError) -> [UInt8] {
    var reader = ByteReader(bytes, format: "zip", at: record.start)
    let part = "`\(record.name)`"
    try reader.expect(ByteWriter.bytes(of: localSignature), "the beginning of \(part)")
    _ = try reader.take(22, part)
    let nameLength = Int(try reader.integer(UInt16.self, part))
    let extraLength = Int(try reader.integer(UInt16.self, part))
    _ = try reader.take(nameLength + extraLength, part)
    let range = try reader.take(record.compressedSize, part)
    let content =
      record.method == 0
      ? Array(bytes[range])
      : try Inflate.expand(bytes, range, as: .raw, limit: record.size, format: "zip")
    guard content.count == record.size, Checksum.crc32(content) == record.checksum else {
      throw reader.error(.damaged(part: part), at: range.lowerBound)
    }
    return content
  }

  // MARK: Writing

  /// Members as they are, all dated to the first day that zip knows, so that equal content gives
  /// equal bytes. Names and content together have at most `largestCount` bytes.
  package static func encode(_ members: [(name: String, bytes: [UInt8])]) -> [UInt8] {
    var file: [UInt8] = []
    var directory: [UInt8] = []
    for (name, bytes) in members {
      let name = Array(name.utf8)
      let size = ByteWriter.bytes(of: UInt32(bytes.count))
      // Version 2.0, names in UTF-8, stored, 1 January 1980.
      let common =
        ByteWriter.bytes(of: UInt16(20)) + ByteWriter.bytes(of: UInt16(0x0800)) + [0, 0, 0, 0]
        + ByteWriter.bytes(of: UInt16(0x0021)) + ByteWriter.bytes(of: Checksum.crc32(bytes))
        + size + size + ByteWriter.bytes(of: UInt16(name.count)) + [0, 0]
      directory += ByteWriter.bytes(of: centralSignature) + ByteWriter.bytes(of: UInt16(20))
      directory += common + [UInt8](repeating: 0, count: 10)
      directory += ByteWriter.bytes(of: UInt32(file.count)) + name
      file += ByteWriter.bytes(of: localSignature) + common + name
      file += bytes
    }
    let count = ByteWriter.bytes(of: UInt16(members.count))
    let end =
      ByteWriter.bytes(of: endSignature) + [0, 0, 0, 0] + count + count
      + ByteWriter.bytes(of: UInt32(directory.count)) + ByteWriter.bytes(of: UInt32(file.count))
    return file + directory + end + [0, 0]
  }
}
