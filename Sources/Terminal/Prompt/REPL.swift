import Evaluation
import Rendering
import Syntax

/// The prompt: reads an input, runs it, prints what it shows, until somebody leaves.
package struct REPL<State: Interpreter> {
  package var state: State
  /// The session as it was before each of the last inputs, oldest first.
  package private(set) var undoStack: [State] = []
  /// Named copies of the session.
  package var snapshots: [String: State] = [:]
  /// Whether `didChange` has not heard of the last change.
  private var isChanged = false
  /// Whether a cell or a command has failed.
  package private(set) var hasFailed = false
  /// Set to leave after the current command.
  package var isFinished = false

  package let settings: REPLSettings<State>
  let table: MetaCommandTable<State>

  /// Undo goes back this far.
  private static var undoLimit: Int { 50 }

  package init(_ state: State, settings: REPLSettings<State>) {
    self.state = state
    self.settings = settings
    // A command of the caller's stands for the standard one of its name.
    let own = Set(settings.commands.map(\.name))
    table = MetaCommandTable(
      commands: settings.commands + MetaCommand.standard.filter { !own.contains($0.name) })
  }

  /// Runs until the end of input or `:quit`.
  package mutating func run() {
    let editor = settings.editor
    defer { editor.leave() }
    if editor.isInteractive && !settings.banner.isEmpty { write(settings.banner + "\n") }
    while !isFinished {
      switch readInput() {
      case .text(let text):
        take(text)
      case .interrupted:
        continue
      case .endOfInput:
        if editor.isInteractive { write("\n") }
        isFinished = true
      }
    }
  }

  /// Does what one input asks for.
  package mutating func take(_ text: String) {
    guard !text.isEmpty else {
      settings.onEmptyInput(&self)
      return
    }
    settings.editor.addHistory(text)
    if let line = MetaCommandLine(text) {
      perform(line)
    } else {
      runCell(Source(name: "prompt", text: text))
    }
  }

  /// Runs program text as a cell that `:undo` takes back.
  @discardableResult
  package mutating func runCell(_ source: Source) -> CellResult {
    rememberForUndo()
    let result = watchedRun { state, watch in state.run(source, watch: watch) }
    write(settings.label(settings.render(result.unseen), result.resultNumber))
    if !result.succeeded { hasFailed = true }
    reportChange()
    settings.didRun(source, result, &self)
    return result
  }

  /// Runs a cell that Ctrl-C stops, and writes what it shows while it runs. Writing what is
  /// `unseen` of the result is left to the caller.
  package mutating func watchedRun(
    _ body: (inout State, _ watch: @escaping (Output) -> Void) -> CellResult
  ) -> CellResult {
    settings.interruption.reset()
    defer {
      settings.progress?.erase()
      settings.interruption.reset()
    }
    let settings = settings
    return body(&state) { output in
      settings.progress?.hide()
      REPL.write(settings.render([output]), settings)
    }
  }

  /// Writes text, which gets a newline if it has none.
  package func write(_ text: String) { REPL.write(text, settings) }

  private static func write(_ text: String, _ settings: REPLSettings<State>) {
    guard !text.isEmpty else { return }
    settings.write(text.hasSuffix("\n") ? text : text + "\n")
  }

  /// Keeps the session as it is now for `:undo`.
  package mutating func rememberForUndo() {
    isChanged = true
    undoStack.append(state)
    if undoStack.count > Self.undoLimit { undoStack.removeFirst() }
  }

  /// Takes back one step and says whether there was one.
  package mutating func undo() -> Bool {
    guard let last = undoStack.popLast() else { return false }
    isChanged = true
    state = last
    return true
  }

  /// Goes on with another session, in which there is nothing to undo.
  package mutating func begin(with state: State) {
    self.state = state
    undoStack = []
    isChanged = false
  }

  private mutating func reportChange() {
    guard isChanged else { return }
    isChanged = false
    settings.didChange(self)
  }

  /// The copies of the session that the editor asks while it reads are gone before a cell runs, so
  /// that training need not copy what nobody else holds.
  private func readInput() -> InputEvent {
    let state = state
    let table = table
    let assistant = InputAssistant(
      isIncomplete: { MetaCommandLine($0) == nil && state.isIncomplete($0) },
      completions: { text, cursor in
        var found =
          table.completions(in: text, at: cursor, state: state)
          ?? state.completions(in: text, at: cursor)
        if found.wantsFiles {
          let typed = Array(text.utf8)[found.start..<found.end]
          found.candidates = FileCompletion.candidates(for: String(decoding: typed, as: UTF8.self))
        }
        return found
      })
    return settings.editor.readInput(assistant)
  }

  private mutating func perform(_ line: MetaCommandLine) {
    do {
      switch table.lookup(line.name) {
      case .found(let command): try command.run(&self, line.argument)
      case .ambiguous(let names):
        throw MetaCommandError(
          "`:\(line.name)` could be \(names.joined(separator: " or "))",
          help: "type one letter more")
      case .unknown: throw unknownCommand(line.name)
      }
    } catch let error as MetaCommandError {
      report(error)
    } catch {
      report(MetaCommandError("\(error)"))
    }
    reportChange()
  }

  private func unknownCommand(_ name: String) -> MetaCommandError {
    let suggestion = settings.suggest(name, table.commands.map(\.name))
    return MetaCommandError(
      "there is no command `:\(name)`",
      help: suggestion.map { "did you mean `:\($0)`?" } ?? "`:help` lists the commands")
  }

  private mutating func report(_ error: MetaCommandError) {
    hasFailed = true
    var text = "error: \(error.message)"
    if let help = error.help { text += "\n   = help: \(help)" }
    write(settings.render([.failure(Failure(id: "command", text: text))]))
  }
}
