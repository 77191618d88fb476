/// A piece of program text and where it came from.
package struct Source: Sendable, Hashable {
  /// What diagnostics call it: a path, `prompt`, `standard input`.
  package let name: String
  package let text: String
  /// Line of the enclosing file on which `text` begins, so that a cell inside a lesson reports the
  /// lesson's line numbers.
  package let firstLine: Int

  package init(name: String, text: String, firstLine: Int = 1) {
    self.name = name
    self.text = text
    self.firstLine = firstLine
  }
}

/// A half-open range of UTF-8 offsets into a source's text.
package struct Span: Sendable, Hashable {
  package var start: Int
  package var end: Int

  package init(_ start: Int, _ end: Int) {
    self.start = start
    self.end = end
  }

  package func union(_ other: Span) -> Span {
    Span(min(start, other.start), max(end, other.end))
  }
}
