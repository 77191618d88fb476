import Evaluation
import Testing

@testable import Terminal

@Suite struct PlainEditorTests {
  private let assistant = InputAssistant(
    isIncomplete: { $0.count { $0 == "{" } > $0.count { $0 == "}" } },
    completions: { _, cursor in Completions(start: cursor, end: cursor, candidates: []) })

  private func editor(
    _ lines: [String], isInteractive: Bool = false, _ transcript: Transcript = Transcript()
  ) -> PlainEditor {
    var rest = lines
    return PlainEditor(
      isInteractive: isInteractive, style: testStyle,
      readLine: { rest.isEmpty ? nil : rest.removeFirst() },
      write: { transcript.text += $0 })
  }

  @Test func linesAreJoinedUntilComplete() {
    let editor = editor(["a", "f {", "  x", "}  ", "", "g {"])
    #expect(editor.readInput(assistant) == .text("a"))
    #expect(editor.readInput(assistant) == .text("f {\n  x\n}"))
    #expect(editor.readInput(assistant) == .text(""))
    #expect(editor.readInput(assistant) == .text("g {"))
    #expect(editor.readInput(assistant) == .endOfInput)
  }

  @Test func twoBlankLinesEndAnInput() {
    let editor = editor(["f {", "", " ", "a"])
    #expect(editor.readInput(assistant) == .text("f {"))
    #expect(editor.readInput(assistant) == .text("a"))
  }

  @Test func promptsAreShownToPeopleOnly() {
    let transcript = Transcript()
    _ = editor(["f {", "}"], isInteractive: true, transcript).readInput(assistant)
    #expect(transcript.text == "> … ")
    _ = editor(["f {", "}"], transcript).readInput(assistant)
    #expect(transcript.text == "> … ")
  }

  @Test func historyHasNoRepetitions() {
    let editor = editor([])
    for input in ["a", "a", "b", "a"] { editor.addHistory(input) }
    #expect(editor.history == ["a", "b", "a"])
  }
}
