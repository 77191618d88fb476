import Testing

@testable import Notebook

@Suite struct LessonLintTests {
  private static let matter = "---\ntitle: T\nsummary: S\nminutes: 3\n---\n"

  private func messages(_ text: String, path: String = "guides/guide.md") -> [String] {
    LessonLint.findings(
      in: lesson(text, path: path), fileExists: { $0 == "05-vae.md" || $0 == "plot.png" },
      anchors: { $0 == "05-vae.md" ? ["the-loss"] : nil }
    ).map { "\($0.line): \($0.message)" }
  }

  @Test func aCarefulLessonHasNoFindings() {
    let text =
      Self.matter + """
        # Title: the *loss*

        See [the loss](05-vae.md#the-loss), [above](#title-the-loss), [a page](https://e.org/x)
        and ![a plot](plot.png) for $\\frac{1}{2}$.

        ```latent
        plot [1, 2]; show 1
        expect true
        ```

        ```latent exercise a
        # Do it.
        ```
        ```latent hint
        Think.
        ```
        ```latent solution
        x = 1
        ```
        ```latent check
        expect x == 1
        ```
        ```latent wrong "no"
        x = 2
        ```

        """
    #expect(messages(text, path: "04-autoencoders.md") == [])
  }

  @Test func asksTheCurriculumForPlotsSamplesAndExpectations() {
    let text = Self.matter + "# T\n```latent\n# plot, grid\nx = [\"show\"]\n```\n"
    #expect(
      messages(text, path: "04-autoencoders.md") == [
        "1: the lesson has no plot", "1: the lesson has no grid or row of samples",
        "1: the lesson has no expect that holds the theory to account",
        "1: the lesson has no exercise",
      ])
    #expect(messages(text) == [])
  }

  @Test func asksForHeadingsThatFollowOneAnother() {
    #expect(messages(Self.matter + "text") == ["1: the lesson has no heading"])
    #expect(
      messages(Self.matter + "## A\n\n#### B\n\n# C\n\n# D\n\n## E\n") == [
        "6: the first heading is of level 2, not 1",
        "8: this heading of level 4 stands under one of level 2",
        "12: this is a second heading of level 1",
      ])
  }

  @Test func asksForFrontMatter() {
    #expect(
      messages("# T") == [
        "1: the front matter has no title", "1: the front matter has no summary",
        "1: the front matter does not say how many minutes it takes",
      ])
  }

  @Test func doubtsTheMinutes() {
    let long = Self.matter + "# T\n" + String(repeating: "word ", count: 2_000)
    #expect(
      messages(long) == [
        "4: the lesson says 3 minutes, but its text and cells take about 20"
      ])
  }

  @Test func asksForCompleteExercises() {
    let text =
      Self.matter + """
        # T
        ```latent exercise a
        x = 1
        ```
        ```latent solution
        x = 1
        ```
        ```latent check
        ```

        """
    #expect(
      messages(text) == [
        "7: the exercise a has no hint",
        "7: the exercise a has no wrong answer that its check must refuse",
        "10: this solution is the untouched exercise",
      ])
  }

  @Test func followsLinks() {
    let text = Self.matter + "# T\n[b](06-x.md)\n[c](05-vae.md#nowhere) [d](#nowhere)\n"
    #expect(
      messages(text) == [
        "7: this link leads to 06-x.md, which does not exist",
        "8: this link leads to the heading #nowhere, which does not exist",
      ])
  }

  @Test func findsCellsThatNeverRun() {
    #expect(
      messages(Self.matter + "# T\n1. a\n   - b\n\n     ```latent\n     x\n     ```\n") == [
        "10: this cell is indented by more than 3 spaces, so it is never run"
      ])
  }

  @Test func findsFormulasThatCannotBeShown() {
    let text = Self.matter + "# T\n$x$ and $\\foo{x}$\n\n$$\n\\bar x \\baz\n$$\n"
    #expect(
      messages(text) == [
        "7: the formula uses \\foo, which the terminal and the woven pages cannot show",
        "10: the formula uses \\baz, which the terminal and the woven pages cannot show",
      ])
  }

  @Test func findsFormulasThatAreNeverClosed() {
    let text = Self.matter + "# T\n$x$ and $\\frac{a}{b$\n\n$$\n\\left( a \\\\\nb\n$$\n"
    #expect(
      messages(text) == [
        "7: the formula \\frac{a}{b has a { that is never closed",
        "10: the formula \\left( a \\\\ has a \\left without \\right",
      ])
  }

  @Test func makesAddressesAsGitHubDoes() {
    var anchors = AnchorMaker()
    #expect(anchors.anchor(for: "What is a VAE? (β-VAE)") == "what-is-a-vae-β-vae")
    #expect(anchors.anchor(for: "Loss") == "loss")
    #expect(anchors.anchor(for: "Loss") == "loss-1")
    #expect(anchors.anchor(for: "=>") == "section")
    #expect(anchors.anchor(for: "|>") == "section-1")
  }
}
