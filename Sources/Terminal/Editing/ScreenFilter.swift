/// Puts real characters in the place of stand-ins in what libedit sends to the screen.
struct ScreenFilter {
  /// How the mark of a continuation line looks, with its escape sequences.
  let lineMark: String
  /// The start of a scalar whose other bytes have not come yet.
  private var rest: [UInt8] = []

  init(lineMark: String) {
    self.lineMark = lineMark
  }

  /// All private-use scalars of the basic plane begin with one of these bytes in UTF-8.
  private static let leads: ClosedRange<UInt8> = 0xEE...0xEF

  mutating func filtered(_ bytes: some Collection<UInt8>, with text: CellText) -> [UInt8] {
    let input = rest + bytes
    var output: [UInt8] = []
    output.reserveCapacity(input.count)
    var index = 0
    rest = []
    while index < input.count {
      guard Self.leads.contains(input[index]) else {
        output.append(input[index])
        index += 1
        continue
      }
      guard index + 3 <= input.count else {
        rest = Array(input[index...])
        break
      }
      let scalar = input[index..<index + 3]
      output += shown(scalar, with: text)
      index += 3
    }
    return output
  }

  private func shown(_ bytes: ArraySlice<UInt8>, with text: CellText) -> [UInt8] {
    let scalar = String(decoding: bytes, as: UTF8.self).unicodeScalars.first ?? "\u{FFFD}"
    switch scalar {
    case CellText.lineMark: return Array(lineMark.utf8)
    case CellText.lineGap: return [UInt8(ascii: " ")]
    default: return text.character(for: scalar).map { Array($0.utf8) } ?? Array(bytes)
    }
  }
}
