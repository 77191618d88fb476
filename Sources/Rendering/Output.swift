/// All that a cell can show. Renderers turn it into plain text, coloured text or HTML.
package enum Output: Sendable, Hashable {
  case text(String)
  case table(Table)
  case chart(Chart)
  case image(ImageFigure)
  /// Figures side by side.
  case panels(Panels)
  /// A file that the cell wrote.
  case file(FileReport)
  case failure(Failure)
}

/// A written file, reported so that lessons compare its content byte for byte.
package struct FileReport: Sendable, Hashable {
  package let path: String
  package let byteCount: Int
  /// Lower-case hexadecimal.
  package let sha256: String

  package init(path: String, byteCount: Int, sha256: String) {
    self.path = path
    self.byteCount = byteCount
    self.sha256 = sha256
  }
}

/// An error as the learner reads it.
package struct Failure: Sendable, Hashable {
  /// Stable name of the kind of error, for example `shape-mismatch`.
  package let id: String
  /// The whole message with its source excerpt, several lines, without colour.
  package let text: String

  package init(id: String, text: String) {
    self.id = id
    self.text = text
  }
}
