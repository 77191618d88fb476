import Testing

@testable import Terminal

@Suite struct PastedTextTests {
  private func cleaned(_ text: String) -> String { PastedText.cleaned(text, style: testStyle) }

  @Test func programIsKept() {
    #expect(cleaned("a = 1\nb = 2\n") == "a = 1\nb = 2\n")
    #expect(cleaned("  x\n\n  y") == "  x\n\n  y")
    #expect(cleaned("a > b\n") == "a > b\n")
  }

  @Test func newlinesAndControlsAreMadePlain() {
    #expect(cleaned("a\r\nb\rc\u{1B}[0m\u{7}\t\u{A0}d") == "a\nb\nc[0m\t d")
  }

  @Test func transcriptLosesPromptsAndAnswers() {
    let transcript = """
      > train {
      …   a = 1
      … }
      step 5
      … not a continuation of anything
      > b = x̂
      3 × 4
      """
    #expect(cleaned(transcript) == "train {\n  a = 1\n}\nb = x̂")
    #expect(cleaned(transcript + "\n") == "train {\n  a = 1\n}\nb = x̂\n")
    #expect(cleaned("> a\n") == "a\n")
  }

  @Test func firstPromptMayBeMissing() {
    #expect(cleaned("x = {\n… 1 }\n> y = 2\n") == "x = {\n1 }\ny = 2\n")
  }

  @Test func asciiContinuationIsKnown() {
    let style = PromptStyle(prompt: ">", continuation: ".", usesColour: false)
    #expect(PastedText.cleaned("> f {\n. x\n... }", style: style) == "f {\nx\n}")
  }
}
