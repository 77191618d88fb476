extension ImageGrid {
  /// Gray of the lines between tiles, so that black and white tiles both end visibly.
  private static let gapSample: UInt8 = 64
  private static let paperSample: UInt8 = 255

  /// The whole grid as one picture.
  package var raster: Raster {
    let left = BitmapFont.width(of: rowLabels.prefix(rowCount)) + (rowLabels.isEmpty ? 0 : 6)
    let top = columnLabels.isEmpty ? 0 : BitmapFont.height + 4
    let stepX = (tileWidth + gap) * scale
    let stepY = (tileHeight + gap) * scale
    let innerWidth = max(columnCount * stepX - gap * scale, 1)
    let innerHeight = max(rowCount * stepY - gap * scale, 1)
    let channels = tiles.contains(where: \.isColor) ? 3 : 1
    var picture = Raster(
      width: left + innerWidth, height: top + innerHeight, channels: channels,
      filledWith: Self.paperSample)
    picture.paste(
      Raster(width: innerWidth, height: innerHeight, filledWith: Self.gapSample), x: left, y: top)
    for (index, tile) in tiles.enumerated() {
      let x = left + index % columnCount * stepX
      let y = top + index / columnCount * stepY
      picture.paste(tile, x: x, y: y, scale: scale)
    }
    for (row, label) in rowLabels.prefix(rowCount).enumerated() {
      let y = top + row * stepY + (tileHeight * scale - BitmapFont.height) / 2
      let x = left - 4 - BitmapFont.width(of: label)
      BitmapFont.draw(label, x: x, y: y, sample: 0, in: &picture)
    }
    for (column, label) in columnLabels.prefix(columnCount).enumerated() {
      let room = tileWidth * scale
      let shown = BitmapFont.fitting(label, width: stepX)
      let x = left + column * stepX + (room - BitmapFont.width(of: shown)) / 2
      BitmapFont.draw(shown, x: max(x, left), y: 2, sample: 0, in: &picture)
    }
    return picture
  }
}
