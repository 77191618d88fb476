import ArgumentParser
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
        repl.write(Classroom(console, try shelf()).menu)
        repl.write("`:lesson 4` opens the lesson of this number")
      },
      MetaCommand(
        "lesson", "N",
        completing: .words { _ in (try? LessonShelf())?.names ?? [] },
        summary: "open a lesson; leaving it comes back here"
      ) { repl, word in
        let shelf = try shelf()
        guard let lesson = shelf.curriculum.lesson(matching: word) else {
          throw MetaCommandError(
            "there is no lesson `\(word)`", help: "`:lessons` shows the lessons there are")
        }
        try Classroom(console, shelf).teach(lesson, again: false)
      },
    ]
  }

  /// What is wrong with the folder of lessons has been said where it was found.
  private static func shelf() throws -> LessonShelf {
    do { return try LessonShelf() } catch is ExitCode {
      throw MetaCommandError(
        "the lessons cannot be read", help: "LATENT_LESSONS names their folder")
    }
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
        "save", "[FILE.md]", completing: .file,
        summary: "write your cells and what they showed as a page"
      ) { repl, argument in
        let path = try savePath(argument, &repl.state.page)
        let page = repl.state.page
        try report { try SystemFiles().write(Array(page.markdown.utf8), to: path) }
        let cells = page.cellCount == 1 ? "1 cell" : "\(page.cellCount) cells"
        repl.write("\(path): \(cells); `latent check \(path)` runs it again and compares")
      },
      MetaCommand(
        "open", "FILE.md", completing: .file,
        summary: "run a page in a new session, and go on where it ends"
      ) { repl, path in
        guard !path.isEmpty else { throw MetaCommandError("`:open` needs the name of a page") }
        var text: String?
        try report {
          text = String(validating: try SystemFiles().read(path), as: UTF8.self)
        }
        guard let text else { throw MetaCommandError("\(path): this is not UTF-8 text") }
        repl.rememberForUndo()
        open(LessonParser.parse(text, path: path), in: &repl)
      },
    ]
  }

  /// Where `:save` writes. A file that is not this page's own must be named twice.
  private static func savePath(_ argument: String, _ page: inout Page) throws -> String {
    guard let path = argument.isEmpty ? page.path : argument else {
      throw MetaCommandError(
        "`:save` needs a name", help: "give one such as `:save first-try.md`")
    }
    guard path.hasSuffix(".md") else {
      throw MetaCommandError(
        "`:save` writes Markdown", help: "give a name such as `:save first-try.md`")
    }
    let isOwn = page.path == path
    page.path = path
    guard isOwn || SystemFiles.realPath(path) == nil else {
      throw MetaCommandError(
        "\(path) is there already", help: "the same command once more writes over it")
    }
    return path
  }

  /// Runs the cells of a page in a new session and shows it; the first that fails is the last.
  static func open(_ page: Lesson, in repl: inout REPL<PromptState>) {
    if let fresh = repl.settings.makeState?() { repl.state = fresh }
    repl.state.session.host.files = PageFiles(folder: page.folder)
    if let seed = page.frontMatter.seed { _ = repl.state.session.run(.seed(seed)) }
    let painter = LessonPainter(context: Screen().context)
    for (index, block) in page.blocks.enumerated() {
      switch block {
      case .prose(let prose):
        if !prose.isBlank { repl.write(painter.prose(prose.text) + "\n") }
      case .cell(let cell) where [.code, .solution, .check].contains(cell.role):
        repl.write(painter.program(cell.content))
        if !cell.options.contains(.skip), !run(cell, of: page, in: &repl) {
          repl.write("the page stops here, at line \(cell.firstLine)")
          var rest = page
          rest.blocks = Array(page.blocks[..<index])
          repl.state.page = Page(rest)
          return
        }
      case .cell: break
      }
    }
    repl.state.page = Page(page)
    repl.state.page.path = page.path
  }

  /// Whether the page can go on.
  private static func run(
    _ cell: Cell, of page: Lesson, in repl: inout REPL<PromptState>
  ) -> Bool {
    let result = repl.watchedRun { state, watch in
      state.session.run(page.source(of: cell), watch: watch)
    }
    let text = repl.settings.render(result.unseen)
    repl.write(repl.settings.label(text, result.resultNumber) + "\n")
    return result.succeeded != cell.options.contains(.error)
  }

  private static func report(_ body: () throws -> Void) throws {
    do { try body() } catch let error as FileError { throw MetaCommandError(error.reason) }
  }
}
