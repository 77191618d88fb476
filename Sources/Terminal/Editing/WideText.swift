import CLibEdit

extension Sequence<Unicode.Scalar> {
  /// The scalars as libedit takes them, with a zero behind them.
  var wide: [wchar_t] { map { wchar_t($0.value) } + [0] }
}

extension String {
  var wide: [wchar_t] { unicodeScalars.wide }
}

/// libedit's characters as scalars.
func scalars(from start: UnsafePointer<wchar_t>, count: Int) -> [Unicode.Scalar] {
  UnsafeBufferPointer(start: start, count: count).map {
    Unicode.Scalar(UInt32(bitPattern: $0)) ?? "\u{FFFD}"
  }
}

/// A copy of a text that lives until somebody frees it: libedit keeps some pointers it is given.
func keptWide(_ text: String) -> UnsafeMutablePointer<wchar_t> {
  let characters = text.wide
  let copy = UnsafeMutablePointer<wchar_t>.allocate(capacity: characters.count)
  copy.initialize(from: characters, count: characters.count)
  return copy
}
