/// Characters that every terminal, log and Markdown file can hold.
///
/// A cell has three heights, shown by `'`, `-` and `.`, so that a slope reads as a curve.
package struct ASCIICanvas: Canvas {
  package static let dotsPerColumn = 1
  package static let dotsPerRow = 3
  package var cells: DotCells

  package init(columns: Int, rows: Int) { cells = DotCells(columns: columns, rows: rows) }

  package static func character(for mask: UInt16) -> Character {
    switch mask {
    case 0: " "
    case 0b001: "'"
    case 0b010: "-"
    case 0b100: "."
    case 0b011: "'"
    case 0b110: "."
    case 0b101: ":"
    default: "|"
    }
  }
}
