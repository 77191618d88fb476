/// Bytes from a terminal as scalars and pastes.
struct KeyDecoder {
  enum Key: Hashable {
    case scalar(Unicode.Scalar)
    /// Text that the terminal marked as pasted.
    case paste(String)
  }

  enum Progress: Hashable {
    case key(Key)
    case needsMore
    /// The bytes so far are a key of their own, unless more follow at once.
    case mayContinue
  }

  private static let pasteStart = Array("\u{1B}[200~".utf8)
  private static let pasteEnd = Array("\u{1B}[201~".utf8)

  private var bytes: [UInt8] = []
  /// Where in an unfinished paste to go on looking for its end.
  private var searched = 0

  var isEmpty: Bool { bytes.isEmpty }

  var isPasting: Bool { bytes.starts(with: Self.pasteStart) }

  mutating func append(_ more: some Sequence<UInt8>) {
    bytes += more
  }

  /// Forgets a paste whose end has not come.
  mutating func abandonPaste() {
    guard isPasting else { return }
    bytes = []
    searched = 0
  }

  /// Takes the next key; `isFinal` says that no more bytes come at once.
  mutating func next(isFinal: Bool = false) -> Progress {
    guard let first = bytes.first else { return .needsMore }
    if isPasting { return nextPaste() }
    if first == 0x1B, bytes.count < Self.pasteStart.count, Self.pasteStart.starts(with: bytes),
      !isFinal
    {
      return .mayContinue
    }
    let length = Self.length(of: first)
    guard length <= bytes.count else { return .needsMore }
    let text = String(decoding: bytes[..<length], as: UTF8.self)
    // A wrong sequence loses its first byte only, so that what follows it is read in step.
    bytes.removeFirst(text.utf8.elementsEqual(bytes[..<length]) ? length : 1)
    return .key(.scalar(text.unicodeScalars.first ?? "\u{FFFD}"))
  }

  private mutating func nextPaste() -> Progress {
    var start = max(searched, Self.pasteStart.count)
    while start + Self.pasteEnd.count <= bytes.count {
      if bytes[start...].starts(with: Self.pasteEnd) {
        let text = String(decoding: bytes[Self.pasteStart.count..<start], as: UTF8.self)
        bytes.removeFirst(start + Self.pasteEnd.count)
        searched = 0
        return .key(.paste(text))
      }
      start += 1
    }
    searched = start
    return .needsMore
  }

  private static func length(of lead: UInt8) -> Int {
    switch lead {
    case 0xC2...0xDF: 2
    case 0xE0...0xEF: 3
    case 0xF0...0xF4: 4
    default: 1
    }
  }
}
