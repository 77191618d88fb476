extension Notation {
  static let grammar: [Notation] = [
    Notation(
      "=", .statements, "name = value", "gives a name a value; a, b = pair takes it apart",
      example: "a, b = [1, 2]\na + b"),
    Notation(
      "fn return", .statements, "fn name(x, y = 1) = value  or  fn name(x) { … }",
      "a function; its value is its last line, or what return gives",
      example: "fn area(width, height = 1) = width * height\narea(3, height: 2)"),
    Notation(
      "if else", .statements, "if condition { … } else if condition { … } else { … }",
      "one of several blocks; as a value, what that block ends with",
      example: "x = -3\nif x < 0 { \"negative\" } else { \"positive\" }"),
    Notation(
      "for in", .statements, "for name in values { … }",
      "runs the block for each element of a list, range or tensor",
      example: "for n in 1...3 { print n² }"),
    Notation(
      "while", .statements, "while condition { … }", "runs the block as long as it holds",
      example: "n = 1\nwhile n < 100 { n = 2 * n }\nn"),
    Notation(
      "break continue", .statements, "break  or  continue",
      "leaves the loop around it, or goes on with its next round",
      example: "for n in 1...9 {\n  if n % 2 == 0 { continue }\n  if n > 5 { break }\n"
        + "  print n\n}"),
    Notation(
      "{ }", .statements, "{ … }  or  { name => … }",
      "several statements; names made inside end with it",
      example: "train 2 { step => print step }"),
    Notation(
      ";", .statements, "statement; statement",
      "parts statements on one line; at the end of a cell it shows nothing",
      example: "a = 2; b = 3; a * b"),
    Notation(
      "#", .statements, "# text", "a comment up to the end of the line", example: "1 + 1   # two"),
    Notation(
      "\"", .statements, "\"text {value:format}\"",
      "text; braces hold a value and perhaps columns, .digits, and e or %",
      example: "accuracy = 0.9731\n\"right: {accuracy:.1%}, wrong: {1 - accuracy:.2e}\""),
    Notation(
      "=>", .operators, "x => value  or  (x, y) => value", "a function without a name",
      example: "map(x => x² + 1, [1, 2, 3])"),
    Notation(
      "|>", .operators, "value |> f(more)", "passes the value on as the first argument",
      example: "range(6) |> reshape(2, 3) |> sum(axis: 0)"),
    Notation(
      "and or not", .operators, "a and b, a or b, not a",
      "truth; element by element for masks", example: "x = range(6)\nx[x > 1 and not (x == 3)]"),
    Notation(
      "== != < <= > >= ≠ ≤ ≥", .operators, "a < b", "compares, element by element",
      example: "[1, 2, 3] >= 2"),
    Notation(
      "..< ... by", .operators, "from..<end, from...last, … by step",
      "whole numbers in order, without and with the last; either end may be left out in an index",
      example: "x = range(10)\nx[2..<9 by 3]"),
    Notation(
      "+ - −", .operators, "a + b, a - b, -a",
      "sum and difference; a smaller shape is repeated along the axes that it lacks",
      example: "[[1, 2], [3, 4]] + [10, 20]"),
    Notation(
      "* / % ⊙ · ×", .operators, "a * b, a / b, a % b",
      "product, quotient and remainder, element by element", example: "[7, 8, 9] % 4"),
    Notation(
      "@", .operators, "a @ b", "the matrix product", example: "[[1, 2], [3, 4]] @ [1, 1]"),
    Notation(
      ">>", .operators, "layer >> layer", "a model, or function, that goes through both",
      example: "model = dense(4, 8) >> relu >> dense(8, 2)\nshape(model(randn(5, 4)))"),
    Notation(
      "^ ²", .operators, "a^b, a²", "power; ³, ⁻¹ and other raised numbers too",
      example: "[2^10, 3², 2⁻¹]"),
    Notation(
      "[ ]", .operators, "x[i], x[i, j], x[from..<end], x[:, j], x[mask], x[indices]",
      "parts of a tensor or list; -1 is the last", example: "A = [[1, 2, 3], [4, 5, 6]]\nA[:, -1]"),
    Notation(
      ".", .operators, "record.name", "a part of a record or data set",
      example: "trial = record(rate: 0.1, steps: 50)\ntrial.steps"),
    Notation("pi π", .constants, "pi", "half of a full turn, 3.14159…", example: "cos(pi)"),
    Notation("e", .constants, "e", "Euler's number, 2.71828…", example: "log(e)"),
    Notation(
      "inf ∞ nan", .constants, "inf, nan", "infinity, and what is not a number",
      example: "[1 / 0 == inf, 0 / 0 == nan]"),
    Notation(
      "true false nothing", .constants, "true, false, nothing",
      "the truth values, and no value at all", example: "not true"),
    Notation(
      "history", .constants, "history.name",
      "the curves that track recorded, one value for each step",
      example: "train 3 { step => track square: step² }\nhistory.square"),
  ]
}
