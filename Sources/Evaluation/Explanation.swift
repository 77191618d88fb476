import Rendering
import Syntax
import Tensors
import Typography

extension Session {
  /// A text at every stage of the pipeline: tokens, tree, graph, plan, kernel calls, result.
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
      section("kernel calls", calls(of: plan, tensor)),
    ]
  }

  private func calls(of plan: Plan, _ tensor: Tensor) -> String {
    let calls = PlanPrinter.calls(plan)
    // A plan that fails (an index out of range) shows its calls without times.
    guard let times = try? host.engine.profile(tensor, rounds: 9) else {
      return calls.joined(separator: "\n")
    }
    let width = calls.map(\.count).max() ?? 0
    return zip(calls, times).map { call, time in
      DisplayWidth.padRight(call, to: width)
        + "   \(NumberFormat.format(time * 1e6, significant: 2)) µs"
    }.joined(separator: "\n")
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
