/// Weaves a lesson into Markdown that any viewer shows: fences with languages, outputs in place,
/// pictures as files beside the page.
package struct WeaveMarkdown {
  private let run: LessonRun
  private let context: WeaveContext
  private var page: Page

  package struct Page: Sendable, Hashable {
    package var text: String
    /// Pictures to write beside the page, by file name.
    package var files: [String: [UInt8]]
  }

  package static func page(_ run: LessonRun, context: WeaveContext) -> Page {
    var weave = WeaveMarkdown(run: run, context: context, page: Page(text: "", files: [:]))
    weave.weave()
    return weave.page
  }

  private mutating func weave() {
    let matter = run.lesson.frontMatter
    let hasHeading = run.lesson.blocks.contains { block in
      guard case .prose(let prose) = block else { return false }
      return Markdown.headings(in: prose.text).contains { $0.level == 1 }
    }
    if !hasHeading, let title = matter.title { page.text += "# \(title)\n\n" }
    let replaced = run.replacedOutputs
    for (index, block) in run.lesson.blocks.enumerated() {
      switch block {
      case .prose(let prose): page.text += context.links.applied(to: prose.text)
      case .cell(let cell):
        if !replaced.contains(index) { add(cell) }
        if let outputs = run.outputs(under: index) { add(context.parts(outputs), under: cell) }
      }
    }
  }

  /// Hints and solutions fold, so that a reader may think first.
  private mutating func add(_ cell: Cell) {
    switch cell.role {
    case .code, .exercise: addFence("latent", cell.content)
    case .output: addFence("text", cell.content)
    case .hint: addFold("Hint", context.links.applied(to: cell.content), language: nil)
    case .solution: addFold("Solution", cell.content, language: "latent")
    case .check, .wrong: break
    }
  }

  private mutating func addFold(_ title: String, _ content: String, language: String?) {
    page.text += "<details><summary>\(title)</summary>\n\n"
    if let language { addFence(language, content) } else { page.text += content + "\n" }
    // Without the blank line, what follows would be read as HTML too.
    page.text += "\n</details>\n\n"
  }

  private mutating func add(_ parts: [WeaveContext.Part], under cell: Cell) {
    // What a check prints belongs to the check, which a page does not show.
    guard cell.role == .code else { return }
    for part in parts {
      switch part {
      case .text(let text), .failure(let text):
        addFence("text", Expectation.lines(of: text).joined(separator: "\n"))
      case .figure(let figure): add(figure)
      case .panels(let figures, let title):
        if let title { page.text += "\n**\(title.markdownEscaped)**\n" }
        figures.forEach { add($0) }
      }
    }
  }

  private mutating func add(_ figure: Figure) {
    let name = "\(run.lesson.name)-\(page.files.count + 1).\(figure.picture.ending)"
    page.files[name] = figure.picture.bytes
    page.text += "\n![\(figure.description.markdownEscaped)](\(name))\n"
  }

  private mutating func addFence(_ language: String, _ content: String) {
    let longest =
      content.textLines.map { line in
        line.content.utf8.drop { $0 == .space }.prefix { $0 == .backtick }.count
      }.max() ?? 0
    let fence = String(repeating: "`", count: max(3, longest + 1))
    if !page.text.isEmpty, !page.text.hasSuffix("\n") { page.text += "\n" }
    page.text += "\(fence)\(language)\n\(content)\(content.isEmpty ? "" : "\n")\(fence)\n"
  }
}

extension String {
  fileprivate var markdownEscaped: String {
    reduce(into: "") { text, character in
      if character == "[" || character == "]" || character == "\\" { text += "\\" }
      text.append(character.isNewline ? " " : character)
    }
  }
}
