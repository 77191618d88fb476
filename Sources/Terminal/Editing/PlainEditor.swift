/// Reads lines from where nobody can edit them: a pipe, a file, a terminal without a cursor.
package final class PlainEditor: LineEditor {
  package let isInteractive: Bool
  package private(set) var history: [String] = []

  private let style: PromptStyle
  private let readLine: () -> String?
  private let write: (String) -> Void

  /// `isInteractive` shows prompts.
  package init(
    isInteractive: Bool, style: PromptStyle,
    readLine: @escaping () -> String? = InputLines(descriptor: 0).next,
    write: @escaping (String) -> Void = { StandardStream.output.write($0) }
  ) {
    self.isInteractive = isInteractive
    self.style = style
    self.readLine = readLine
    self.write = write
  }

  package func readInput(_ assistant: InputAssistant) -> InputEvent {
    guard var text = nextLine(style.prompt) else { return .endOfInput }
    while assistant.wantsMore(after: text), let line = nextLine(style.continuation) {
      text += "\n" + line
    }
    return .text(trimmedInput(text))
  }

  package func addHistory(_ input: String) {
    if history.last != input { history.append(input) }
  }

  private func nextLine(_ mark: String) -> String? {
    if isInteractive { write(mark + " ") }
    return readLine()
  }
}
