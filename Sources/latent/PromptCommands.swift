import Datasets
import Evaluation
import Notebook
import Rendering
import Terminal

/// Meta commands that need the real session.
enum PromptCommands {
  static func variables<State>(_ session: @escaping (State) -> Session) -> MetaCommand<State> {
    MetaCommand("vars", summary: "the variables there are") { repl, _ in
      let variables = session(repl.state).variables
      let rows = variables.map { [Table.Cell.text($0.name), .text($0.summary)] }
      let output =
        rows.isEmpty
        ? Output.text("no variables yet") : .table(Table(headings: ["", ""], rows: rows))
      repl.write(Screen().text([output]))
    }
  }

  static func names<State>() -> MetaCommand<State> {
    MetaCommand("names", summary: "every built-in, by topic") { repl, _ in
      repl.write(Help.overview + "\n")
    }
  }

  /// A lesson has a session of its own; leaving it comes back to this prompt as it was.
  static func lessons<State>(_ console: Console) -> [MetaCommand<State>] {
    [
      MetaCommand("lessons", summary: "the lessons there are, and what is done") { repl, _ in
        repl.write(Classroom(console, try LessonShelf()).menuText)
      },
      MetaCommand(
        "lesson", "N",
        completing: .words { _ in (try? LessonShelf())?.names ?? [] },
        summary: "open a lesson; leaving it comes back here"
      ) { repl, word in
        let shelf = try LessonShelf()
        guard let lesson = shelf.curriculum.lesson(matching: word) else {
          throw MetaCommandError(
            "there is no lesson `\(word)`", help: "`:lessons` shows the lessons there are")
        }
        try Classroom(console, shelf).teach(lesson, again: false)
      },
    ]
  }

  static var page: [MetaCommand<PromptState>] {
    [
      MetaCommand("note", "TEXT", summary: "add prose to the page that `:save` writes") {
        repl, text in
        guard !text.isEmpty else { throw MetaCommandError("`:note` needs some words") }
        repl.rememberForUndo()
        repl.state.page.note(text)
      },
      MetaCommand(
        "save", "FILE.md", completing: .file,
        summary: "write your cells and what they showed as a page"
      ) { repl, path in
        guard path.hasSuffix(".md") else {
          throw MetaCommandError(
            "`:save` writes Markdown", help: "give a name such as `:save first-try.md`")
        }
        let page = repl.state.page
        try report { try SystemFiles().write(Array(page.markdown.utf8), to: path) }
        let cells = page.cellCount == 1 ? "1 cell" : "\(page.cellCount) cells"
        repl.write("\(path): \(cells); `latent check \(path)` runs it again and compares")
      },
      MetaCommand(
        "open", "FILE.md", completing: .file, summary: "run a page, and go on where it ends"
      ) { repl, path in
        var text = ""
        try report {
          text = String(decoding: try SystemFiles().read(path), as: UTF8.self)
        }
        repl.rememberForUndo()
        open(LessonParser.parse(text, path: path), in: &repl)
      },
    ]
  }

  /// Runs the cells of a page and shows it; the first that fails is the last.
  static func open(_ page: Lesson, in repl: inout REPL<PromptState>) {
    if let seed = page.frontMatter.seed { _ = repl.state.session.run(.seed(seed)) }
    let painter = LessonPainter(context: Screen().context)
    for (index, block) in page.blocks.enumerated() {
      switch block {
      case .prose(let prose):
        if !prose.isBlank { repl.write(painter.prose(prose.text) + "\n") }
      case .cell(let cell) where [.code, .solution, .check].contains(cell.role):
        repl.write(painter.program(cell.content))
        if cell.options.contains(.skip) { continue }
        repl.settings.interruption.reset()
        let result = repl.state.session.run(page.source(of: cell))
        repl.settings.progress?.erase()
        repl.write(repl.settings.render(result.outputs) + "\n")
        guard result.succeeded != cell.options.contains(.error) else {
          repl.write("the page stops here, at block \(index + 1)")
          return
        }
      case .cell: break
      }
    }
    repl.state.page = Page(page)
  }

  private static func report(_ body: () throws -> Void) throws {
    do { try body() } catch let error as FileError { throw MetaCommandError(error.reason) }
  }
}
