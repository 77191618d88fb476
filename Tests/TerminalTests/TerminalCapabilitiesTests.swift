import Testing

@testable import Terminal

@Suite struct TerminalCapabilitiesTests {
  private func capabilities(
    _ environment: [String: String], isTerminal: Bool = true
  ) -> TerminalCapabilities {
    TerminalCapabilities(
      environment: { environment[$0] }, inputIsTerminal: isTerminal, outputIsTerminal: isTerminal,
      errorIsTerminal: isTerminal)
  }

  @Test(
    arguments: [
      ([:], true), (["LANG": "C"], false), (["LANG": "de_AT.UTF-8"], true),
      (["LANG": "en_US.utf8"], true), (["LC_ALL": "POSIX", "LANG": "en_US.UTF-8"], false),
      (["LC_ALL": "", "LC_CTYPE": "C.UTF-8", "LANG": "C"], true),
    ] as [([String: String], Bool)])
  func unicodeFollowsTheLocale(environment: [String: String], isUnicode: Bool) {
    #expect(capabilities(environment).showsUnicode == isUnicode)
  }

  @Test func colourFollowsTheConventions() {
    let xterm = ["TERM": "xterm-256color"]
    #expect(capabilities(xterm).showsColour)
    #expect(!capabilities(xterm, isTerminal: false).showsColour)
    #expect(!capabilities(["TERM": "dumb"]).showsColour)
    #expect(capabilities(["TERM": "dumb"]).isDumb)
    #expect(!capabilities(xterm.merging(["NO_COLOR": "1"]) { $1 }).showsColour)
    #expect(capabilities(["CLICOLOR_FORCE": "1"], isTerminal: false).showsColour)
    #expect(!capabilities(["CLICOLOR_FORCE": "1", "NO_COLOR": "1"]).showsColour)
  }

  @Test func picturesFollowTheTerminal() {
    #expect(capabilities(["TERM": "xterm-kitty"]).pictures == .kitty)
    #expect(capabilities(["TERM": "xterm", "TERM_PROGRAM": "iTerm.app"]).pictures == .iTerm)
    #expect(capabilities(["TERM": "foot"]).pictures == .sixel)
    #expect(capabilities(["TERM": "xterm-kitty", "TMUX": "/tmp/x"]).pictures == .none)
    #expect(capabilities(["TERM": "xterm-kitty"], isTerminal: false).pictures == .none)
    #expect(capabilities(["TERM": "xterm"]).pictures == .none)
  }
}
