/// An error with the place it happened: what a learner reads when something does not work.
package struct Diagnostic: Error, Sendable, Hashable {
  /// Stable name of the kind of error, for example `shape-mismatch`.
  package let id: String
  /// One sentence without a full stop: what clashes, with both values.
  package var message: String
  /// The place to underline; a second line of `~` may mark related places.
  package var source: Source
  package var span: Span
  package var related: [Span]
  /// Said behind the marks, for example `inner sizes differ: 128 and 64`.
  package var label: String?
  /// A way on.
  package var help: String?
  /// The calls that led here, innermost first.
  package var callers: [Frame]

  package struct Frame: Sendable, Hashable {
    package let function: String
    package let source: Source
    package let span: Span

    package init(function: String, source: Source, span: Span) {
      self.function = function
      self.source = source
      self.span = span
    }
  }

  package init(
    id: String, message: String, source: Source, span: Span, related: [Span] = [],
    label: String? = nil, help: String? = nil, callers: [Frame] = []
  ) {
    self.id = id
    self.message = message
    self.source = source
    self.span = span
    self.related = related
    self.label = label
    self.help = help
    self.callers = callers
  }
}
