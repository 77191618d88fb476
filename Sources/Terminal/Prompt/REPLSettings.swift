import Evaluation
import Rendering
import Syntax

/// What a prompt is made of; all that touches the outside can be replaced.
package struct REPLSettings<State: Interpreter> {
  package var editor: any LineEditor
  /// Raised by Ctrl-C while a cell runs.
  package var interruption: Interruption
  /// Outputs as text for the terminal.
  package var render: ([Output]) -> String

  /// What a cell has shown together with the number of its value, if it has one.
  package var label: (_ text: String, _ number: Int?) -> String = { text, _ in text }

  /// One line at the start.
  package var banner = ""
  package var write: (String) -> Void = { StandardStream.output.write($0) }
  /// Erased after each cell.
  package var progress: ProgressBar?
  /// A session in which nothing has happened yet.
  package var makeState: (() -> State)?
  /// Help for a name of the language; nothing if there is no such name.
  package var describe: (_ name: String, State) -> String? = { _, _ in nil }
  /// The one of the known words that was probably meant.
  package var suggest: (_ word: String, _ known: [String]) -> String? = { _, _ in nil }
  /// Meta commands besides the standard ones.
  package var commands: [MetaCommand<State>] = []
  /// What Enter on an empty line does; a guided lesson goes on to its next cell.
  package var onEmptyInput: (inout REPL<State>) -> Void = { _ in }
  /// Called when the session is another, after a cell or a command such as `:undo`.
  package var didChange: (REPL<State>) -> Void = { _ in }
  /// Called after each cell.
  package var didRun: (Source, CellResult, inout REPL<State>) -> Void = { _, _, _ in }

  package init(
    editor: any LineEditor, interruption: Interruption, render: @escaping ([Output]) -> String
  ) {
    self.editor = editor
    self.interruption = interruption
    self.render = render
  }
}
