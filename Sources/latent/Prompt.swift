import ArgumentParser
import Evaluation
import Rendering
import Syntax
import Terminal

/// The prompt, or the value of one expression.
struct Prompt: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prompt", abstract: "Open the prompt (what `latent` alone does).",
    discussion: """
      A program is typed line by line; an open bracket goes on in the next line. Tab completes \
      names and \\mu to μ, :help lists the commands of the prompt, Ctrl-C stops what is running, \
      Ctrl-D leaves.

      examples:
        latent
        latent --seed 7 --threads 2
        latent -e 'mean(randn(1000))'
      """)

  @Option(
    name: [.customShort("e"), .customLong("evaluate")],
    help: ArgumentHelp("Show the value of an expression and leave.", valueName: "expression"))
  var expression: String?

  @OptionGroup var options: SessionOptions

  func run() throws {
    try onLargeStack {
      if let expression {
        try Run.evaluate(Source(name: "expression", text: expression), options)
      } else {
        open()
      }
    }
  }

  private func open() {
    let interruption = Interruption()
    let signals = TerminalSignals(interruption: interruption)
    let screen = Screen()
    let bar = screen.progressBar()
    var host = options.makeHost(interruption: interruption)
    host.watchTraining = { progress in
      if let progress { bar.update(progress) } else { bar.erase() }
    }
    let editor = standardLineEditor(screen.capabilities, signals: signals)
    var settings = REPLSettings<Session>(
      editor: editor, interruption: interruption, render: { Screen().text($0) })
    if editor.isInteractive {
      settings.banner = "Latent \(Version.text) — :help shows what there is, :quit leaves"
    }
    settings.progress = bar
    let seed = options.seed
    settings.makeState = { [host] in Session(host: host, seed: seed) }
    settings.describe = { name, _ in Help.text(for: name) }
    settings.suggest = { word, known in Help.closest(to: word, among: known) }
    settings.commands = [PromptCommands.variables, PromptCommands.names]
    var repl = REPL(Session(host: host, seed: seed), settings: settings)
    repl.run()
  }
}

/// Meta commands that need the real session.
enum PromptCommands {
  static var variables: MetaCommand<Session> {
    MetaCommand("vars", summary: "the variables there are") { repl, _ in
      let rows = repl.state.variables.map { [Table.Cell.text($0.name), .text($0.summary)] }
      let output =
        rows.isEmpty
        ? Output.text("no variables yet") : .table(Table(headings: ["", ""], rows: rows))
      repl.write(Screen().text([output]))
    }
  }

  static var names: MetaCommand<Session> {
    MetaCommand("names", summary: "every built-in, by topic") { repl, _ in
      repl.write(Help.overview + "\n")
    }
  }
}
