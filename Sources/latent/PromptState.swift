import Evaluation
import Notebook
import Rendering
import Syntax

/// What a prompt goes through: the session and the page that is written along with it. One value,
/// so that `:undo` and `:restore` bring back both.
struct PromptState: Interpreter {
  var session: Session
  var page = Page()

  mutating func run(_ source: Source, watch: ((Output) -> Void)?) -> CellResult {
    let result = session.run(source, watch: watch)
    page.add(source.text, result)
    return result
  }

  func isIncomplete(_ text: String) -> Bool { session.isIncomplete(text) }

  func completions(in text: String, at cursor: Int) -> Completions {
    session.completions(in: text, at: cursor)
  }
}

/// Prose, cells and what they print, as Markdown that `latent check` accepts.
struct Page {
  private(set) var markdown = ""
  private(set) var cellCount = 0
  /// The file that `:save` may write over: the page came from it, went to it, or it was named
  /// twice.
  var path: String?

  init() {}

  /// A page says its seed, so that it prints the same wherever it is run.
  init(seed: UInt64) {
    if seed != 0 { markdown = "---\nseed: \(seed)\n---\n" }
  }

  init(_ lesson: Lesson) {
    markdown = LessonPrinter.print(lesson)
    cellCount = lesson.cells.count
  }

  init(recovered markdown: String) { self.init(LessonParser.parse(markdown, path: "prompt.md")) }

  mutating func note(_ text: String) { append(text + "\n") }

  mutating func add(_ program: String, _ result: CellResult) {
    var word = ""
    if let failure = result.outputs.lazy.compactMap(\.failure).first {
      // What was stopped by hand would not stop there again.
      word = failure.id == "interrupted" ? " skip" : " error"
    }
    var text = Page.block("latent" + word, program)
    // A cell that fails calls itself `cell` in a page.
    let output = PlainRenderer().text(result.outputs)
      .replacing("\n  prompt:", with: "\n  cell:")
    if !output.isEmpty, word != " skip" { text += Page.block("output", output) }
    append(text)
    cellCount += 1
  }

  private mutating func append(_ text: String) {
    if !markdown.isEmpty { markdown += "\n" }
    markdown += text
  }

  /// A fenced block whose fence is longer than any inside.
  private static func block(_ info: String, _ content: String) -> String {
    var fence = "```"
    while content.contains(fence) { fence += "`" }
    return "\(fence)\(info)\n\(content)\(content.hasSuffix("\n") ? "" : "\n")\(fence)\n"
  }
}

extension Output {
  fileprivate var failure: Failure? {
    if case .failure(let failure) = self { return failure }
    return nil
  }
}
