/// A grid of images to look at, with a title.
package struct ImageFigure: Sendable, Hashable {
  package var grid: ImageGrid
  package var title: String?
  /// The frames of which the grid shows some; empty for a picture that stands still.
  package var film: Film?

  package init(_ grid: ImageGrid, title: String? = nil) {
    self.grid = grid
    self.title = title
  }

  /// Some frames of a film, evenly spread from the first to the last, from the grids that became
  /// its frames.
  package init(_ film: Film, grids: [ImageGrid], title: String? = nil) {
    let first = grids.first ?? ImageGrid(tiles: [])
    // Rows below each other, or grids beside each other while their tiles can be recognised.
    let most = first.rowCount > 1 ? max(min(20 / first.columnCount, 5), 2) : 5
    let count = min(grids.count, most)
    let shown = (0..<count).map { count > 1 ? $0 * (grids.count - 1) / (count - 1) : 0 }
    let parts = shown.map { (label: String($0 + 1), tiles: grids[$0].tiles) }
    var grid: ImageGrid
    if first.tiles.count == 1 {
      grid = ImageGrid(tiles: parts.flatMap(\.tiles), columns: count)
      grid.captions = parts.map(\.label)
    } else if first.rowCount == 1 {
      grid = .comparison(parts)
    } else {
      grid = .sideBySide(parts, columns: first.columnCount)
    }
    self.init(grid, title: title)
    self.film = film
  }

  /// The picture for a page: a PNG, which moves if the figure is of a film.
  package var png: [UInt8] { film.map(APNG.encode) ?? PNG.encode(grid.raster.enlarged) }
}

/// Pictures of one size, to be seen one after another.
package struct Film: Sendable, Hashable {
  package var frames: [Raster]
  /// How long each frame stays.
  package var seconds: Double

  package init(_ frames: [Raster], seconds: Double = 0.2) {
    self.frames = frames
    self.seconds = seconds
  }
}
