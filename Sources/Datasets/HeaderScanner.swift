import Codecs

/// Reads the headers of files that are written as literals: of JSON, or of Python.
struct HeaderScanner {
  let reader: ByteReader
  private(set) var place: Int
  private let end: Int

  private static let mostDigits = 18

  init(_ reader: ByteReader, _ range: Range<Int>) {
    self.reader = reader
    place = range.lowerBound
    end = range.upperBound
  }

  /// The next byte that is not white space.
  mutating func peek() -> UInt8? {
    while place < end, reader.bytes[place] == 32 || (9...13).contains(reader.bytes[place]) {
      place += 1
    }
    return place < end ? reader.bytes[place] : nil
  }

  /// The next byte as it is, which is passed.
  mutating func takeByte() -> UInt8? {
    guard place < end else { return nil }
    defer { place += 1 }
    return reader.bytes[place]
  }

  mutating func skip(_ word: String) -> Bool {
    _ = peek()
    guard reader.bytes[place..<end].starts(with: word.utf8) else { return false }
    place += word.utf8.count
    return true
  }

  mutating func pass(_ word: String) throws(FormatError) {
    if !skip(word) { throw fail("`\(word)`") }
  }

  mutating func wholeNumber() throws(FormatError) -> Int {
    _ = peek()
    let start = place
    var value = 0
    while place < end, (48...57).contains(reader.bytes[place]) {
      guard place - start < HeaderScanner.mostDigits else { break }
      value = value * 10 + Int(reader.bytes[place] - 48)
      place += 1
    }
    let goesOn =
      place < end && ((48...57).contains(reader.bytes[place]) || reader.bytes[place] == 46)
    guard place > start, !goesOn else {
      throw fail("a whole number of at most \(HeaderScanner.mostDigits) digits")
    }
    return value
  }

  func fail(_ expected: String) -> FormatError {
    reader.error(.unexpected(found: nil, expected: expected), at: place)
  }
}
