import Testing

@testable import Terminal

@Suite struct UserCommandsTests {
  @Test func linesAreSplitLikeAShell() {
    let commands = UserCommands.parse(
      """
      # comment
      bind -v

      latent:bind "^X a" em-next-word
      bind \\\\t 'ed insert'
      bind "\\e[5~" ed-prev-history
      """)
    #expect(
      commands.map(\.words) == [
        ["bind", "-v"],
        ["latent:bind", "^X a", "em-next-word"],
        ["bind", "\\t", "ed insert"],
        ["bind", "\\e[5~", "ed-prev-history"],
      ])
  }

  @Test func modeCommandsAreKnown() {
    #expect(UserCommands.Command(words: ["bind", "-v"]).setsMode)
    #expect(UserCommands.Command(words: ["latent:bind", "-e"]).setsMode)
    #expect(!UserCommands.Command(words: ["bind", "-v", "x"]).setsMode)
    #expect(!UserCommands.Command(words: ["edit", "on"]).setsMode)
  }
}
