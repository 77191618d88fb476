import ArgumentParser
import Notebook
import Terminal

/// Completion of the command line in a shell.
struct ShellCompletions: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "completions", abstract: "Print a completion script for bash, zsh or fish.",
    discussion: """
      examples:
        latent completions bash > ~/.local/share/bash-completion/completions/latent
        latent completions zsh > ~/.zfunc/_latent
        latent completions fish > ~/.config/fish/completions/latent.fish
      """)

  enum Shell: String, ExpressibleByArgument, CaseIterable { case bash, zsh, fish }

  @ArgumentParser.Argument(help: "The shell.")
  var shell: Shell?

  /// What the scripts ask for when a lesson is to be named.
  @Flag(name: .customLong("lessons"), help: .hidden)
  var listsLessons = false

  func validate() throws {
    if shell == nil, !listsLessons {
      throw ValidationError("name a shell: bash, zsh or fish")
    }
  }

  func run() throws {
    if let shell { StandardStream.output.write(Self.script(for: shell) + "\n") }
    if listsLessons { StandardStream.output.write(try lessons().map { $0 + "\n" }.joined()) }
  }

  static func script(for shell: Shell) -> String {
    Latent.completionScript(for: CompletionShell(rawValue: shell.rawValue)!)
  }

  /// What `learn` takes: the lessons there are, and Markdown files in the working folder.
  private func lessons() throws -> [String] {
    let files = LessonFiles.lessons(in: ".").map { $0.name + ".md" }
    return try LessonShelf().names.map(\.replacement) + files
  }
}
