import CZlib

/// Sums that tell whether bytes arrived whole.
package enum Checksum {
  package static func crc32(_ bytes: [UInt8], _ range: Range<Int>? = nil) -> UInt32 {
    let range = range ?? bytes.indices
    return bytes.withUnsafeBufferPointer { buffer in
      let part = UnsafeBufferPointer(rebasing: buffer[range])
      return UInt32(truncatingIfNeeded: crc32_z(0, part.baseAddress, part.count))
    }
  }

  package static func adler32(_ bytes: [UInt8]) -> UInt32 {
    bytes.withUnsafeBufferPointer { buffer in
      UInt32(truncatingIfNeeded: adler32_z(1, buffer.baseAddress, buffer.count))
    }
  }
}
