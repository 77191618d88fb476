import Evaluation
import Typography

/// All meta commands of a prompt, in the order in which help lists them.
struct MetaCommandTable<State: Interpreter> {
  let commands: [MetaCommand<State>]

  enum Lookup {
    case found(MetaCommand<State>)
    /// Several begin with the letters typed.
    case ambiguous([String])
    case unknown
  }

  /// A command by its name or by as many of its first letters as tell it from the others.
  func lookup(_ name: String) -> Lookup {
    if let exact = commands.first(where: { $0.name == name }) { return .found(exact) }
    let matching = name.isEmpty ? [] : commands.filter { $0.name.hasPrefix(name) }
    switch matching.count {
    case 0: return .unknown
    case 1: return .found(matching[0])
    default: return .ambiguous(matching.map { ":" + $0.name })
    }
  }

  var names: [String] { commands.map { ":" + $0.name } }

  /// Lines of `:help`, one for each command.
  var summaryLines: [String] {
    let column = (commands.map { DisplayWidth.of($0.usage) }.max() ?? 0) + 2
    return commands.map { "  " + $0.usage.padded(to: column) + $0.summary }
  }

  /// What could stand at the cursor of a line that begins with a colon; nothing for other lines.
  func completions(in text: String, at cursor: Int, state: State) -> Completions? {
    let bytes = Array(text.utf8)
    guard 0 <= cursor, cursor <= bytes.count else { return nil }
    let before = String(decoding: bytes[..<cursor], as: UTF8.self)
    guard let colon = before.utf8.firstIndex(where: { $0 != UInt8(ascii: " ") }),
      before.utf8[colon] == UInt8(ascii: ":")
    else { return nil }
    let nameStart = before.utf8.distance(from: before.startIndex, to: colon)
    guard let space = before[colon...].firstIndex(of: " ") else {
      return nameCompletions(String(before[colon...]), start: nameStart, end: cursor)
    }
    let name = String(before[colon..<space].dropFirst())
    guard case .found(let command) = lookup(name) else { return nil }
    let argumentStart = before.utf8.distance(from: before.startIndex, to: space) + 1
    return argumentCompletions(
      command.argumentKind, bytes: bytes, start: argumentStart, cursor: cursor, state: state)
  }

  private func nameCompletions(_ typed: String, start: Int, end: Int) -> Completions {
    let candidates = commands.filter { (":" + $0.name).hasPrefix(typed) }
      .map { command in
        let space = command.argument.isEmpty ? "" : " "
        return Completions.Candidate(
          replacement: ":\(command.name)\(space)", summary: command.summary)
      }
    return Completions(start: start, end: end, candidates: candidates)
  }

  private func argumentCompletions(
    _ kind: MetaCommand<State>.ArgumentKind, bytes: [UInt8], start: Int, cursor: Int, state: State
  ) -> Completions {
    let typed = String(decoding: bytes[start..<cursor], as: UTF8.self)
    switch kind {
    case .none:
      return Completions(start: cursor, end: cursor, candidates: [])
    case .program:
      let program = String(decoding: bytes[start...], as: UTF8.self)
      var completions = state.completions(in: program, at: cursor - start)
      completions.start += start
      completions.end += start
      return completions
    case .file:
      return Completions(
        start: start, end: cursor, candidates: FileCompletion.candidates(for: typed))
    case .words(let words):
      let candidates = words(state).filter { $0.replacement.hasPrefix(typed) }
      return Completions(start: start, end: cursor, candidates: candidates)
    }
  }
}
