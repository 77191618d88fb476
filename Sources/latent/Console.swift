import Datasets
import Evaluation
import Rendering
import Terminal

/// What every prompt of this process shares: the editor, the signals, the progress bar.
struct Console {
  let options: SessionOptions
  let interruption: Interruption
  let bar: ProgressBar
  let editor: any LineEditor
  private let words: FigureWords

  init(_ options: SessionOptions, _ figures: FigureOptions) {
    self.options = options
    words = FigureWords(areOn: figures.describe)
    interruption = Interruption()
    let signals = TerminalSignals(interruption: interruption)
    let screen = Screen()
    bar = screen.progressBar(hidesKeys: false)
    editor = standardLineEditor(screen.capabilities, signals: signals)
  }

  func host(files: any FileAccess = SystemFiles()) -> Host {
    var host = options.makeHost(interruption: interruption, files: files)
    host.watchTraining = bar.watch
    return host
  }

  func settings<State: Interpreter>(for state: State.Type) -> REPLSettings<State> {
    var settings = REPLSettings<State>(
      editor: editor, interruption: interruption,
      render: { [words] in Screen(describesFigures: words.areOn).text($0) })
    settings.commands = [describeCommand()]
    settings.progress = bar
    if editor.isInteractive {
      settings.label = { text, number in
        let screen = Screen()
        return ResultLabel.labelled(
          text, number, width: screen.context.width, usesColour: screen.context.color)
      }
    }
    settings.describe = { name, _ in Help.text(for: name) }
    settings.suggest = { word, known in Help.closest(to: word, among: known) }
    return settings
  }

  /// The setting holds for all prompts of the process, those of lessons too.
  private func describeCommand<State>() -> MetaCommand<State> {
    MetaCommand(
      "describe", "on|off",
      completing: .words { _ in
        [
          .init(replacement: "on", summary: "words under each figure"),
          .init(replacement: "off", summary: "figures alone"),
        ]
      },
      summary: "say in words, under each figure, what it shows"
    ) { [words] repl, word in
      guard ["on", "off", ""].contains(word) else {
        throw MetaCommandError("expected on or off, got `\(word)`")
      }
      // Without a word it turns round.
      words.areOn = word.isEmpty ? !words.areOn : word == "on"
      repl.write(words.areOn ? "figures are described" : "figures stand alone")
    }
  }
}

/// Whether figures are also said in words.
private final class FigureWords {
  var areOn: Bool
  init(areOn: Bool) { self.areOn = areOn }
}
