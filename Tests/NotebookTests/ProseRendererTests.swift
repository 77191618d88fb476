import Testing

@testable import Notebook

@Suite struct ProseRendererTests {
  private func plain(_ markdown: String, width: Int = 40) -> String {
    ProseRenderer(width: width).plain(markdown)
  }

  @Test func rendersHeadings() {
    #expect(
      plain("# Auto *encoders*\n## Two\n### Three ###\n") == """
        Auto encoders
        ═════════════

        Two
        ───

        Three

        """)
    #expect(plain("One\n===\nTwo\n---\n") == "One\n═══\n\nTwo\n───\n")
  }

  @Test func wrapsByDisplayColumns() {
    #expect(plain("one two three four", width: 9) == "one two\nthree\nfour\n")
    #expect(plain("漢字漢字 漢字", width: 9) == "漢字漢字\n漢字\n")
    #expect(plain("x̂x̂x̂x̂ x̂x̂x̂x̂", width: 8) == "x̂x̂x̂x̂\nx̂x̂x̂x̂\n")
    #expect(plain("abcdefghijkl", width: 8) == "abcdefgh\nijkl\n")
    #expect(plain("a\nb  \nc\\\nd") == "a b\nc\nd\n")
  }

  @Test func keepsFormulasAndCodeTogether() {
    #expect(plain("see `a b c` and $a = b$", width: 8) == "see\na b c\nand\na = b\n")
  }

  @Test func rendersFormulas() {
    #expect(plain("so $\\lVert x - \\hat{x} \\rVert^2$, ok") == "so ‖x − x̂‖², ok\n")
    #expect(plain("so\n$$\nL = \\frac{a}{b}\n$$\nend") == "so\n\n    L = a/b\n\nend\n")
    #expect(plain("$$ a = b $$") == "    a = b\n")
    #expect(plain("$$ a = b, \\qquad c = d $$") == "    a = b,    c = d\n")
    #expect(plain("$$ a = b, \\qquad c = d $$", width: 16) == "    a = b,    c\n    = d\n")
    #expect(plain("$$ a = b, \\qquad c = d $$", width: 12) == "    a = b,\n    c = d\n")
    #expect(plain("so $a,\\quad b$  is") == "so a,  b is\n")
    #expect(plain("costs $5 or $10 today") == "costs $5 or $10 today\n")
    #expect(plain("$x*y$ and $z*w$") == "x * y and z * w\n")
  }

  @Test func rendersLists() {
    #expect(
      plain("- one\n- two\n  - three\n\n1. first\n10. second\n") == """
        • one
        • two
          • three

        1. first
        2. second

        """)
    #expect(plain("9. a\n\n10. b\n\n    more\n") == " 9. a\n\n10. b\n\n    more\n")
    #expect(plain("- one two three four", width: 12) == "• one two\n  three four\n")
  }

  @Test func rendersQuotesCodeAndRules() {
    #expect(
      plain("> a\n> b\nlazy\n\n---\n```swift\nx  y\n\n```\n", width: 10) == """
        │ a b lazy

        ──────────

            x  y


        """)
    #expect(plain("    indented\n") == "    indented\n")
  }

  @Test func rendersTables() {
    let table = "| Name | Value |\n|:--|--:|\n| `a|b` | 1 |\n| two $x^2$ | 10 |\n"
    #expect(
      plain(table) == """
        Name    Value
        ──────  ─────
        a|b         1
        two x²     10

        """)
    let wide = "| a | b |\n|---|---|\n| one two three four | five |\n"
    #expect(
      plain(wide, width: 15) == """
        a          b
        ─────────  ────
        one two    five
        three
        four

        """)
  }

  @Test func rendersLinksAsTextWithAddress() {
    #expect(
      plain("[a *b*](x.md \"t\") and <https://e.org>", width: 60)
        == "a b (x.md) and https://e.org\n")
    #expect(plain("![plot](p.png)") == "[plot] (p.png)\n")
    #expect(plain("[not a link] ] [") == "[not a link] ] [\n")
    #expect(
      plain("https://example.org/a/very/long/path here", width: 10)
        == "https://ex\nample.org/\na/very/lon\ng/path\nhere\n")
  }

  @Test func hidesComments() {
    #expect(plain("a\n<!-- b\nc -->\nd <b>e</b>\n") == "a\n\nd e\n")
  }

  @Test func stylesSurviveAsRoles() {
    let line = ProseRenderer(width: 40).render("a **b *c*** `d`")[0]
    #expect(
      line.runs == [
        .init("a "), .init("b ", .strong), .init("c", [.strong, .emphasis]), .init(" "),
        .init("d", .code),
      ])
  }

  @Test(arguments: [
    ("*a*", [Markdown.Inline.emphasis([.text("a")])]),
    ("**a**", [.strong([.text("a")])]),
    ("***a***", [.emphasis([.strong([.text("a")])])]),
    ("a*b*c", [.text("a"), .emphasis([.text("b")]), .text("c")]),
    ("snake_case_name", [.text("snake_case_name")]),
    ("_a_ 2 * 3 * 4", [.emphasis([.text("a")]), .text(" 2 * 3 * 4")]),
    ("**a", [.text("**a")]),
    ("*a **b*", [.text("*a *"), .emphasis([.text("b")])]),
    ("\\*a\\* &lt; \\d", [.text("*a* < \\d")]),
    ("``a`b`` `", [.code("a`b"), .text(" `")]),
    ("~~a~~ ~b~", [.strikethrough([.text("a")]), .text(" ~b~")]),
    ("[a](<b c>)", [.link([.text("a")], url: "b c")]),
    ("", []),
  ])
  func readsInlines(_ text: String, _ inlines: [Markdown.Inline]) {
    #expect(InlineParser.parse(text) == inlines)
  }

  @Test func acceptsAnyText() {
    for seed in 0..<1_500 {
      var generator = RandomLesson(seed: UInt64(seed))
      let text = generator.text()
      for line in ProseRenderer(width: 24).render(text) {
        #expect(!line.plain.utf8.contains(.newline), "seed \(seed)")
      }
    }
    for piece in ["*", "[", "> ", "- ", "$", "`", "**a ", "[a](", "| ", "<"] {
      _ = plain(String(repeating: piece, count: 3_000))
    }
  }
}
