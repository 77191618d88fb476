import ArgumentParser
import Evaluation
import Terminal

/// The reference of the language and of the commands, by name.
struct HelpOn: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "help", abstract: "Explain a name of the language, a topic or a command.",
    discussion: """
      Without a name, lists all names of the language by topic.

      examples:
        latent help             every name of the language
        latent help softmax     one name
        latent help calculus    a topic
        latent help check       a command, as latent check --help

      exit codes: 0 explained, 1 there is no such name.
      """)

  @ArgumentParser.Argument(
    help: ArgumentHelp("Name, topic or command.", valueName: "name"),
    completion: .list(Help.words.filter { !$0.contains(" ") }))
  var words: [String] = []

  func run() throws {
    let name = words.joined(separator: " ")
    if name.isEmpty {
      return StandardStream.output.write(
        Help.overview + "\nlatent --help lists the commands of the command line\n")
    }
    // `check` is a topic of the language and a command.
    let texts = [Help.text(for: name), commandText(name)].compactMap(\.self)
    guard !texts.isEmpty else {
      let near = Help.suggestions(for: name).map { "`\($0)`" }.joined(separator: ", ")
      let advice = near.isEmpty ? "" : "; did you mean \(near)?"
      StandardStream.error.write("latent: there is no `\(name)`\(advice)\n")
      throw ExitCode.failure
    }
    StandardStream.output.write(texts.joined(separator: "\n\n") + "\n")
  }

  private func commandText(_ name: String) -> String? {
    Latent.configuration.subcommands.first { $0._commandName == name }
      .map { Latent.helpMessage(for: $0) }
  }
}
