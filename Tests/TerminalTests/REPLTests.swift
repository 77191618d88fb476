import Evaluation
import Syntax
import Testing

@testable import Terminal

@Suite struct REPLTests {
  @Test func runsInputsUntilTheEnd() {
    var (repl, editor, transcript) = makeREPL([.text("a"), .text("b")]) {
      $0.banner = "latent 1.0"
    }
    repl.run()
    #expect(transcript.text == "latent 1.0\nran a\nran b\n\n")
    #expect(repl.state.inputs == ["a", "b"])
    #expect(editor.history == ["a", "b"])
  }

  @Test func interruptedInputIsThrownAway() {
    var (repl, _, transcript) = makeREPL([.interrupted, .text("a"), .text(":quit"), .text("b")])
    repl.run()
    #expect(transcript.text == "ran a\n")
  }

  @Test func interruptionIsLoweredBeforeAndAfterACell() {
    let interruption = Interruption()
    interruption.raise()
    var raisedInside: Bool?
    var (repl, _, _) = makeREPL([.text("a")]) { $0.interruption = interruption }
    repl.state.whileRunning = {
      raisedInside = interruption.isRaised
      interruption.raise()
    }
    repl.run()
    #expect(raisedInside == false)
    #expect(!interruption.isRaised)
  }

  @Test func emptyInputMeansWhatTheCallerSays() {
    var (repl, editor, transcript) = makeREPL([.text("")]) {
      $0.onEmptyInput = { repl in repl.runCell(Source(name: "lesson", text: "next")) }
    }
    repl.run()
    #expect(transcript.text == "ran next\n\n")
    #expect(editor.history.isEmpty)
  }

  @Test func undoTakesBackCells() {
    var (repl, _, transcript) = makeREPL([
      .text("a"), .text("b"), .text(":undo"), .text("count"), .text(":undo 5"), .text(":undo"),
    ])
    repl.run()
    #expect(
      transcript.text == """
        ran a
        ran b
        took back 1 input
        2
        took back 2 inputs
        error: there is nothing to undo

        """ + "\n")
    #expect(repl.state.inputs.isEmpty)
  }

  @Test func undoCountMustBePositive() {
    var (repl, _, transcript) = makeREPL([.text(":undo 0")])
    repl.run()
    #expect(transcript.text == "error: expected a count such as 3, got `0`\n\n")
  }

  @Test func undoReachesBackFiftyInputs() {
    var (repl, _, _) = makeREPL((0..<60).map { .text("\($0)") })
    repl.run()
    var count = 0
    while repl.undo() { count += 1 }
    #expect(count == 50)
    #expect(repl.state.inputs.count == 10)
  }

  @Test func restartEmptiesTheSessionAndCanBeUndone() {
    var (repl, _, _) = makeREPL([.text("a"), .text(":restart"), .text("b")])
    repl.run()
    #expect(repl.state.inputs == ["b"])
    _ = repl.undo()
    _ = repl.undo()
    #expect(repl.state.inputs == ["a"])
  }

  @Test func snapshotsAreRestoredByName() {
    var (repl, _, transcript) = makeREPL([
      .text("a"), .text(":snapshot"), .text("b"), .text(":snapshot two"), .text("c"),
      .text(":restore"), .text("count"), .text(":restore three"), .text(":restore two"),
      .text("count"),
    ])
    repl.run()
    #expect(
      transcript.text == """
        ran a
        kept; `:restore` brings it back
        ran b
        kept; `:restore two` brings it back
        ran c
        restored
        2
        error: there is no snapshot `three`
           = help: there is two
        restored
        3

        """ + "\n")
  }

  @Test func timeRunsTheCode() {
    var (repl, _, transcript) = makeREPL([.text(":time x"), .text(":time")])
    repl.run()
    #expect(transcript.text.hasPrefix("ran x\ntook "))
    #expect(transcript.text.contains("error: `:time` needs something to run"))
    #expect(repl.state.inputs == ["x"])
  }

  @Test func unknownCommandsGetASuggestion() {
    var (repl, _, transcript) = makeREPL([.text(":udno"), .text(":zzz"), .text(":re")]) {
      $0.suggest = { word, known in word == "udno" && known.contains("undo") ? "undo" : nil }
    }
    repl.run()
    #expect(
      transcript.text == """
        error: there is no command `:udno`
           = help: did you mean `:undo`?
        error: there is no command `:zzz`
           = help: `:help` lists the commands
        error: `:re` could be :restart or :restore
           = help: type one letter more

        """ + "\n")
  }

  @Test func helpListsEveryCommandAndDescribesNames() {
    var (repl, _, transcript) = makeREPL([.text(":help"), .text(":help sum"), .text(":help xyz")]) {
      $0.describe = { name, _ in name == "sum" ? "sum(x) adds up" : nil }
      $0.commands = [MetaCommand("vars", summary: "the names in use") { _, _ in }]
    }
    repl.run()
    for name in repl.table.names { #expect(transcript.text.contains("  \(name)")) }
    #expect(transcript.text.contains(":vars"))
    #expect(transcript.text.contains("sum(x) adds up"))
    #expect(transcript.text.contains("error: there is no help for `xyz`"))
  }

  @Test func callersAddCommandsThatReachTheSession() {
    var (repl, _, transcript) = makeREPL([.text("a"), .text(":vars now")]) {
      $0.commands = [
        MetaCommand("vars", summary: "the names in use") { repl, argument in
          repl.write("\(argument): \(repl.state.inputs.count)")
        }
      ]
    }
    repl.run()
    #expect(transcript.text == "ran a\nnow: 1\n\n")
  }

  @Test func historyShowsTheLastInputs() {
    var (repl, _, transcript) = makeREPL([.text("a"), .text("b {\n}"), .text(":history 2")])
    repl.run()
    #expect(transcript.text.hasSuffix("  b {\n  }\n  :history 2\n\n"))
  }

  @Test func cellsAreReportedToTheCaller() {
    var seen: [String] = []
    var (repl, _, _) = makeREPL([.text("a"), .text(":undo"), .text("b")]) {
      $0.didRun = { source, result, _ in
        if result.succeeded { seen.append(source.text) }
      }
    }
    repl.run()
    #expect(seen == ["a", "b"])
  }

  @Test func commandsAreNeverIncomplete() {
    var (repl, editor, _) = makeREPL([])
    repl.run()
    #expect(editor.assistants.first?.isIncomplete(":time {") == false)
    #expect(editor.assistants.first?.isIncomplete("f {") == true)
  }

  @Test(arguments: [
    (0.000_04, "0.04 ms"), (0.012_4, "12 ms"), (0.999_4, "999 ms"), (1.255, "1.25 s"),
    (12.0, "12.00 s"), (59.99, "59.99 s"), (125.2, "2 min 5 s"),
  ])
  func durationsAreReadable(seconds: Double, text: String) {
    #expect(readableDuration(seconds: seconds) == text)
  }
}
