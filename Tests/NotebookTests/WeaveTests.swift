import Rendering
import Syntax
import Testing

@testable import Notebook

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

@Suite struct WeaveTests {
  static let text = """
    ---
    title: Autoencoders & more
    summary: Squeeze *784* pixels.
    minutes: 12
    needs: [03-latent]
    ---
    # Autoencoders

    Loss $L = \\lVert x - \\hat x \\rVert^2$ costs $5, `$x$` and a [link](05-vae.md#loss).

    ## One

    | a | b |
    |--:|---|
    | $x_1 * y$ | `c|d` |

    ```latent
    print <b> & more
    print picture
    print end
    ```
    ```output
    old
    ```

    ## Two

    $$
    \\sum_{i=1}^n x_i
    $$

    <script>alert(1)</script>

    ```latent exercise a
    # Do it.
    ```
    ```latent hint
    Think of $x$.
    ```
    ```latent solution
    x = 1
    ```
    ```latent check
    expect x == 1
    ```
    ```latent wrong "expected 1"
    x = 2
    ```
    ```latent skip
    print never
    ```
    ```output
    shown
    ```

    """

  static let context = context(links("html", index: "index.html"))

  private static func context(_ links: PageLinks) -> WeaveContext {
    WeaveContext(
      render: renderPlainly,
      figure: { output, _ in
        output == .text("picture") || output == .text("again")
          ? Figure(.png([1, 2, 3]), description: "A \"plot\"") : nil
      }, links: links)
  }

  static func links(_ ending: String, index: String? = nil) -> PageLinks {
    PageLinks(
      lessons: ["00-start", "03-latent", "04-autoencoders", "05-vae", "tour"], ending: ending,
      index: index)
  }

  private static var woven: String {
    WeaveHTML(css: "p { margin: 0 }\n", script: "\"use strict\";\n", context: context) { program in
      program.hasPrefix("print") ? [.init(span: Span(0, 5), role: "command")] : []
    }.page(
      run(text), previous: .init(name: "03-latent", title: "Latent < variables"), next: nil,
      titles: ["03-latent": "Latent < variables"])
  }

  @Test(arguments: [
    "<title>Autoencoders &amp; more</title>",
    "<meta name=\"description\" content=\"Squeeze 784 pixels.\">",
    "<p class=\"summary\">Squeeze <em>784</em> pixels.</p>",
    "<h1 id=\"autoencoders\">Autoencoders</h1>",
    "<p class=\"facts\">12 minutes · after "
      + "<a href=\"03-latent.html\">Latent &lt; variables</a></p>",
    "<p class=\"overline\">Lesson 04</p>", "<code>latent learn 04</code>",
    "costs $5, <code>$x$</code> and a <a href=\"05-vae.html#loss\">link</a>.",
    "<li><a href=\"#two\">Two</a></li>",
    "<a class=\"prev\" rel=\"prev\" href=\"03-latent.html\">"
      + "← <span>Latent &lt; variables</span></a>",
    "<td class=\"trailing\"><math ", "<td><code>c|d</code></td>",
    "<code><span class=\"command\">print</span> &lt;b&gt; &amp; more\n",
    "aria-label=\"Output\">&lt;b&gt; &amp; more</pre>",
    "<img src=\"data:image/png;base64,AQID\" alt=\"A &quot;plot&quot;\">",
    "aria-label=\"Output\">end</pre>", "aria-label=\"Output\">shown</pre>",
    "<details><summary>Hint</summary><p>Think of <math ",
    "<details><summary>Solution</summary><div class=\"cell\"><pre",
    "<section class=\"exercise\">\n<p class=\"label\">Exercise</p>\n<div class=\"cell\"><pre",
    "</details>\n</section>\n", "<script>\n\"use strict\";\n</script>",
    "<style>\np { margin: 0 }\n</style>",
    "</math>\n", "<munderover><mo>∑</mo>",
  ])
  func pagesShow(_ part: String) {
    #expect(Self.woven.contains(part), "\(Self.woven)")
  }

  @Test(arguments: [
    "<script>alert", "alert(1)</script>", "old", "expected 1", "\u{E000}", "<p><math",
  ])
  func pagesDoNotShow(_ part: String) {
    #expect(!Self.woven.contains(part), "\(Self.woven)")
  }

  /// A page in full: a change of the design shows as a difference.
  @Test func aSmallLessonIsThisPage() {
    let text = "# T\n\nProse.\n\n```latent\nprint a\n```\n\n```latent error\nfail no\n```\n"
    let page = WeaveHTML(css: "", script: "", context: Self.context) { _ in [] }
      .page(run(text))
    #expect(
      page == """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>T</title>
        <style>
        </style>
        </head>
        <body>
        <header class="bar"><nav aria-label="Lessons">\
        <a class="home" href="index.html">latent</a></nav></header>
        <main>
        <p class="overline">Lesson 04</p>
        <h1 id="t">T</h1>
        <p>Prose.</p>
        <div class="cell"><pre class="program" tabindex="0" aria-label="Cell 1">\
        <code>print a</code></pre>
        <pre class="output" tabindex="0" aria-label="Output">a</pre>
        </div>
        <div class="cell"><pre class="program" tabindex="0" aria-label="Cell 2">\
        <code>fail no</code></pre>
        <pre class="output failure" tabindex="0" aria-label="Output">error[failed]: no
          cell:1</pre>
        </div>
        <p class="ending">Every output above was computed by the cell it stands under. Take the \
        lesson at the prompt: <code>latent learn 04</code></p>
        </main>
        <footer class="bar"><nav aria-label="Lessons">\
        <a class="home" href="index.html">latent</a></nav></footer>
        <script>
        </script>
        </body>
        </html>

        """)
  }

  @Test func aPictureThatIsShownAndWrittenStandsOnce() {
    #expect(
      Self.context.parts([.text("picture"), .text("again"), .text("end")]) == [
        .figure(Figure(.png([1, 2, 3]), description: "A \"plot\"")), .text("again\nend\n"),
      ])
  }

  @Test func severalHintsAreNumbered() {
    let text = "```latent exercise a\n```\n```latent hint\nx\n```\n```latent hint\ny\n```\n"
    let page = WeaveHTML(css: "", script: "", context: Self.context) { _ in [] }.page(run(text))
    #expect(page.contains("<summary>Hint 1</summary><p>x</p>"))
    #expect(page.contains("<summary>Hint 2</summary><p>y</p>"))
  }

  @Test func panelsStandSideBySide() {
    let panels = Output.panels(Panels([.text("picture"), .text("again")]))
    let html = WeaveHTML(css: "", script: "", context: Self.context) { _ in [] }
    #expect(Self.context.parts([panels]).count == 1)
    #expect(html.parts([panels]).hasPrefix("<div class=\"panels\">\n<figure><img "))
    #expect(Self.context.parts([.panels(Panels([.text("picture"), .text("x")]))]).count == 1)
    let titled = html.parts([.panels(Panels([.text("picture")], title: "A & B"))])
    #expect(titled.hasPrefix("<figure class=\"group\"><figcaption>A &amp; B</figcaption>\n<div "))
  }

  @Test func theIndexLeadsToAllLessons() {
    let weave = WeaveHTML(css: "", script: "", context: Self.context) { _ in [] }
    let index = weave.index(
      title: "Lessons", introduction: "Start [here](guides/00-start.md).",
      lessons: [lesson(Self.text), lesson("# A tour", path: "guides/tour.md")])
    #expect(
      index.contains("</section>\n<section>\n<h2>Guides</h2>\n<ol class=\"lessons\">\n"))
    #expect(index.contains("<a href=\"tour.html\">A tour</a>"))
    #expect(index.contains("<a href=\"00-start.html\">here</a>"))
    #expect(index.contains("<a href=\"04-autoencoders.html\">Autoencoders &amp; more</a>"))
    #expect(index.contains(" pixels "))
    #expect(index.contains("<input id=\"search\" type=\"search\""))
  }

  @Test func proseKeepsWhatLooksLikeFormulasInCode() {
    var prose = ProseHTML()
    #expect(
      prose.html("```sh\necho $a $b\n\n| a |\n|---|\n```\n\n    $c$\n")
        == "<pre><code class=\"language-sh\">echo $a $b\n\n| a |\n|---|\n</code></pre>\n"
        + "<pre><code>$c$\n</code></pre>\n")
    #expect(prose.html("*a $x*y* z$ b*").contains("<em>a <math "))
  }

  @Test func picturesBesideTheLessonBecomePartOfThePage() {
    var prose = ProseHTML { $0 == "a.png" ? [1, 2, 3] : nil }
    #expect(
      prose.html("![x](a.png) ![y](b.png)")
        == "<p><img src=\"data:image/png;base64,AQID\" alt=\"x\" /> "
        + "<img src=\"b.png\" alt=\"y\" /></p>\n")
  }

  @Test func addressesThatRunProgramsAreLeftOut() {
    var prose = ProseHTML()
    #expect(!prose.html("[x](javascript:alert(1))").contains("javascript"))
    #expect(!prose.html("| [x](javascript:a) |\n|---|\n").contains("javascript"))
  }

  @Test func proseSurvivesAnyText() {
    for seed in 0..<500 {
      var generator = RandomLesson(seed: UInt64(seed))
      var prose = ProseHTML()
      let html = prose.html(generator.text())
      #expect(!html.contains("\u{E000}") && !html.contains("\u{E001}"), "seed \(seed)")
    }
  }

  /// A page that has not been woven cannot be led to.
  @Test func needsWithoutAPageAreWords() {
    let page = WeaveHTML(css: "", script: "", context: Self.context(PageLinks(ending: "html"))) {
      _ in []
    }.page(run(Self.text))
    #expect(page.contains("after 03-latent</p>"))
    #expect(page.contains("and a link.</p>"))
  }

  @Test func pagesOfAllKindsHaveTheSameLinks() {
    let text = "See [the *loss*](../05-vae.md#loss) or [none](06-none.md).\n"
    let html = WeaveHTML(css: "", script: "", context: Self.context) { _ in [] }.page(run(text))
    #expect(html.contains("<a href=\"05-vae.html#loss\">the <em>loss</em></a> or none."))
    let markdown = WeaveMarkdown.page(run(text), context: Self.context(Self.links("md")))
    #expect(markdown.text == "See [the *loss*](05-vae.md#loss) or none.\n")
    let notebook = WeaveNotebook.page(run(text), context: Self.context(Self.links("ipynb")))
    #expect(notebook.contains("See [the *loss*](05-vae.ipynb#loss) or none."))
  }

  @Test func aFormulaInAHeadingIsInItsAddress() {
    let text = "# T\n\n## The loss $x^2$\n\n## Two\n"
    let page = WeaveHTML(css: "", script: "", context: Self.context) { _ in [] }.page(run(text))
    let address = lesson(text).anchors.first { $0.hasPrefix("the-loss") }
    #expect(page.contains("<h2 id=\"\(address ?? "none")\">The loss <math "))
    #expect(page.contains(">The loss x²</a></li>"))
  }

  @Test func markdownHasOutputsAndPictures() {
    let page = WeaveMarkdown.page(run(Self.text), context: Self.context)
    #expect(page.files == ["04-autoencoders-1.png": [1, 2, 3]])
    #expect(
      page.text.contains(
        """
        ```latent
        print <b> & more
        print picture
        print end
        ```
        ```text
        <b> & more
        ```

        ![A "plot"](04-autoencoders-1.png)
        ```text
        end
        ```
        """), "\(page.text)")
    #expect(page.text.hasPrefix("# Autoencoders\n"))
    #expect(page.text.contains("<details><summary>Solution</summary>\n\n```latent\nx = 1\n```\n"))
    #expect(page.text.contains("```text\nshown\n```"))
    #expect(!page.text.contains("expected 1"))
    #expect(!page.text.contains("old"))
  }

  @Test func drawingsThatStandAloneAreOnWhite() {
    #expect(
      String(decoding: Figure.Picture.svg("<svg a=\"b\">\n<g/></svg>").bytes, as: UTF8.self)
        == "<svg a=\"b\"><rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n<g/></svg>")
  }

  @Test func notebooksAreOnesThatJupyterReads() throws {
    let text = WeaveNotebook.page(run(Self.text), context: Self.context)
    let notebook = try JSONDecoder().decode(Notebook.self, from: Data(text.utf8))
    #expect(notebook.nbformat == 4 && notebook.nbformat_minor == 5)
    #expect(Set(notebook.cells.map(\.id)).count == notebook.cells.count)
    let code = notebook.cells.filter { $0.cell_type == "code" }
    #expect(
      code.map { $0.source.joined() } == [
        "print <b> & more\nprint picture\nprint end", "# Do it.", "print never",
      ])
    #expect(code[0].outputs?.map(\.output_type) == ["stream", "display_data", "stream"])
    #expect(code[0].outputs?[0].text == ["<b> & more\n"])
    #expect(code[0].outputs?[1].data?.png == "AQID\n")
    #expect(notebook.cells.filter { $0.cell_type == "markdown" }.allSatisfy { $0.outputs == nil })
  }

  private struct Notebook: Decodable {
    let nbformat: Int
    let nbformat_minor: Int
    let cells: [Cell]

    struct Cell: Decodable {
      let id: String
      let cell_type: String
      let source: [String]
      let outputs: [Output]?
    }

    struct Output: Decodable {
      let output_type: String
      let text: [String]?
      let data: Bundle?
    }

    struct Bundle: Decodable {
      let png: String
      private enum CodingKeys: String, CodingKey {
        case png = "image/png"
      }
    }
  }

  @Test func addressesArePlain() {
    let page = WeaveHTML(css: "", script: "", context: Self.context) { _ in [] }.page(
      run("# T\n\n## The β-VAE\n\n## Two\n"), previous: .init(name: "a b", title: "A"), next: nil,
      titles: [:])
    #expect(page.contains("<a href=\"#the-%CE%B2-vae\">The β-VAE</a>"))
    #expect(page.contains("<h2 id=\"the-β-vae\">"))
    #expect(page.contains("href=\"a%20b.html\""))
  }
}
