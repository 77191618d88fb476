import ArgumentParser
import Datasets
import Evaluation
import Rendering
import Syntax
import Terminal

/// A session without a prompt: what a program shows is written as it is made.
struct HeadlessSession {
  private var session: Session
  private let interruption = Interruption()
  private let bar: ProgressBar
  private let screen: Screen

  init(
    _ options: SessionOptions, _ figures: FigureOptions, tenths: Bool = false,
    files: any FileAccess = SystemFiles()
  ) {
    _ = TerminalSignals(interruption: interruption)
    screen = Screen(describesFigures: figures.describe)
    bar = screen.progressBar(tenths: tenths)
    var host = options.makeHost(interruption: interruption, files: files)
    host.watchTraining = bar.watch
    session = Session(host: host, seed: options.seed)
  }

  /// Runs a text as one cell and writes what it shows. The error, if there is one, is given as
  /// text for the caller to write.
  mutating func run(_ source: Source) -> String? {
    let result = session.run(source) { [bar, screen] output in
      bar.hide()
      screen.print([output])
    }
    screen.print(result.unseen.filter { !$0.isFailure })
    return result.succeeded ? nil : screen.text(result.unseen.filter(\.isFailure))
  }

  /// How the process ends after an error: as a shell expects it of a program that Ctrl-C stopped.
  var failureCode: ExitCode { interruption.isRaised ? ExitCode(130) : .failure }
}

extension Output {
  fileprivate var isFailure: Bool {
    if case .failure = self { return true }
    return false
  }
}
