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
