import ArgumentParser
import Foundation
import Testing

@testable import latent

/// What is said of the commands in several places, held together.
@Suite struct CommandTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  private static var commands: [any ParsableCommand.Type] {
    Latent.configuration.subcommands.filter { $0.configuration.shouldDisplay }
  }

  private static func text(of file: String) throws -> String {
    String(decoding: try Data(contentsOf: root.appending(path: file)), as: UTF8.self)
  }

  /// The long options of a command as its help lists them.
  private static func options(of command: any ParsableCommand.Type) -> Set<String> {
    let words = Latent.helpMessage(for: command).split { " \n,[]<>()`=".contains($0) }
    return Set(words.filter { $0.hasPrefix("--") && $0.count > 2 }.map(String.init))
  }

  @Test func theManualPageNamesEveryCommandAndOption() throws {
    let page = try Self.text(of: "Assets/latent.1").filter { $0 != "\\" }
    for command in Self.commands {
      let name = command._commandName
      #expect(page.contains("\n.B \(name)"), "\(name) is missing")
      for option in Self.options(of: command) {
        #expect(page.contains(option), "\(option) of \(name) is missing")
      }
    }
    #expect(page.contains("latent \(Version.text)"))
  }

  @Test func theManualPageNamesNothingElse() throws {
    let names = Set(Self.commands.map { $0._commandName })
    let lines = try Self.text(of: "Assets/latent.1").split(separator: "\n")
    let start = try #require(lines.firstIndex(of: ".SH COMMANDS"))
    let end = try #require(lines.firstIndex(of: ".SH OPTIONS"))
    for (index, line) in lines.enumerated() where line == ".TP" && start..<end ~= index {
      let name = lines[index + 1].split(separator: " ")[1]
      #expect(names.contains(String(name)), "\(name)")
    }
  }

  @Test func theReadMeNamesEveryCommand() throws {
    let readMe = try Self.text(of: "README.md")
    for command in Self.commands where command._commandName != "prompt" {
      #expect(readMe.contains("`latent \(command._commandName)"), "\(command._commandName)")
    }
  }

  @Test func everyCommandHasAnExample() {
    for command in Self.commands {
      #expect(
        Latent.helpMessage(for: command).contains("example"), "\(command._commandName)")
    }
  }

  @Test(arguments: [
    ["check"], ["check", "a.md", "--jobs", "0"], ["check", "a.md", "--limit", "-1"],
    ["check", "a.md", "--only", ""], ["weave", "a.md", "--to", "pdf"], ["completions", "tcsh"],
    ["completions"],
    ["run"], ["promote", "a.md", "--threads", "0"],
  ])
  func wrongUsageIsRefused(_ arguments: [String]) {
    #expect(throws: (any Error).self) { try Latent.parseAsRoot(arguments) }
  }

  @Test(arguments: ShellCompletions.Shell.allCases)
  func scriptsAskForLessons(_ shell: ShellCompletions.Shell) {
    let script = ShellCompletions.script(for: shell)
    #expect(script.contains("latent completions --lessons"))
    for command in Self.commands { #expect(script.contains(command._commandName)) }
  }

  @Test func lintSaysWhatItHasNotJudged() throws {
    let quick = try Lint.parse(["a.md", "--quick"])
    #expect(
      quick.summary(lessonCount: 1, findingCount: 0)
        == "1 lesson: nothing to say; what cells print, and checks, are judged only without --quick"
    )
    let whole = try Lint.parse(["a.md"])
    #expect(whole.summary(lessonCount: 2, findingCount: 3) == "2 lessons: 3 to look at")
  }

  @Test func helpIsOurs() throws {
    #expect(try Latent.parseAsRoot(["help", "linear", "algebra"]) is HelpOn)
  }
}
