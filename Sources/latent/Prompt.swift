import ArgumentParser
import Evaluation
import Notebook
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

  @ArgumentParser.Argument(
    help: ArgumentHelp("A page to run first, as `:save` writes it.", valueName: "file.md"))
  var page: String?

  @Option(
    name: [.customShort("e"), .customLong("evaluate")],
    help: ArgumentHelp("Show the value of an expression and leave.", valueName: "expression"))
  var expression: String?

  @Flag(help: "Bring back the session of a prompt that was cut off.")
  var recover = false

  @OptionGroup var figures: FigureOptions
  @OptionGroup var options: SessionOptions

  func run() throws {
    try onLargeStack {
      if let expression {
        try Run.evaluate(Source(name: "expression", text: expression), options, figures)
      } else {
        try open()
      }
    }
  }

  private func open() throws {
    let page = try page.map { LessonParser.parse(try Input.text(of: $0), path: $0) }
    let console = Console(options, figures)
    let (host, seed, journal) = (console.host(), options.seed, Journal())
    var settings = console.settings(for: PromptState.self)
    settings.makeState = {
      PromptState(session: Session(host: host, seed: seed), page: Page(seed: seed))
    }
    settings.commands += [PromptCommands.variables(\.session), PromptCommands.names()]
    settings.commands += PromptCommands.page + PromptCommands.lessons(console)
    let recovered = recover ? Journal.recover(host) : nil
    let isInteractive = console.editor.isInteractive
    if isInteractive {
      settings.banner = banner(isRecovered: recovered != nil)
      var isWarned = false
      settings.didChange = { repl in
        guard !journal.keep(repl.state), !isWarned else { return }
        isWarned = true
        repl.write("this session cannot be kept on disk, `--recover` will not bring it back")
      }
    }
    let start = PromptState(session: Session(host: host, seed: seed), page: Page(seed: seed))
    var repl = REPL(recovered?.state ?? start, settings: settings)
    if let page { PromptCommands.open(page, in: &repl) }
    if isInteractive, let recovered, journal.keep(repl.state) { Journal.remove(recovered.file) }
    repl.run()
    journal.remove()
    if !isInteractive, repl.hasFailed { throw ExitCode.failure }
  }

  private func banner(isRecovered: Bool) -> String {
    let line = "Latent \(Version.text) — :help shows what there is, :quit leaves"
    if isRecovered { return line + "\nyour session is back; `:vars` shows what is in it" }
    if recover { return line + "\nthere is no session to bring back" }
    let isWaiting = !Journal.leftBehind().isEmpty
    return isWaiting
      ? line + "\na session was cut off; `latent --recover` brings it back" : line
  }
}
