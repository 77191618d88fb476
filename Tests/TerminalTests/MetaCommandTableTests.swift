import Evaluation
import Testing

@testable import Terminal

@Suite struct MetaCommandTableTests {
  private let table = MetaCommandTable<EchoInterpreter>(
    commands: MetaCommand.standard + [
      MetaCommand(
        "lesson", "NAME",
        completing: .words { _ in
          [Completions.Candidate(replacement: "vae"), Completions.Candidate(replacement: "gan")]
        }, summary: "open a lesson"
      ) { _, _ in }
    ])
  private let state = EchoInterpreter(inputs: ["sum", "sin"])

  @Test func commandLinesAreTakenApart() {
    #expect(MetaCommandLine("x = 1") == nil)
    #expect(MetaCommandLine("  :undo") != nil)
    let line = MetaCommandLine(":save  my file.md ")
    #expect(line?.name == "save")
    #expect(line?.argument == "my file.md")
    #expect(MetaCommandLine(":")?.name == "")
  }

  @Test func firstLettersAreEnough() {
    guard case .found(let command) = table.lookup("q") else {
      Issue.record("`q` is not found")
      return
    }
    #expect(command.name == "quit")
    guard case .ambiguous(let names) = table.lookup("res") else {
      Issue.record("`res` is not ambiguous")
      return
    }
    #expect(names == [":restart", ":restore"])
    guard case .unknown = table.lookup("") else {
      Issue.record("no name is a name")
      return
    }
  }

  @Test func namesAreCompleted() {
    let completions = table.completions(in: ":un", at: 3, state: state)
    #expect(completions?.start == 0)
    #expect(completions?.candidates.map(\.replacement) == [":undo "])
    #expect(table.completions(in: ":q", at: 2, state: state)?.candidates.first?.summary != nil)
    #expect(table.completions(in: "x", at: 1, state: state) == nil)
    #expect(table.completions(in: "", at: 0, state: state) == nil)
  }

  @Test func programArgumentsAreCompletedBySession() {
    let completions = table.completions(in: ":time s", at: 7, state: state)
    #expect(completions?.start == 6)
    #expect(completions?.end == 7)
    #expect(completions?.candidates.map(\.replacement) == ["sum", "sin"])
  }

  @Test func wordArgumentsAreCompleted() {
    let completions = table.completions(in: ":lesson v", at: 9, state: state)
    #expect(completions?.candidates.map(\.replacement) == ["vae"])
    #expect(completions?.start == 8)
  }

  @Test func summariesStandInOneColumn() {
    let lines = table.summaryLines
    #expect(lines.count == table.commands.count)
    #expect(lines[0] == "  :help [NAME]      this page, or what NAME is")
  }
}
