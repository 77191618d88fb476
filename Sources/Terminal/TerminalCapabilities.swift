#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// What the terminal around this process can do, from what the environment says about it.
package struct TerminalCapabilities: Sendable, Hashable {
  package var inputIsTerminal: Bool
  package var outputIsTerminal: Bool
  package var errorIsTerminal: Bool
  /// The terminal cannot move its cursor (`TERM=dumb`, or no `TERM`).
  package var isDumb: Bool
  package var showsUnicode: Bool
  package var showsColour: Bool
  /// The best way known to put a picture on the screen.
  package var pictures: PictureProtocol

  package enum PictureProtocol: Sendable, Hashable {
    case none
    case kitty
    case iTerm
    case sixel
  }

  package init(
    environment: (String) -> String?, inputIsTerminal: Bool, outputIsTerminal: Bool,
    errorIsTerminal: Bool
  ) {
    let term = environment("TERM") ?? ""
    self.inputIsTerminal = inputIsTerminal
    self.outputIsTerminal = outputIsTerminal
    self.errorIsTerminal = errorIsTerminal
    isDumb = term.isEmpty || term == "dumb"
    showsUnicode = Self.localeIsUnicode(environment)
    showsColour = Self.wantsColour(environment, canColour: outputIsTerminal && !isDumb)
    pictures = outputIsTerminal ? Self.pictureProtocol(environment, term: term) : .none
  }

  /// The terminal of this process.
  package static func current() -> TerminalCapabilities {
    TerminalCapabilities(
      environment: environmentVariable, inputIsTerminal: isatty(STDIN_FILENO) == 1,
      outputIsTerminal: isatty(STDOUT_FILENO) == 1, errorIsTerminal: isatty(STDERR_FILENO) == 1)
  }

  /// Columns of the terminal, now; 80 when there is none.
  package static func currentWidth() -> Int { Int(currentSize().ws_col) }

  /// Rows of the terminal, now; 24 when there is none.
  package static func currentHeight() -> Int { Int(currentSize().ws_row) }

  private static func currentSize() -> winsize {
    var size = winsize()
    for descriptor in [STDOUT_FILENO, STDERR_FILENO, STDIN_FILENO] {
      if ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 {
        return size
      }
    }
    size.ws_col = 80
    size.ws_row = 24
    return size
  }

  /// An unset locale is common in containers, whose terminals are Unicode all the same; a locale
  /// that is set to something else was chosen.
  private static func localeIsUnicode(_ environment: (String) -> String?) -> Bool {
    for name in ["LC_ALL", "LC_CTYPE", "LANG"] {
      guard let value = environment(name), !value.isEmpty else { continue }
      let upper = value.uppercased()
      return upper.hasSuffix("UTF-8") || upper.hasSuffix("UTF8")
    }
    return true
  }

  /// Source: no-color.org, bixense.com/clicolors.
  private static func wantsColour(
    _ environment: (String) -> String?, canColour: Bool
  ) -> Bool {
    if let refusal = environment("NO_COLOR"), !refusal.isEmpty { return false }
    if let force = environment("CLICOLOR_FORCE"), !force.isEmpty, force != "0" { return true }
    return canColour
  }

  private static func pictureProtocol(
    _ environment: (String) -> String?, term: String
  ) -> PictureProtocol {
    // A multiplexer swallows the pictures of the terminal around it.
    if environment("TMUX") != nil || term.hasPrefix("screen") { return .none }
    let program = environment("TERM_PROGRAM") ?? ""
    if environment("KITTY_WINDOW_ID") != nil || term == "xterm-kitty" || term == "xterm-ghostty"
      || program == "ghostty"
    {
      return .kitty
    }
    if program == "iTerm.app" || program == "WezTerm" { return .iTerm }
    if term.hasPrefix("foot") || term.hasPrefix("mlterm") || term.contains("sixel") {
      return .sixel
    }
    return .none
  }
}

/// A variable of this process's environment.
func environmentVariable(_ name: String) -> String? {
  getenv(name).map { String(cString: $0) }
}
