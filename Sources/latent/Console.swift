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

  init(_ options: SessionOptions) {
    self.options = options
    interruption = Interruption()
    let signals = TerminalSignals(interruption: interruption)
    let screen = Screen()
    bar = screen.progressBar()
    editor = standardLineEditor(screen.capabilities, signals: signals)
  }

  func host(files: any FileAccess = SystemFiles()) -> Host {
    var host = options.makeHost(interruption: interruption, files: files)
    host.watchTraining = { [bar] progress in
      if let progress { bar.update(progress) } else { bar.erase() }
    }
    return host
  }

  func settings<State: Interpreter>(for state: State.Type) -> REPLSettings<State> {
    var settings = REPLSettings<State>(
      editor: editor, interruption: interruption, render: { Screen().text($0) })
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
}
