import Evaluation
import Rendering
import Syntax
import Testing

@testable import Terminal

/// An interpreter that remembers what it ran and shows it.
struct EchoInterpreter: Interpreter {
  var inputs: [String] = []
  var whileRunning: () -> Void = {}

  mutating func run(_ source: Source, watch: ((Output) -> Void)?) -> CellResult {
    inputs.append(source.text)
    whileRunning()
    let text = source.text == "count" ? "\(inputs.count)" : "ran \(source.text)"
    return CellResult(outputs: [.text(text)], succeeded: true)
  }

  func isIncomplete(_ text: String) -> Bool {
    text.count { $0 == "{" } > text.count { $0 == "}" }
  }

  func completions(in text: String, at cursor: Int) -> Completions {
    let candidates = inputs.map { Completions.Candidate(replacement: $0) }
    return Completions(start: 0, end: cursor, candidates: candidates)
  }
}

/// An editor whose inputs are known before.
final class ScriptedEditor: LineEditor {
  let isInteractive = true
  var history: [String] = []
  private var events: [InputEvent]
  var assistants: [InputAssistant] = []

  init(_ events: [InputEvent]) {
    self.events = events
  }

  func readInput(_ assistant: InputAssistant) -> InputEvent {
    assistants.append(assistant)
    return events.isEmpty ? .endOfInput : events.removeFirst()
  }

  func addHistory(_ input: String) { history.append(input) }
}

/// What was written, in order.
final class Transcript {
  var text = ""
}

/// A prompt over a script, and what it writes.
func makeREPL(
  _ events: [InputEvent], _ change: (inout REPLSettings<EchoInterpreter>) -> Void = { _ in }
) -> (REPL<EchoInterpreter>, ScriptedEditor, Transcript) {
  let editor = ScriptedEditor(events)
  let transcript = Transcript()
  var settings = REPLSettings<EchoInterpreter>(
    editor: editor, interruption: Interruption(), render: plainText)
  settings.write = { transcript.text += $0 }
  settings.makeState = { EchoInterpreter() }
  change(&settings)
  return (REPL(EchoInterpreter(), settings: settings), editor, transcript)
}

func plainText(_ outputs: [Output]) -> String {
  outputs.map { output in
    switch output {
    case .text(let text): text
    case .failure(let failure): failure.text
    default: ""
    }
  }.joined(separator: "\n")
}

let testStyle = PromptStyle(prompt: ">", continuation: "…", usesColour: false)
