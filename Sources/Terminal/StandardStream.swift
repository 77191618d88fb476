#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Standard output and error, unbuffered: what different hands write stays in order.
package enum StandardStream: Int32, Sendable {
  case output = 1
  case error = 2

  package func write(_ text: String) {
    var text = text
    text.withUTF8 { write(UnsafeRawBufferPointer($0)) }
  }

  /// Writes all bytes, or as many as the reader at the other end still takes. A disk that is full
  /// ends the process: what it was started for cannot be done.
  func write(_ bytes: UnsafeRawBufferPointer) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let part = UnsafeRawBufferPointer(rebasing: rest)
      #if canImport(Darwin)
        let count = Darwin.write(rawValue, part.baseAddress, part.count)
      #else
        let count = Glibc.write(rawValue, part.baseAddress, part.count)
      #endif
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else {
        if self == .output, errno == ENOSPC || errno == EDQUOT || errno == EFBIG { giveUp() }
        return
      }
      rest = rest.dropFirst(count)
    }
  }

  /// Exit code for a file that cannot be written, as in sysexits.h.
  private func giveUp() -> Never {
    StandardStream.error.write(
      "latent: the output cannot be written: \(String(cString: strerror(errno)))\n")
    exit(73)
  }
}
