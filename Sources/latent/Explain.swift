import ArgumentParser
import Evaluation
import Syntax
import Terminal

/// The architecture as a command: an expression at every stage from text to result.
struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show tokens, tree, graph, plan and result of an expression.",
    discussion: """
      The architecture as a command: every stage from the text to the number.

      example: latent explain 'sum((x - 1)^2) / 3'
      """)

  @ArgumentParser.Argument(help: ArgumentHelp("The expression.", valueName: "expression"))
  var expression: String

  @OptionGroup var options: SessionOptions

  func run() throws {
    try onLargeStack {
      let session = Session(
        host: options.makeHost(interruption: Interruption()), seed: options.seed)
      let source = Source(name: "expression", text: expression)
      StandardStream.output.write(session.explanation(of: source) + "\n")
    }
  }
}
