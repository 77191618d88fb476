/// A grid of images to look at, with a title.
package struct ImageFigure: Sendable, Hashable {
  package var grid: ImageGrid
  package var title: String?

  package init(_ grid: ImageGrid, title: String? = nil) {
    self.grid = grid
    self.title = title
  }
}
