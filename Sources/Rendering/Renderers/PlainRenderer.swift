/// Outputs as plain text, as lessons compare it.
package struct PlainRenderer: Sendable {
  package var context: RenderContext

  package init(_ context: RenderContext = .headless) {
    var context = context
    context.color = false
    context.graphics = .none
    self.context = context
  }

  /// All outputs, each ending in a newline.
  package func text(_ outputs: [Output]) -> String {
    outputs.map(text).joined()
  }

  package func text(_ output: Output) -> String {
    let body: String
    switch output {
    case .text(let text): body = context.spelled(text)
    case .file(let report): body = context.spelled(FileLine.text(report))
    case .failure(let failure): body = FailureText.spelled(failure.text, context)
    case .table, .chart, .image, .panels:
      let lines = Figure.grid(output, context, width: context.width).lines
      let words = context.describesFigures ? Description.lines(output, context) : []
      body = (lines + words).joined(separator: "\n")
    }
    return body.hasSuffix("\n") || body.isEmpty ? body : body + "\n"
  }
}

/// Error messages, whose marks stand exactly under the source line above them.
enum FailureText {
  static func spelled(_ text: String, _ context: RenderContext) -> String {
    guard !context.unicode else { return text }
    return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      ASCIIFallback.text(String(line), keepsColumns: line.drop { $0.isNumber }.hasPrefix(" | "))
    }.joined(separator: "\n")
  }
}
