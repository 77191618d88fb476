import ArgumentParser
import Evaluation
import Terminal

/// Writes the reference as a lesson without outputs; `make reference` adds them.
struct PrintReference: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reference-page", abstract: "Print the reference as a lesson.",
    shouldDisplay: false)

  func run() { StandardStream.output.write(ReferencePage.markdown) }
}
