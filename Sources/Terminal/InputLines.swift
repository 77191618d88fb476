#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// The lines of a descriptor, as they arrive.
///
/// `Swift.readLine` never returns at the end of input when an interrupted call came before it.
final class InputLines {
  private let descriptor: Int32
  private var bytes: [UInt8] = []
  private var isAtEnd = false

  init(descriptor: Int32) {
    self.descriptor = descriptor
  }

  /// The next line without its newline; nothing at the end.
  func next() -> String? {
    var searched = 0
    while true {
      if let newline = bytes[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        defer { bytes.removeFirst(newline + 1) }
        let end = newline > 0 && bytes[newline - 1] == UInt8(ascii: "\r") ? newline - 1 : newline
        return String(decoding: bytes[..<end], as: UTF8.self)
      }
      searched = bytes.count
      if isAtEnd || !fill() { break }
    }
    guard !bytes.isEmpty else {
      // A terminal can go on after its end of input.
      isAtEnd = false
      return nil
    }
    defer { bytes = [] }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Whether more arrived.
  private func fill() -> Bool {
    var part = [UInt8](repeating: 0, count: 4096)
    var count = read(descriptor, &part, part.count)
    while count < 0 && errno == EINTR { count = read(descriptor, &part, part.count) }
    isAtEnd = count <= 0
    bytes += part.prefix(max(count, 0))
    return !isAtEnd
  }
}
