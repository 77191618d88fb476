/// Eight dots to a character: the finest lines that text can show.
package struct BrailleCanvas: Canvas {
  package static let dotsPerColumn = 2
  package static let dotsPerRow = 4
  package var cells: DotCells

  package init(columns: Int, rows: Int) { cells = DotCells(columns: columns, rows: rows) }

  /// Unicode numbers the dots of a Braille cell down the columns, the last row apart.
  private static let unicodeBits: [UInt32] = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80]

  package static func character(for mask: UInt16) -> Character {
    if mask == 0 { return " " }
    var value: UInt32 = 0x2800
    for bit in 0..<8 where mask & (1 << UInt16(bit)) != 0 { value |= unicodeBits[bit] }
    return Unicode.Scalar(value).map(Character.init) ?? " "
  }
}
