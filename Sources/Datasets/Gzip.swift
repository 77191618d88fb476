import CZlib

/// What is wrong with the bytes of a file: facts only.
package struct FormatError: Error, Sendable, Hashable {
  package let format: String
  package let reason: String

  package init(format: String, reason: String) {
    self.format = format
    self.reason = reason
  }
}

/// Gzip streams, through the system's zlib.
package enum Gzip {
  package static func isCompressed(_ bytes: [UInt8]) -> Bool {
    bytes.starts(with: [0x1F, 0x8B])
  }

  /// Throws: `FormatError` if the stream is damaged or holds more than `limit` bytes.
  package static func expand(_ bytes: [UInt8], limit: Int = 1 << 30) throws(FormatError) -> [UInt8]
  {
    var stream = z_stream()
    // 16 more than the largest window: expect a gzip header.
    guard
      inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { throw FormatError(format: "gzip", reason: "zlib could not start") }
    defer { inflateEnd(&stream) }
    var source = bytes
    var result: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    var status = Z_OK
    source.withUnsafeMutableBufferPointer { input in
      stream.next_in = input.baseAddress
      stream.avail_in = UInt32(clamping: input.count)
      while status == Z_OK, result.count <= limit {
        block.withUnsafeMutableBufferPointer { output in
          stream.next_out = output.baseAddress
          stream.avail_out = UInt32(output.count)
          status = inflate(&stream, Z_NO_FLUSH)
          result.append(contentsOf: output[..<(output.count - Int(stream.avail_out))])
        }
      }
    }
    guard result.count <= limit else {
      throw FormatError(format: "gzip", reason: "it holds more than \(limit) bytes")
    }
    guard status == Z_STREAM_END else {
      throw FormatError(format: "gzip", reason: "the stream is damaged or cut short")
    }
    return result
  }
}
