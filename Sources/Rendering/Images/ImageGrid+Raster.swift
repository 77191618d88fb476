extension ImageGrid {
  /// The whole grid as one picture.
  package var raster: Raster { GridPicture(self).raster }
}

/// A grid of images with its names, as pixels.
private struct GridPicture {
  /// Gray of the lines between tiles, so that black and white tiles both end visibly.
  private static let gapSample: UInt8 = 64
  private static let paperSample: UInt8 = 255
  /// Between grids side by side, in gaps, beside the one that every column has.
  private static let groupGaps = 3

  private let grid: ImageGrid
  private let font: BitmapFont
  private let stepX: Int
  private let stepY: Int
  /// From the start of one grid to the next, where several stand side by side.
  private let groupStep: Int
  private let left: Int
  private let top: Int

  init(_ grid: ImageGrid) {
    self.grid = grid
    // Names grow with the tiles.
    let font = BitmapFont(scale: max(grid.tileWidth * grid.scale / 40, 1))
    self.font = font
    let gap = grid.gap * grid.scale
    // A name that is wider than its tile gets the room that it needs.
    let names = grid.columnLabels.prefix(grid.columnCount) + grid.captions
    let widest = names.map(font.width).max().map { $0 + 3 * font.scale } ?? 0
    stepX = max(grid.tileWidth * grid.scale + gap, widest)
    stepY = grid.tileHeight * grid.scale + gap + (grid.captions.isEmpty ? 0 : font.lineHeight)
    let groupName = grid.groupLabels.map(font.width).max().map { $0 + 3 * font.scale } ?? 0
    let groupWidth = (grid.groupColumns ?? grid.columnCount) * stepX
    groupStep = max(groupWidth + Self.groupGaps * max(gap, grid.scale), groupName)
    let rowNames = grid.rowLabels.prefix(grid.rowCount).map(font.width).max() ?? 0
    left = rowNames == 0 ? 0 : rowNames + 6 * font.scale
    let heads = [grid.groupLabels, grid.columnLabels].count { !$0.allSatisfy(\.isEmpty) }
    top = heads * font.lineHeight
  }

  private var gap: Int { grid.gap * grid.scale }

  private func x(ofColumn column: Int) -> Int {
    guard grid.hasGroups, let each = grid.groupColumns else { return left + column * stepX }
    return left + column / each * groupStep + column % each * stepX
  }

  private func y(ofRow row: Int) -> Int { top + row * stepY }

  var raster: Raster {
    let tileWidth = grid.tileWidth * grid.scale
    let names = grid.captions.isEmpty ? 0 : font.lineHeight
    let lastColumn = x(ofColumn: grid.columnCount - 1)
    let columnWidth = max(tileWidth, stepX - gap)
    let width = max(lastColumn + columnWidth, lastGroupNameEnd, left + 1)
    let height = max(
      y(ofRow: grid.rowCount - 1) + grid.tileHeight * grid.scale + names, top + 1)
    let channels = grid.tiles.contains(where: \.isColor) ? 3 : 1
    var picture = Raster(
      width: width, height: height, channels: channels, filledWith: Self.paperSample)
    picture.paste(
      Raster(width: width - left, height: height - top, filledWith: Self.gapSample), x: left,
      y: top)
    for (index, tile) in grid.tiles.enumerated() {
      let column = index % grid.columnCount
      // Smaller pictures beside larger ones are enlarged as far as they fit.
      let factor = min(
        grid.tileWidth / max(tile.width, 1), grid.tileHeight / max(tile.height, 1))
      picture.paste(
        tile, x: x(ofColumn: column) + (columnWidth - tileWidth) / 2,
        y: y(ofRow: index / grid.columnCount), scale: grid.scale * max(factor, 1))
    }
    drawCaptions(columnWidth: columnWidth, in: &picture)
    drawHeads(columnWidth: columnWidth, in: &picture)
    for (row, label) in grid.rowLabels.prefix(grid.rowCount).enumerated() {
      let middle = y(ofRow: row) + (grid.tileHeight * grid.scale - font.height) / 2
      font.draw(
        label, x: left - 4 * font.scale - font.width(of: label), y: middle, in: &picture)
    }
    return picture
  }

  private var lastGroupNameEnd: Int {
    guard grid.hasGroups, let last = grid.groupLabels.last else { return 0 }
    return left + (grid.groupLabels.count - 1) * groupStep + font.width(of: last)
  }

  private func drawCaptions(columnWidth: Int, in picture: inout Raster) {
    guard !grid.captions.isEmpty else { return }
    for row in 0..<grid.rowCount {
      let y = y(ofRow: row) + grid.tileHeight * grid.scale
      picture.paste(
        Raster(
          width: picture.width - left, height: font.lineHeight, filledWith: Self.paperSample),
        x: left, y: y)
      for column in 0..<grid.columnCount {
        let index = row * grid.columnCount + column
        guard grid.captions.indices.contains(index), index < grid.tiles.count else { continue }
        let start = x(ofColumn: column)
        draw(grid.captions[index], from: start, width: columnWidth, y: y, in: &picture)
      }
    }
  }

  private func drawHeads(columnWidth: Int, in picture: inout Raster) {
    var y = 0
    if !grid.groupLabels.allSatisfy(\.isEmpty) {
      let groupWidth = ((grid.groupColumns ?? 1) - 1) * stepX + columnWidth
      for (index, label) in grid.groupLabels.enumerated() {
        draw(label, from: left + index * groupStep, width: groupWidth, y: y, in: &picture)
      }
      y += font.lineHeight
    }
    for (column, label) in grid.columnLabels.prefix(grid.columnCount).enumerated() {
      draw(label, from: x(ofColumn: column), width: columnWidth, y: y, in: &picture)
    }
  }

  /// Writes a name in the middle of its room.
  private func draw(
    _ label: String, from start: Int, width: Int, y: Int, in picture: inout Raster
  ) {
    let indent = max((width - font.width(of: label)) / 2, 0)
    font.draw(label, x: start + indent, y: y + 2 * font.scale, in: &picture)
  }
}
