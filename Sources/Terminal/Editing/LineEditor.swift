import Evaluation

/// Reads what somebody types, one whole input at a time.
///
/// An input is a piece of program: the editor goes on to a next line while the text is incomplete.
package protocol LineEditor: AnyObject {
  /// Somebody is there: a banner and a last newline make sense.
  var isInteractive: Bool { get }

  /// Inputs to recall, oldest first.
  var history: [String] { get }

  func readInput(_ assistant: InputAssistant) -> InputEvent

  /// Makes an input recallable, in this session and later ones.
  func addHistory(_ input: String)

  /// Gives the terminal back as it was: there will be no more to read.
  func leave()
}

extension LineEditor {
  package func leave() {}
}

package enum InputEvent: Sendable, Hashable {
  /// A whole input without its last newline; empty when only Enter was typed.
  case text(String)
  case endOfInput
  /// Ctrl-C: what was typed is thrown away.
  case interrupted
}

/// What an editor asks back while somebody types.
package struct InputAssistant {
  package var isIncomplete: (String) -> Bool
  /// What could stand at a UTF-8 offset of the text.
  package var completions: (_ text: String, _ cursor: Int) -> Completions

  package init(
    isIncomplete: @escaping (String) -> Bool,
    completions: @escaping (_ text: String, _ cursor: Int) -> Completions
  ) {
    self.isIncomplete = isIncomplete
    self.completions = completions
  }
}

extension InputAssistant {
  /// Whether Enter should start a new line; two blank lines at the end ask for the text as it is,
  /// so that an open bracket never traps anybody.
  func wantsMore(after text: String) -> Bool {
    guard isIncomplete(text) else { return false }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.count < 3 || !lines.suffix(2).allSatisfy { $0.allSatisfy(\.isWhitespace) }
  }
}

/// An input as the session gets it: no blank lines at its end.
func trimmedInput(_ text: String) -> String {
  var end = text.endIndex
  while end > text.startIndex, text[text.index(before: end)].isWhitespace {
    end = text.index(before: end)
  }
  return String(text[..<end])
}

/// The editor for this process's standard input: libedit on a terminal, plain lines elsewhere.
package func standardLineEditor(
  _ capabilities: TerminalCapabilities, signals: TerminalSignals,
  historyFile: HistoryFile? = .standard()
) -> any LineEditor {
  let style = PromptStyle(capabilities)
  let isEditable =
    capabilities.inputIsTerminal && capabilities.outputIsTerminal && !capabilities.isDumb
  if isEditable,
    let editor = LibEditEditor(signals: signals, style: style, historyFile: historyFile)
  {
    return editor
  }
  return PlainEditor(isInteractive: capabilities.inputIsTerminal, style: style)
}
