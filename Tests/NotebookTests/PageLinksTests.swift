import Testing

@testable import Notebook

@Suite struct PageLinksTests {
  private let links = PageLinks(
    lessons: ["04-autoencoders", "a b", "x(1)"], ending: "html", index: "index.html")

  @Test(arguments: [
    ("[a](04-autoencoders.md)", "[a](04-autoencoders.html)"),
    ("[a](../04-autoencoders.md#data \"Title\")", "[a](04-autoencoders.html#data \"Title\")"),
    ("[a](guides/none.md) b", "a b"), ("[*a* `b`](none.md 'x')", "*a* `b`"),
    ("[a](README.md)", "[a](index.html)"), ("[a](<a b.md>)", "[a](<a%20b.html>)"),
    ("[a](a%20b.md)", "[a](a%20b.html)"), ("[a](x(1).md)", "[a](x%281%29.html)"),
    ("[a [b] c](none.md)", "a [b] c"), ("[a\nb](none.md)", "a\nb"),
    ("[![x](y.png)](04-autoencoders.md)", "[![x](y.png)](04-autoencoders.html)"),
    ("[![x](y.png)](none.md)", "![x](y.png)"),
    ("[a]: ../04-autoencoders.md\n[a]", "[a]: 04-autoencoders.html\n[a]"),
    ("- [a](none.md)\n- [b](04-autoencoders.md)\n", "- a\n- [b](04-autoencoders.html)\n"),
    ("| [a](none.md) |\n|---|\n", "| a |\n|---|\n"), ("[a](none.md)\r\n", "a\r\n"),
  ])
  func leadToPages(_ markdown: String, _ linked: String) {
    #expect(links.applied(to: markdown) == linked)
  }

  @Test(arguments: [
    "[a](#here)", "[a](https://x.org/none.md)", "[a](data.csv)", "![a](none.png)",
    "`[a](none.md)`", "$[a](none.md)$", "\\[a](none.md)", "[a] (none.md)", "[a](none.md", "[a]",
    "a](none.md)", "```\n[a](none.md)\n```\n", "    [a](none.md)\n", "[a](none.md \"x)",
    "[a]: none.md", "[", "\\", "$5 and `", "[a](",
  ])
  func leaveTheRestAsItIs(_ markdown: String) {
    #expect(links.applied(to: markdown) == markdown)
  }

  @Test func surviveAnyText() {
    for seed in 0..<500 {
      var generator = RandomLesson(seed: UInt64(seed))
      let text = generator.text()
      #expect(PageLinks(ending: "md").applied(to: text).utf8.count <= text.utf8.count)
    }
  }
}
