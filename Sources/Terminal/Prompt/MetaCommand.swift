import Evaluation

/// A command to the prompt itself, such as `:undo`.
package struct MetaCommand<State: Interpreter> {
  /// Without the colon.
  package let name: String
  /// How help writes what comes behind the name, for example `[NAME]`.
  package let argument: String
  package let summary: String
  package let argumentKind: ArgumentKind
  package let run: (inout REPL<State>, _ argument: String) throws -> Void

  /// What Tab offers behind the name.
  package enum ArgumentKind {
    case none
    case program
    case file
    case words((State) -> [Completions.Candidate])
  }

  package init(
    _ name: String, _ argument: String = "", completing argumentKind: ArgumentKind = .none,
    summary: String, run: @escaping (inout REPL<State>, _ argument: String) throws -> Void
  ) {
    self.name = name
    self.argument = argument
    self.summary = summary
    self.argumentKind = argumentKind
    self.run = run
  }

  /// The command as help shows it, for example `:undo [COUNT]`.
  var usage: String { argument.isEmpty ? ":\(name)" : ":\(name) \(argument)" }
}

/// Why a meta command did nothing, in words for the person who typed it.
package struct MetaCommandError: Error, Sendable, Hashable {
  package let message: String
  package let help: String?

  package init(_ message: String, help: String? = nil) {
    self.message = message
    self.help = help
  }
}

/// A line that begins with a colon, taken apart.
struct MetaCommandLine: Hashable {
  var name: String
  var argument: String

  /// Nothing if the text is program.
  init?(_ text: String) {
    let text = text.drop(while: \.isWhitespace)
    guard text.first == ":" else { return nil }
    let body = text.dropFirst()
    let end = body.firstIndex(where: \.isWhitespace) ?? body.endIndex
    name = String(body[..<end])
    argument = trimmedInput(String(body[end...].drop(while: \.isWhitespace)))
  }
}
