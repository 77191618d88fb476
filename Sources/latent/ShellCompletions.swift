import ArgumentParser
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
  var shell: Shell

  func run() throws {
    let script = Latent.completionScript(for: CompletionShell(rawValue: shell.rawValue)!)
    StandardStream.output.write(script + "\n")
  }
}
