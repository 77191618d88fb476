import Rendering
import Syntax
import Tensors

extension Session {
  /// A text at every stage of the pipeline: tokens, tree, graph, plan, result.
  package func explanation(of source: Source) -> String {
    let tokens = Lexer.tokenize(source).filter { $0.kind != .end && $0.kind != .newline }
    let program = Parser.parse(source, commands: Builtin.commands)
    var parts = [
      section("tokens", tokens.map { source.slice($0.span) }.joined(separator: "  ")),
      section("tree", TreePrinter.print(program)),
    ]
    var session = self
    if program.diagnostics.isEmpty { parts += session.stages(of: program, source) }
    let result = session.run(source)
    parts.append(section("result", PlainRenderer().text(result.outputs).trimmedEnd))
    return parts.joined(separator: "\n\n")
  }

  /// Graph and plan of the last expression, if it is a tensor still to be computed.
  private func stages(of program: Program, _ source: Source) -> [String] {
    guard let tensor = lastTensor(of: program, source), !tensor.node.isLeaf,
      let plan = host.engine.plan(of: tensor)
    else { return [] }
    return [
      section("graph", PlanPrinter.graph(tensor)), section("plan", PlanPrinter.text(plan)),
    ]
  }

  private func section(_ title: String, _ text: String) -> String {
    title + "\n"
      + text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { "  " + $0 }.joined(separator: "\n")
  }
}

extension String {
  fileprivate var trimmedEnd: String {
    String(reversed().drop { $0 == "\n" }.reversed())
  }
}
