import Evaluation
import Syntax

/// The meta commands that need nothing but the prompt and its session.
extension MetaCommand {
  static var standard: [MetaCommand] {
    [help, undo, restart, snapshot, restore, time, history, quit]
  }

  private static var help: MetaCommand {
    MetaCommand("help", "[NAME]", completing: .program, summary: "this page, or what NAME is") {
      repl, name in
      guard !name.isEmpty else {
        repl.write(overview(repl.table))
        return
      }
      let known = name.hasPrefix(":") ? String(name.dropFirst()) : name
      if let text = repl.settings.describe(name, repl.state) {
        repl.write(text)
      } else if let command = repl.table.commands.first(where: { $0.name == known }) {
        repl.write("\(command.usage)\n  \(command.summary)")
      } else {
        throw MetaCommandError("there is no help for `\(name)`", help: "`:help` lists the commands")
      }
    }
  }

  private static func overview(_ table: MetaCommandTable<State>) -> String {
    let keys = [
      "`_` is the last value shown, `_3` the third: its number stands at the right.",
      "Tab completes, and a second Tab lists; \\mu then Tab gives μ.",
      "Up and Down recall inputs, Ctrl-R searches them; Alt-Enter opens a new line.",
      "Ctrl-C stops what runs or clears the line; Ctrl-D leaves.",
    ]
    return (table.summaryLines + [""] + keys.map { "  " + $0 }).joined(separator: "\n")
  }

  private static var undo: MetaCommand {
    MetaCommand("undo", "[COUNT]", summary: "take back the last input, or the last COUNT") {
      repl, argument in
      let count = try positiveCount(argument, default: 1)
      var undone = 0
      while undone < count, repl.undo() { undone += 1 }
      guard undone > 0 else { throw MetaCommandError("there is nothing to undo") }
      repl.write(undone == 1 ? "took back 1 input" : "took back \(undone) inputs")
    }
  }

  private static var restart: MetaCommand {
    MetaCommand("restart", summary: "start again with an empty session (`:undo` brings it back)") {
      repl, _ in
      guard let makeState = repl.settings.makeState else {
        throw MetaCommandError("this session cannot be restarted")
      }
      repl.rememberForUndo()
      repl.state = makeState()
      repl.write("a new session")
    }
  }

  private static var snapshot: MetaCommand {
    MetaCommand("snapshot", "[NAME]", summary: "keep a copy of the session") { repl, argument in
      let name = argument.isEmpty ? defaultSnapshot : argument
      repl.snapshots[name] = repl.state
      let behindName = argument.isEmpty ? "" : " " + argument
      repl.write("kept; `:restore\(behindName)` brings it back")
    }
  }

  private static var restore: MetaCommand {
    MetaCommand("restore", "[NAME]", summary: "bring back a copy that `:snapshot` kept") {
      repl, argument in
      let name = argument.isEmpty ? defaultSnapshot : argument
      guard let kept = repl.snapshots[name] else {
        let names = repl.snapshots.keys.filter { $0 != defaultSnapshot }.sorted()
        throw MetaCommandError(
          argument.isEmpty ? "there is no snapshot" : "there is no snapshot `\(argument)`",
          help: names.isEmpty
            ? "`:snapshot` keeps one" : "there is \(names.joined(separator: ", "))")
      }
      repl.rememberForUndo()
      repl.state = kept
      repl.write("restored")
    }
  }

  private static var time: MetaCommand {
    MetaCommand("time", "CODE", completing: .program, summary: "run CODE and time it") {
      repl, code in
      guard !code.isEmpty else {
        throw MetaCommandError("`:time` needs something to run", help: "for example `:time sum(x)`")
      }
      let elapsed = ContinuousClock().measure {
        repl.runCell(Source(name: "prompt", text: code))
      }
      repl.write("took \(readableDuration(seconds: elapsed / .seconds(1)))")
    }
  }

  private static var history: MetaCommand {
    MetaCommand("history", "[COUNT]", summary: "the last inputs") { repl, argument in
      let count = try positiveCount(argument, default: 20)
      let inputs = repl.settings.editor.history.suffix(count)
      let lines = inputs.map { "  " + indentingLines($0) }
      repl.write(lines.joined(separator: "\n"))
    }
  }

  private static var quit: MetaCommand {
    MetaCommand("quit", summary: "leave (also Ctrl-D)") { repl, _ in repl.isFinished = true }
  }

  /// No name that can be typed.
  private static var defaultSnapshot: String { "" }

  private static func indentingLines(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\n  ")
  }

  private static func positiveCount(_ text: String, default count: Int) throws -> Int {
    if text.isEmpty { return count }
    guard let count = Int(text), count > 0 else {
      throw MetaCommandError("expected a count such as 3, got `\(text)`")
    }
    return count
  }
}

/// A duration with three digits that matter, for example `1.25 s` or `340 ms`.
func readableDuration(seconds: Double) -> String {
  let milliseconds = seconds * 1000
  if milliseconds < 10 { return "\(rounded(milliseconds, decimals: 2)) ms" }
  if milliseconds < 1000 { return "\(Int(milliseconds.rounded())) ms" }
  if seconds < 60 { return "\(rounded(seconds, decimals: 2)) s" }
  let whole = Int(seconds.rounded())
  return "\(whole / 60) min \(whole % 60) s"
}

private func rounded(_ value: Double, decimals: Int) -> String {
  let scale = (0..<decimals).reduce(1.0) { product, _ in product * 10 }
  let units = Int((value * scale).rounded())
  let fraction = String(units % Int(scale))
  let zeros = String(repeating: "0", count: decimals - fraction.count)
  return "\(units / Int(scale)).\(zeros)\(fraction)"
}
