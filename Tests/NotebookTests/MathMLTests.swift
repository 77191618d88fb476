import Testing

@testable import Notebook

@Suite struct MathMLTests {
  private func body(_ latex: String, isDisplay: Bool = false) -> String {
    let element = MathML.element(latex: latex, isDisplay: isDisplay)
    let (_, rest) = element.components(around: ">")
    return String(rest.dropLast("</math>".count))
  }

  @Test func carriesTheLatexAsItsDescription() {
    #expect(
      MathML.element(latex: "a < b", isDisplay: true).hasPrefix(
        "<math xmlns=\"http://www.w3.org/1998/Math/MathML\" display=\"block\" "
          + "aria-label=\"a &lt; b\">"))
  }

  @Test(arguments: [
    ("x", "<mi>x</mi>"),
    ("x^2", "<msup><mi>x</mi><mn>2</mn></msup>"),
    ("x_i^2", "<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>"),
    (#"\frac{a}{b}"#, "<mfrac><mi>a</mi><mi>b</mi></mfrac>"),
    (#"\sqrt{x}"#, "<msqrt><mi>x</mi></msqrt>"),
    (#"\hat{x}"#, "<mover accent=\"true\"><mi>x</mi><mo stretchy=\"false\">^</mo></mover>"),
    (#"\mathbb{E}"#, "<mi>𝔼</mi>"),
    (#"\text{if } x"#, "<mrow><mtext>if\u{A0}</mtext><mi>x</mi></mrow>"),
    (#"\sum_i"#, "<msub><mo>∑</mo><mi>i</mi></msub>"),
  ])
  func buildsElements(_ latex: String, _ element: String) {
    #expect(body(latex) == element)
  }

  @Test func setsLimitsBelowInDisplays() {
    #expect(body(#"\sum_i"#, isDisplay: true) == "<munder><mo>∑</mo><mi>i</mi></munder>")
    #expect(
      body(#"\max_D"#, isDisplay: true)
        == "<munder><mi mathvariant=\"normal\">max</mi><mi>D</mi></munder>")
  }

  @Test func escapesWhatHtmlWouldRead() {
    #expect(body(#"a < b \text{ & c}"#).contains("<mo>&lt;</mo>"))
    #expect(body(#"a < b \text{ & c}"#).contains("&amp;"))
  }
}
