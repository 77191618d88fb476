import CLibEdit

/// The two marks that stand before typed text, both two columns wide.
package struct PromptStyle: Sendable, Hashable {
  package var prompt: String
  package var continuation: String
  package var usesColour: Bool

  package init(prompt: String, continuation: String, usesColour: Bool) {
    self.prompt = prompt
    self.continuation = continuation
    self.usesColour = usesColour
  }

  package init(_ capabilities: TerminalCapabilities) {
    self.init(
      prompt: ">", continuation: capabilities.showsUnicode ? "…" : ".",
      usesColour: capabilities.showsColour)
  }
}

extension PromptStyle {
  static let promptColour = "\u{1B}[1;36m"
  static let continuationColour = "\u{1B}[2m"
  private static let plain = "\u{1B}[0m"

  var colouredContinuation: String {
    usesColour ? Self.continuationColour + continuation + Self.plain : continuation
  }

  /// A mark and a space as libedit reads them, for as long as the process lives.
  func libEditPrompt(_ mark: String, _ colour: String) -> UnsafeMutablePointer<wchar_t> {
    guard usesColour else { return keptWide(mark + " ") }
    let escape = String(Unicode.Scalar(UInt8(EDIT_PROMPT_ESCAPE)))
    return keptWide("\(escape)\(colour)\(escape)\(mark)\(escape)\(Self.plain)\(escape) ")
  }
}
