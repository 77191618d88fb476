import CZlib

/// What stands around compressed data.
package enum Container: Sendable, Hashable {
  case raw, zlib, gzip

  /// What zlib calls the window: 16 more asks for a gzip header, a negative number for none.
  fileprivate var windowBits: Int32 {
    switch self {
    case .raw: -15
    case .zlib: 15
    case .gzip: 15 + 16
    }
  }
}

/// Reading of compressed data, through the system's zlib.
package enum Inflate {
  package static func isGzip(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x1f, 0x8b]) }

  /// Expands `range` of the bytes; a gzip file may consist of several parts, as `cat` makes them.
  ///
  /// Throws: `FormatError` if the data are damaged, end early, or hold more than `limit` bytes.
  package static func expand(
    _ bytes: [UInt8], _ range: Range<Int>? = nil, as container: Container, limit: Int,
    format: String = "gzip"
  ) throws(FormatError) -> [UInt8] {
    let range = range ?? bytes.indices
    var stream = z_stream()
    let size = Int32(MemoryLayout<z_stream>.size)
    guard inflateInit2_(&stream, container.windowBits, ZLIB_VERSION, size) == Z_OK else {
      throw FormatError(format: format, .damaged(part: "the compressed data"))
    }
    defer { inflateEnd(&stream) }
    var result: [UInt8] = []
    var place = range.lowerBound
    repeat {
      let status = run(&stream, bytes, &place, range.upperBound, &result, limit)
      if result.count > limit {
        throw FormatError(
          format: format, .tooLarge(part: "what it holds", byteCount: result.count, limit: limit))
      }
      guard status == Z_STREAM_END else {
        throw status == Z_BUF_ERROR || status == Z_OK
          ? FormatError(
            format: format, .unexpected(found: nil, expected: "more compressed data"),
            at: .byte(place))
          : FormatError(format: format, .damaged(part: "the compressed data"), at: .byte(place))
      }
    } while container == .gzip && isFurtherPart(bytes, place, range.upperBound)
      && inflateReset(&stream) == Z_OK
    if container == .gzip, place < range.upperBound {
      throw FormatError(
        format: format, .goesOn(count: range.upperBound - place), at: .byte(place))
    }
    return result
  }

  private static func isFurtherPart(_ bytes: [UInt8], _ place: Int, _ end: Int) -> Bool {
    place + 1 < end && bytes[place] == 0x1f && bytes[place + 1] == 0x8b
  }

  /// Runs zlib until the stream ends, fails, or gives more than `limit` bytes.
  private static func run(
    _ stream: inout z_stream, _ bytes: [UInt8], _ place: inout Int, _ end: Int,
    _ result: inout [UInt8], _ limit: Int
  ) -> Int32 {
    var status = Z_OK
    var block = [UInt8](repeating: 0, count: 1 << 16)
    bytes.withUnsafeBufferPointer { input in
      while status == Z_OK, result.count <= limit {
        let count = min(end - place, Int(Int32.max))
        guard count > 0 || stream.avail_out == 0, let base = input.baseAddress else {
          status = Z_BUF_ERROR
          return
        }
        // zlib reads through this pointer and never writes.
        stream.next_in = UnsafeMutablePointer(mutating: base + place)
        stream.avail_in = UInt32(count)
        block.withUnsafeMutableBufferPointer { output in
          stream.next_out = output.baseAddress
          stream.avail_out = UInt32(output.count)
          status = inflate(&stream, Z_NO_FLUSH)
          result.append(contentsOf: output[..<(output.count - Int(stream.avail_out))])
        }
        place += count - Int(stream.avail_in)
      }
    }
    return status
  }
}
