import Datasets
import Evaluation
import Notebook
import Rendering
import Syntax
import Terminal

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Where lessons are taught: the menu, and one lesson after another at the prompt.
final class Classroom {
  private let console: Console
  private let shelf: LessonShelf
  private let files = LearnerFiles()
  private var progress: Progress
  private let screen = Screen()

  init(_ console: Console, _ shelf: LessonShelf) {
    self.console = console
    self.shelf = shelf
    progress = files.progress()
  }

  // MARK: The menu

  func offerMenu() throws {
    while true {
      write(menu + "\n" + choices)
      guard let word = ask() else { return }
      if ["q", "quit", ":q", ":quit"].contains(word) { return }
      let chosen = word.isEmpty ? suggestion : shelf.curriculum.lesson(matching: word)
      guard let chosen else {
        write("there is no lesson `\(word)`: type a number or the beginning of a name\n")
        continue
      }
      try teach(chosen, again: false)
    }
  }

  /// What Enter and other keys do below the menu.
  private var choices: String {
    let next = suggestion.map { "Enter takes \($0.name); " } ?? ""
    return "\(next)or type a number; q leaves\n"
  }

  /// The lessons with what is done, how long each takes and what it needs.
  var menu: String {
    let rows = shelf.curriculum.lessons.map { lesson -> [Table.Cell] in
      let number = String(lesson.name.prefix { $0.isNumber })
      let minutes = lesson.frontMatter.minutes.map { "\(Int($0)) min" } ?? ""
      return [
        .text(number), .text(mark(of: lesson)), .text(lesson.title), .text(minutes),
        .text(needs(of: lesson)),
      ]
    }
    let table = Table(headings: ["", "", "lesson", "", ""], rows: rows)
    return "\n" + screen.text([.table(table)])
  }

  private func mark(of lesson: Lesson) -> String {
    switch progress[lesson.name].status {
    case .finished: "done"
    case .begun: "begun"
    case .untouched: ""
    }
  }

  private func needs(of lesson: Lesson) -> String {
    let missing = shelf.curriculum.missingNeeds(
      of: lesson.name, finished: progress.finishedLessons)
    let numbers = missing.map { String($0.name.prefix { $0.isNumber }) }
    return numbers.isEmpty ? "" : "after \(numbers.joined(separator: ", "))"
  }

  /// What has been begun, else the first that is not done.
  private var suggestion: Lesson? {
    let lessons = shelf.curriculum.lessons
    return lessons.first { progress[$0.name].status == .begun }
      ?? lessons.first { progress[$0.name].status == .untouched } ?? lessons.first
  }

  private func ask() -> String? {
    let assistant = InputAssistant(
      isIncomplete: { _ in false },
      completions: { [shelf] text, cursor in
        Completions(
          start: 0, end: cursor,
          candidates: shelf.curriculum.lessons.map { .init(replacement: $0.name) }
            .filter { $0.replacement.hasPrefix(text) })
      })
    while true {
      switch console.editor.readInput(assistant) {
      case .text(let text): return text
      case .interrupted: continue
      case .endOfInput: return nil
      }
    }
  }

  // MARK: One lesson

  func teach(_ lesson: Lesson, again: Bool) throws {
    let key = shelf.key(of: lesson)
    let lock = files.lock(key)
    let keepsPlace = if case .taken = lock { false } else { true }
    defer { withExtendedLifetime(lock) {} }
    if again { files.forgetPlace(of: key) }
    let folder = LessonFolder(lesson, written: files.outputFolder(of: key))
    let host = console.host(files: folder)
    let kept = files.place(of: lesson, key, host)
    var own = progress[key.text]
    if kept == nil { own.doneCells = [] }
    own.startedAt = own.startedAt ?? now
    let guide = GuidedLesson<Session>(
      lesson, progress: own,
      resuming: kept.map { .init(position: $0.position, state: $0.state, typed: $0.typed) },
      outside: outside(lesson, key, host, keepsPlace: keepsPlace))
    var repl = REPL(guide.sandbox, settings: settings(guide, folder))
    write(opening(lesson, resumed: kept != nil))
    if !keepsPlace { write("this lesson is open elsewhere; that is where its place is kept\n") }
    guide.begin(&repl)
    repl.run()
    finish(guide, key, keepsPlace: keepsPlace)
  }

  private func opening(_ lesson: Lesson, resumed: Bool) -> String {
    if resumed { return "\n\(lesson.title), where you left it; :restart begins anew\n" }
    let painter = LessonPainter(context: screen.context)
    return lesson.frontMatter.summary.map { "\n" + painter.prose($0) } ?? ""
  }

  private func settings(
    _ guide: GuidedLesson<Session>, _ folder: LessonFolder
  ) -> REPLSettings<Session> {
    var settings = console.settings(for: Session.self)
    settings.commands +=
      guide.commands + [PromptCommands.variables(\.self), PromptCommands.names()]
    settings.onEmptyInput = { guide.goOn(&$0) }
    settings.didChange = { guide.didChange($0) }
    settings.didRun = { _, result, repl in guide.didRun(result, &repl) }
    let painter = LessonPainter(context: screen.context)
    settings.render = { outputs in
      let places = folder.newFiles.map { painter.quiet("the file is \($0)") + "\n" }
      return Screen().text(outputs) + places.joined()
    }
    return settings
  }

  private func outside(
    _ lesson: Lesson, _ key: LessonKey, _ host: Host, keepsPlace: Bool
  ) -> GuidedLesson<Session>.Outside {
    let painter = LessonPainter(context: screen.context)
    let (files, seed) = (files, console.options.seed)
    return GuidedLesson<Session>.Outside(
      makeState: { Session(host: host, seed: seed) },
      prose: painter.prose, program: painter.program, quiet: painter.quiet,
      keepPlace: { if keepsPlace { files.keepPlace($0, $1, of: lesson, key) } },
      keepTyped: { if keepsPlace { files.keepTyped($0, $1, of: lesson, key) } },
      keepProgress: { [unowned self] own in keep(own, of: key) })
  }

  private func keep(_ own: LessonProgress, of key: LessonKey) {
    var own = own
    own.lastSeenAt = now
    progress = files.keep(own, of: key.text, in: progress)
  }

  private func finish(_ guide: GuidedLesson<Session>, _ key: LessonKey, keepsPlace: Bool) {
    var own = guide.progress
    if guide.isFinished { own.finishedAt = own.finishedAt ?? now }
    keep(own, of: key)
    if guide.isFinished {
      if keepsPlace { files.forgetPlace(of: key) }
      write("\nfinished: \(guide.lesson.title)\n")
    } else if files.hasKeptAll, keepsPlace {
      let word = shelf.holds(guide.lesson) ? guide.lesson.name : guide.lesson.path
      write("\nkept; `latent learn \(word)` goes on from here\n")
    }
  }

  private var now: Int { Int(time(nil)) }

  private func write(_ text: String) { StandardStream.output.write(text) }
}

/// Lesson text for a terminal: styled where there is colour, plain elsewhere.
struct LessonPainter {
  let context: RenderContext

  func prose(_ markdown: String) -> String {
    let lines = ProseRenderer(width: min(context.width, 88)).render(markdown)
    return lines.map { line in
      line.runs.map { paint($0.text, codes(of: $0.style)) }.joined() + "\n"
    }.joined()
  }

  func program(_ text: String) -> String {
    var painted = ""
    let bytes = Array(text.utf8)
    var position = 0
    for part in Highlighter.highlights(
      Source(name: "cell", text: text), commands: Builtin.commands)
    where part.span.start >= position {
      painted += String(decoding: bytes[position..<part.span.start], as: UTF8.self)
      painted += paint(
        String(decoding: bytes[part.span.start..<part.span.end], as: UTF8.self),
        codes(of: part.role))
      position = part.span.end
    }
    painted += String(decoding: bytes[position...], as: UTF8.self)
    let mark = paint(context.unicode ? "│ " : "| ", "2")
    return painted.split(separator: "\n", omittingEmptySubsequences: false)
      .map { mark + $0 + "\n" }.joined()
  }

  func quiet(_ text: String) -> String { paint(text, "2") }

  private func paint(_ text: String, _ codes: String) -> String {
    context.color && !codes.isEmpty ? "\u{1B}[\(codes)m\(text)\u{1B}[0m" : text
  }

  private func codes(of style: StyledText.Style) -> String {
    var codes: [String] = []
    if style.contains(.heading) || style.contains(.strong) { codes.append("1") }
    if style.contains(.emphasis) || style.contains(.formula) { codes.append("3") }
    if style.contains(.code) { codes.append("36") }
    if style.contains(.link) { codes.append("4") }
    if style.contains(.mark) || style.contains(.quote) { codes.append("2") }
    if style.contains(.strikethrough) { codes.append("9") }
    return codes.joined(separator: ";")
  }

  private func codes(of role: Highlighter.Role) -> String {
    switch role {
    case .keyword, .command: "35"
    case .number: "36"
    case .string: "32"
    case .comment: "2"
    }
  }
}
