import Testing

@testable import Terminal

@Suite struct KeyDecoderTests {
  /// All keys in the bytes, fed in pieces of a size.
  private func keys(_ text: String, pieces: Int = .max) -> [KeyDecoder.Key] {
    var decoder = KeyDecoder()
    var keys: [KeyDecoder.Key] = []
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      decoder.append(rest.prefix(pieces))
      rest = rest.dropFirst(pieces)
      while case .key(let key) = decoder.next() { keys.append(key) }
    }
    return keys
  }

  @Test(arguments: [1, 2, 3, 1000])
  func scalarsAndPastesArriveInAnyPieces(pieces: Int) {
    #expect(
      keys("aμ\u{1B}[200~x̂\n> y\u{1B}[201~😀", pieces: pieces)
        == [.scalar("a"), .scalar("μ"), .paste("x̂\n> y"), .scalar("😀")])
  }

  @Test func otherEscapeSequencesPassThrough() {
    #expect(keys("\u{1B}[A") == [.scalar("\u{1B}"), .scalar("["), .scalar("A")])
    #expect(keys("\u{1B}[2;") == [.scalar("\u{1B}"), .scalar("["), .scalar("2"), .scalar(";")])
  }

  @Test func escapeAloneWaitsForMore() {
    var decoder = KeyDecoder()
    decoder.append([0x1B])
    #expect(decoder.next() == .mayContinue)
    #expect(decoder.next(isFinal: true) == .key(.scalar("\u{1B}")))
    #expect(decoder.next() == .needsMore)
  }

  @Test func wrongBytesDoNotStopTheRest() {
    var decoder = KeyDecoder()
    decoder.append([0xFF, 0xC3, 0x41, 0x42])
    #expect(decoder.next() == .key(.scalar("\u{FFFD}")))
    #expect(decoder.next() == .key(.scalar("\u{FFFD}")))
    #expect(decoder.next() == .key(.scalar("A")))
    #expect(decoder.next() == .key(.scalar("B")))
  }

  @Test func unfinishedPasteCanBeAbandoned() {
    var decoder = KeyDecoder()
    decoder.append(Array("\u{1B}[200~abc".utf8))
    #expect(decoder.next() == .needsMore)
    decoder.abandonPaste()
    decoder.append(Array("z".utf8))
    #expect(decoder.next() == .key(.scalar("z")))
  }
}
