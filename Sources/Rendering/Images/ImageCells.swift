/// Turns one image into characters, several samples to each.
struct ImageCells {
  let context: RenderContext
  let columns: Int
  let rows: Int

  /// An image at the resolution of the characters' parts.
  struct Samples {
    let raster: Raster
    let brightest: Double
  }

  /// Parts of a character, across and down.
  private var parts: (across: Int, down: Int) {
    context.color && context.unicode ? (1, 2) : (GlyphShapes.across, GlyphShapes.down)
  }

  func samples(_ image: Raster) -> Samples {
    let raster = image.resized(width: columns * parts.across, height: rows * parts.down)
    var brightest = 0.0
    for y in 0..<raster.height {
      for x in 0..<raster.width { brightest = max(brightest, raster.brightness(x: x, y: y)) }
    }
    return Samples(raster: raster, brightest: brightest)
  }

  func grid(_ samples: Samples, brightest: Double) -> TextGrid {
    var grid = TextGrid(width: columns, height: rows)
    for row in 0..<rows {
      for column in 0..<columns {
        let cell =
          context.color && context.unicode
          ? halfBlock(samples.raster, column, row)
          : glyph(samples.raster, column, row, scale: brightest > 0 ? 1 / brightest : 0)
        grid.put(cell.character, column: column, row: row, style: cell.style)
      }
    }
    return grid
  }

  private func halfBlock(_ raster: Raster, _ column: Int, _ row: Int) -> TextGrid.Cell {
    func ink(_ y: Int) -> Ink {
      let last = raster.channels - 1
      return .rgb(raster[column, y, 0], raster[column, y, min(1, last)], raster[column, y, last])
    }
    return TextGrid.Cell("▀", Style(ink(2 * row), background: ink(2 * row + 1)))
  }

  private func glyph(
    _ raster: Raster, _ column: Int, _ row: Int, scale: Double
  ) -> TextGrid.Cell {
    var wanted: [Double] = []
    for y in 0..<GlyphShapes.down {
      for x in 0..<GlyphShapes.across {
        let brightness = raster.brightness(
          x: column * GlyphShapes.across + x, y: row * GlyphShapes.down + y)
        wanted.append(brightness * scale)
      }
    }
    return TextGrid.Cell(GlyphShapes.nearest(to: wanted))
  }
}
