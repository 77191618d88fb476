import Typography

/// Text as the edit buffer holds it: one scalar for each place on the screen.
///
/// libedit draws scalar by scalar and loses combining marks, so a character that takes several
/// scalars (`x̂`) is held as one private-use scalar, and drawn as itself by whoever writes to the
/// terminal. In the same way each line after the first begins with two private-use scalars, which
/// are drawn as the continuation prompt.
struct CellText {
  static let lineMark: Unicode.Scalar = "\u{F8F0}"
  static let lineGap: Unicode.Scalar = "\u{F8F1}"
  static let newline: [Unicode.Scalar] = ["\n", lineMark, lineGap]

  private static let firstStandIn: UInt32 = 0xE000
  private static let standInCount = 0x18F0

  private var characters: [String] = []
  private var standIns: [String: Unicode.Scalar] = [:]

  mutating func cells(of text: String) -> [Unicode.Scalar] {
    var cells: [Unicode.Scalar] = []
    cells.reserveCapacity(text.utf8.count)
    for character in text {
      if character == "\n" || character == "\r\n" {
        cells += Self.newline
      } else if let standIn = standIn(for: character) {
        cells.append(standIn)
      } else {
        cells += character.unicodeScalars
      }
    }
    return cells
  }

  func text(of cells: some Sequence<Unicode.Scalar>) -> String {
    var text = ""
    for cell in cells {
      if let character = character(for: cell) {
        text += character
      } else {
        text.unicodeScalars.append(cell)
      }
    }
    return text
  }

  /// What a private-use cell stands for; nothing if the cell is its own scalar.
  func character(for cell: Unicode.Scalar) -> String? {
    if cell == Self.lineMark || cell == Self.lineGap { return "" }
    guard cell.value >= Self.firstStandIn else { return nil }
    let index = Int(cell.value - Self.firstStandIn)
    return index < characters.count ? characters[index] : nil
  }

  /// A character that is one cell wide but not one plain scalar gets a stand-in, the same one each
  /// time.
  private mutating func standIn(for character: Character) -> Unicode.Scalar? {
    let scalars = character.unicodeScalars
    guard let base = scalars.first else { return nil }
    let isPrivate = scalars.count == 1 && base.properties.generalCategory == .privateUse
    let hasMarks =
      scalars.count > 1 && DisplayWidth.of(base) == 1
      && scalars.dropFirst().allSatisfy { DisplayWidth.of($0) == 0 }
    guard isPrivate || hasMarks else { return nil }
    let text = String(character)
    if let known = standIns[text] { return known }
    guard characters.count < Self.standInCount,
      let standIn = Unicode.Scalar(Self.firstStandIn + UInt32(characters.count))
    else { return nil }
    characters.append(text)
    standIns[text] = standIn
    return standIn
  }
}
