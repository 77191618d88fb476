import Testing

@testable import Notebook

@Suite struct MathMLTests {
  private func body(_ latex: String, isDisplay: Bool = false) -> String {
    let element = MathML.element(latex: latex, isDisplay: isDisplay)
    let (_, rest) = element.components(around: "<semantics>")
    return rest.components(around: "<annotation ").0
  }

  @Test func carriesTheLatexAsAnAnnotation() {
    #expect(
      MathML.element(latex: "a <\nb", isDisplay: true)
        == "<math xmlns=\"http://www.w3.org/1998/Math/MathML\" display=\"block\"><semantics>"
        + "<mrow><mi>a</mi><mo>&lt;</mo><mi>b</mi></mrow>"
        + "<annotation encoding=\"application/x-tex\">a &lt; b</annotation></semantics></math>")
    #expect(body("") == "<mrow></mrow>")
  }

  @Test(arguments: [
    ("x", "<mi>x</mi>"),
    ("x^2", "<msup><mi>x</mi><mn>2</mn></msup>"),
    ("x_i^2", "<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>"),
    (#"\frac{a}{b}"#, "<mfrac><mi>a</mi><mi>b</mi></mfrac>"),
    (#"\sqrt{x}"#, "<msqrt><mi>x</mi></msqrt>"),
    (#"\hat{x}"#, "<mi class=\"marked\">x\u{302}</mi>"),
    (#"\bar\theta"#, "<mover><mi>θ</mi><mo stretchy=\"false\">¯</mo></mover>"),
    (#"\vec{x}"#, "<mover><mi>x</mi><mo stretchy=\"false\">→</mo></mover>"),
    (#"\bar{1}"#, "<mn>1\u{304}</mn>"),
    (#"\hat{x}^2"#, "<msup><mi class=\"marked\">x\u{302}</mi><mn>2</mn></msup>"),
    (
      #"\hat{xy}"#,
      "<mover><mrow><mi>x</mi><mi>y</mi></mrow>"
        + "<mo stretchy=\"false\">^</mo></mover>"
    ),
    (#"\mathbb{E}"#, "<mi>𝔼</mi>"),
    (#"\text{if } x"#, "<mrow><mtext>if\u{A0}</mtext><mi>x</mi></mrow>"),
    (#"\sum_i"#, "<msub><mo>∑</mo><mi>i</mi></msub>"),
  ])
  func buildsElements(_ latex: String, _ element: String) {
    #expect(body(latex) == element)
  }

  @Test(arguments: [
    "a = -b", "a \\le -b", "a; -b", "(-b", "-b", "a + -b", "a = \\, -b", "\\sum -b", "\\log -b",
  ])
  func aSignBeforeOneOperandStandsCloseToIt(_ latex: String) {
    #expect(body(latex).contains("<mo form=\"prefix\">−</mo><mi>b</mi>"))
  }

  @Test(arguments: ["a - b", "x_1 - b", "(a) - b", "n! - b", "a \\, - b", "\\frac12 - b"])
  func aSignBetweenOperandsKeepsItsSpace(_ latex: String) {
    #expect(body(latex).contains("<mo>−</mo>"))
  }

  @Test func wideSpacesAreWide() {
    #expect(body(#"a\quad b\qquad c"#).contains("<mspace width=\"1em\"/>"))
    #expect(body(#"a\quad b\qquad c"#).contains("<mspace width=\"2em\"/>"))
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
