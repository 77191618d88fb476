/// Quarter blocks: coarser than Braille, and solid on every UTF-8 terminal.
package struct BlockCanvas: Canvas {
  package static let dotsPerColumn = 2
  package static let dotsPerRow = 2
  package var cells: DotCells

  package init(columns: Int, rows: Int) { cells = DotCells(columns: columns, rows: rows) }

  private static let blocks = Array(" ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█")

  package static func character(for mask: UInt16) -> Character { blocks[Int(mask & 15)] }
}
