import ArgumentParser
import Evaluation
import Terminal

/// The reference of the language.
struct HelpOn: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reference", abstract: "Explain a name of the language, or list them all.",
    aliases: ["help-on"])

  @ArgumentParser.Argument(help: ArgumentHelp("The name to explain.", valueName: "name"))
  var name: String?

  func run() throws {
    guard let name else { return StandardStream.output.write(Help.overview + "\n") }
    guard let text = Help.text(for: name) else {
      let near = Help.suggestions(for: name).map { "`\($0)`" }.joined(separator: ", ")
      let advice = near.isEmpty ? "" : "; did you mean \(near)?"
      StandardStream.error.write("latent: there is no `\(name)`\(advice)\n")
      throw ExitCode.failure
    }
    StandardStream.output.write(text + "\n")
  }
}
