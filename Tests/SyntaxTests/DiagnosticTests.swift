import Syntax
import Testing

/// A text that cannot be read, and what the first diagnostic says of it.
struct Refusal: Sendable, CustomTestStringConvertible {
  let text: String
  let marked: String
  let message: String
  let help: String

  init(_ text: String, marks marked: String, _ message: String, help: String) {
    self.text = text
    self.marked = marked
    self.message = message
    self.help = help
  }

  var testDescription: String { text }
}

@Suite struct DiagnosticTests {
  private static let commands: Set = [
    "print", "help", "train", "show", "plot", "expect", "minimize",
  ]

  private static func parse(_ text: String) -> Program {
    Parser.parse(Source(name: "cell", text: text), commands: commands)
  }

  @Test(arguments: [
    Refusal("f(x = 3)", marks: "=", "an argument is named with a colon", help: "write x: …"),
    Refusal("expect x = 3", marks: "=", "an argument is named", help: "== compares"),
    Refusal("x[1:5]", marks: ":", "a part of an axis is a range", help: "x[2..<5]"),
    Refusal("x[:5]", marks: "5", "a part of an axis is a range", help: "x[..<5]"),
    Refusal("x[::2]", marks: ":", "a part of an axis is a range", help: "by 2"),
    Refusal("if x: y", marks: ":", "`if` needs a block", help: "if c { … }"),
    Refusal("for x of xs { }", marks: "of", "`in` is expected", help: "for x in xs"),
    Refusal("for (i = 0) { }", marks: "(", "`for` needs a name", help: "for i in 0..<10"),
    Refusal("fn (x) = x", marks: "(", "`fn` needs a name", help: "x => …"),
    Refusal("y = fn x", marks: "fn", "`fn` needs a name", help: "x => …"),
    Refusal("fn in(x) = 3", marks: "in", "`fn` needs a name", help: "choose another"),
    Refusal("fn f = 3", marks: "=", "the parameters of `f`", help: "fn f(x) = value"),
    Refusal("fn f(x) 3", marks: "3", "the function `f` has no body", help: "fn f(…) { … }"),
    Refusal("else { 1 }", marks: "else", "belongs to no `if`", help: "else { … }"),
    Refusal("break", marks: "break", "outside of a loop", help: "for … { … }"),
    Refusal("return 3", marks: "return", "outside of a function", help: "last expression"),
    Refusal("a = b = c", marks: "=", "gives values once", help: "== compares"),
    Refusal("3 = x", marks: "3", "`3` cannot be given a value", help: "left of ="),
    Refusal("f(x) = 3", marks: "f(x)", "`f(x)` cannot be", help: "fn f(x) = …"),
    Refusal("r.y = 3", marks: "r.y", "`r.y` cannot be", help: "record(name: value)"),
    Refusal("x[0, 1] = 3", marks: "x[0, 1]", "cannot be", help: "tensors do not change"),
    Refusal("pirnt \"x\"", marks: "pirnt", "no command", help: "did you mean print?"),
    Refusal("1 2", marks: "2", "not expected here", help: "an operator or a comma"),
    Refusal("(1, 2)", marks: ",", "hold one", help: "a list is [a, b]"),
    Refusal("f(1, , 2)", marks: ",", "a value is missing after `,`", help: ""),
    Refusal("f(10) { x }", marks: "{", "start of a statement", help: "pass a function"),
  ])
  func refusalOfTheGrammar(_ refusal: Refusal) { check(refusal) }

  @Test(arguments: [
    Refusal("i++", marks: "++", "`++` is not part", help: "write i = i + 1"),
    Refusal("i--", marks: "--", "`--` is not part", help: "write i = i - 1"),
    Refusal("loss *= 2", marks: "*=", "`*=` is not part", help: "write loss = loss * …"),
    Refusal("a .* b", marks: ".*", "`.*` is not part", help: "element by element"),
    Refusal("x**2", marks: "**", "`**` is not part", help: "x^2"),
    Refusal("x = 'a b'", marks: "'a b'", "straight double quotes", help: "write \"a b\""),
    Refusal("x = “a”", marks: "“a”", "straight double quotes", help: "write \"a\""),
    Refusal("y = f'(x) + g'(x)", marks: "'", "no meaning", help: "′ behind a name"),
    Refusal("xᵀ @ y", marks: "ᵀ", "no meaning", help: "transpose(x)"),
    Refusal("x = 1.", marks: "1.", "cannot end with a dot", help: "1.0"),
    Refusal("x = 1.2.3", marks: "1.2.3", "more than one point", help: "commas"),
    Refusal("print \"loss {x\"", marks: "{", "not closed inside", help: "write {{"),
    Refusal("print \"{}\"", marks: "{}", "nothing stands", help: "write {{"),
  ])
  func refusalOfWords(_ refusal: Refusal) { check(refusal) }

  @Test(arguments: [
    Refusal("f(1, 2\ny = 3", marks: "(", "`(` is never closed", help: "close it with )"),
    Refusal("w = [4\nprint 5", marks: "[", "`[` is never closed", help: "close it with ]"),
    Refusal("f(x]", marks: "(", "`(` is never closed: `]` comes first", help: "with )"),
    Refusal("[1, 2", marks: "[", "`[` is never closed", help: "close it with ]"),
    Refusal("train 3 {\n x = 1", marks: "{", "`{` is never closed", help: "close it with }"),
  ])
  func bracketsPointAtTheirOpening(_ refusal: Refusal) { check(refusal) }

  private func check(_ refusal: Refusal) {
    let program = DiagnosticTests.parse(refusal.text)
    guard let first = program.diagnostics.first else {
      Issue.record("it was read")
      return
    }
    #expect(first.source.slice(first.span) == refusal.marked)
    #expect(first.message.contains(refusal.message), "\(first.message)")
    #expect(refusal.help.isEmpty || first.help?.contains(refusal.help) == true, "\(first)")
  }

  /// What looks like a habit of another language, and is none.
  @Test(arguments: [
    "x<-1", "a--b", "a - -b", "1..<5", "1...5", "x[2...]", "x[:, 0]", "[1,\n 2,\n]", "f(a,\n b)",
    "x′ = 1", "print \"it's {{\"", "f(x: 3)", "a, b = b, a", "(x, y) => x", "2.5.x", "plot(a, b)",
    "help =", "help = 3", "help >>", "help for",
  ])
  func isRead(_ text: String) {
    #expect(DiagnosticTests.parse(text).diagnostics.isEmpty)
  }

  /// A mistake in a block leaves the brackets around it as they are.
  @Test(arguments: [
    "f(g(h({ c d })))", "a[b[{ c d }]]", "[[[{ ) }]]]", "f(x => g({ ] }, { [ }), { 1 2 })\n3",
    "train 3 { f(g({ a b })); minimize w { h([{ c d }]) } }",
  ])
  func mistakesInsideOfBracketsAreReported(_ text: String) {
    #expect(!DiagnosticTests.parse(text).diagnostics.isEmpty)
  }
}
