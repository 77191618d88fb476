/// Images of one size in rows and columns, with names beside and above.
package struct ImageGrid: Sendable, Hashable {
  package var tiles: [Raster]
  /// Tiles in a row; without it, a shape that suits the place.
  package var columns: Int?
  /// Pixels between tiles, before scaling.
  package var gap: Int
  /// Screen pixels for each image pixel, across and down.
  package var scale: Int
  package var rowLabels: [String]
  package var columnLabels: [String]
  /// A few words below each tile.
  package var captions: [String] = []
  /// Columns that belong together, where several grids stand side by side.
  package var groupColumns: Int?
  /// The name above each of the grids that stand side by side.
  package var groupLabels: [String] = []

  package init(
    tiles: [Raster], columns: Int? = nil, gap: Int = 1, scale: Int = 1,
    rowLabels: [String] = [], columnLabels: [String] = []
  ) {
    self.tiles = tiles
    self.columns = columns
    self.gap = max(gap, 0)
    self.scale = max(scale, 1)
    self.rowLabels = rowLabels
    self.columnLabels = columnLabels
  }

  /// Shape: `values` is [count, height, width], or [count, channels, height, width] in colour.
  package init(
    values: [Float], count: Int, channels: Int = 1, height: Int, width: Int,
    range: ClosedRange<Float> = 0...1, columns: Int? = nil, gap: Int = 1, scale: Int = 1
  ) {
    precondition(values.count == count * channels * height * width, "values fill the images")
    let plane = height * width
    let tiles = (0..<count).map { index -> Raster in
      let image = values[index * channels * plane..<(index + 1) * channels * plane]
      guard channels == 3 else {
        return Raster(width: width, height: height, values: image.prefix(plane), range: range)
      }
      let interleaved = (0..<plane).flatMap { pixel in
        (0..<3).map { image[image.startIndex + $0 * plane + pixel] }
      }
      return Raster(width: width, height: height, channels: 3, values: interleaved, range: range)
    }
    self.init(tiles: tiles, columns: columns, gap: gap, scale: scale)
  }

  /// One row for each named list of tiles, for example ground truth above reconstruction.
  package static func comparison(
    _ rows: [(label: String, tiles: [Raster])], gap: Int = 1, scale: Int = 1
  ) -> ImageGrid {
    let columns = rows.map(\.tiles.count).max() ?? 0
    let tiles = rows.flatMap { row in
      row.tiles + [Raster](repeating: .nothing, count: columns - row.tiles.count)
    }
    return ImageGrid(
      tiles: tiles, columns: columns, gap: gap, scale: scale, rowLabels: rows.map(\.label))
  }

  /// Grids of `columns` tiles in a row beside each other, each under its name.
  package static func sideBySide(
    _ grids: [(label: String, tiles: [Raster])], columns: Int, gap: Int = 1, scale: Int = 1
  ) -> ImageGrid {
    let longest = grids.map(\.tiles.count).max() ?? 0
    let width = max(min(columns, longest), 1)
    let tiles = stride(from: 0, to: longest, by: width).flatMap { start in
      grids.flatMap { grid in
        (start..<start + width).map { $0 < grid.tiles.count ? grid.tiles[$0] : .nothing }
      }
    }
    var whole = ImageGrid(tiles: tiles, columns: width * grids.count, gap: gap, scale: scale)
    whole.groupColumns = width
    whole.groupLabels = grids.map(\.label)
    return whole
  }

  package var tileWidth: Int { tiles.map(\.width).max() ?? 0 }
  package var tileHeight: Int { tiles.map(\.height).max() ?? 0 }
  /// `28×28`, width by height.
  package var tileSize: String { "\(tileWidth)×\(tileHeight)" }

  /// Tiles in a row of the written picture: as asked, or nearly square, at most 10 for few tiles.
  package var columnCount: Int {
    if let columns { return max(min(columns, max(tiles.count, 1)), 1) }
    if tiles.count <= 10 { return max(tiles.count, 1) }
    var side = 1
    while side * side < tiles.count { side += 1 }
    return max(side, 10)
  }

  package var rowCount: Int { (tiles.count + columnCount - 1) / columnCount }
}

extension ImageGrid {
  var hasGroups: Bool { groupColumns.map { $0 < columnCount } ?? false }

  /// Which of the grids side by side a column belongs to.
  func group(ofColumn column: Int) -> Int { groupColumns.map { column / $0 } ?? 0 }

  /// Places filled with nothing do not count.
  package var pictureCount: Int { tiles.count { $0.width > 0 } }
}
