/// What the front end complains about: facts only, its sentences are here and nowhere else.
enum SyntaxFault {
  case badCharacter(Character, instead: String?)
  case badNumber(String)
  case beyondRange(String, isLarge: Bool)
  case missingProduct(number: String, name: String)
  case leadingDot(String)
  case unterminatedString
  case unclosedInString
  case quotedOtherwise(String)
  case emptyBraces
  case endingDot(String)
  case twoDots(String)
  case badEscape(String)
  case unclosed(String, found: String?)
  case unexpectedClosing(String)
  case expectedExpression(after: String?, found: String)
  case expectedBlock(after: String, found: String)
  case expectedName(for: String, found: String, isKeyword: Bool)
  case expectedParameters(of: String, found: String)
  case expectedBody(of: String, found: String)
  case expectedIn(found: String)
  case namelessFunction
  case elseWithoutIf
  case expected(String, found: String)
  case unexpected(String)
  case assignmentInCondition
  case cannotAssign(to: String, help: String)
  case doubleAssignment
  case argumentNamedWithEquals(String)
  case colonSlice
  case twoInParentheses
  case severalValues
  case spacedElements
  case rowsBySemicolon
  case prefixedText(String)
  case dictionary
  case notACommand(String, near: [String])
  case comparisonChain
  case otherLanguage(String, here: String)
  case loopInList
  case leadingOperator(String)
  case trailingBlock
  case nestingLimit(Int)
  case breakOutsideLoop(String)
  case returnOutsideFunction
  case duplicateParameter(String)

  var sentence: (id: String, message: String, label: String?, help: String?) {
    switch self {
    case .badCharacter(let character, let instead):
      ("bad-character", "`\(character)` has no meaning here", nil, instead.map { "write \($0)" })
    case .badNumber(let text):
      ("bad-number", "`\(text)` is not a number", nil, "numbers look like 3, 2.5, 1e-3 or 1_000")
    case .beyondRange(let text, let isLarge):
      (
        "bad-number",
        isLarge ? "`\(text)` is larger than any number" : "`\(text)` cannot be told from 0", nil,
        isLarge
          ? "numbers are 32-bit floats, up to 3.4e38; infinity is inf"
          : "numbers are 32-bit floats, from 1.4e-45 up; write 0, or scale the formula"
      )
    case .missingProduct(let number, let name):
      (
        "bad-number", "`\(number)\(name)` is neither a number nor a name", nil,
        "a product has its sign: \(number) * \(name)"
      )
    case .leadingDot(let text):
      ("bad-number", "a number cannot begin with a dot", nil, "write 0\(text)")
    case .unterminatedString:
      (
        "unterminated-string", "this text is not closed", "it begins here",
        "end it with \" on the same line"
      )
    case .badEscape(let text):
      (
        "bad-escape", "`\(text)` is not an escape", nil,
        "known are \\n \\t \\\" \\\\ and \\u{…}; {{ is a brace"
      )
    case .unclosed(let bracket, let found):
      (
        "unclosed-bracket",
        "`\(bracket)` is never closed" + (found.map { ": \($0) comes first" } ?? ""),
        "opened here", "close it with \(SyntaxFault.closing[bracket] ?? "its partner")"
      )
    case .unexpectedClosing(let bracket):
      ("unexpected-closing", "`\(bracket)` closes nothing", nil, "remove it, or open it before")
    case .expectedExpression(let after, let found):
      (
        "expected-expression",
        after.map { "a value is missing after `\($0)`" }
          ?? "a value is expected here, not \(found)",
        after == nil ? nil : "\(found) follows", nil
      )
    case .expectedBlock(let after, let found):
      (
        "expected-block", "`\(after)` needs a block, not \(found)", nil,
        "a block stands in braces: \(SyntaxFault.blocks[after] ?? "{ … }")"
      )
    case .expectedName(let purpose, let found, let isKeyword):
      (
        "expected-name", "\(purpose) needs a name, not \(found)", nil,
        isKeyword
          ? "\(found) is a word of the language: choose another"
          : purpose == "`for`"
            ? SyntaxFault.loops : "a name begins with a letter"
      )
    case .expected(let what, let found):
      ("unexpected-token", "\(what) is expected here, not \(found)", nil, nil)
    case .unexpected(let found):
      (
        "unexpected-token", "\(found) is not expected here", nil,
        "an operator or a comma is missing before it, or a line break or `;` after a statement"
      )
    default: textSentence
    }
  }

  private static let closing = ["(": ")", "[": "]", "{": "}"]
  private static let loops =
    "write for x in xs { … }, for i in 0..<10 { … } or for a, b in pairs { … }"
  private static let blocks = [
    "if": "if c { … }", "else if": "else if c { … }", "else": "else { … }",
    "for": "for x in xs { … }", "while": "while c { … }",
  ]

  private var textSentence: (id: String, message: String, label: String?, help: String?) {
    switch self {
    case .unclosedInString:
      (
        "unclosed-bracket", "`{` is not closed inside the text", "opened here",
        "close it with }, or write {{ for a brace as such"
      )
    case .quotedOtherwise(let text):
      (
        "bad-character", "text stands between straight double quotes", nil,
        "write \"\(text)\""
      )
    case .emptyBraces:
      (
        "expected-expression", "nothing stands between these braces", nil,
        "put a value there, or write {{ for a brace as such"
      )
    case .endingDot(let text):
      ("bad-number", "a number cannot end with a dot", nil, "write \(text) or \(text).0")
    case .twoDots(let text):
      (
        "bad-number", "`\(text)` has more than one point", nil,
        "numbers of a list are separated by commas"
      )
    default: functionSentence
    }
  }

  private var functionSentence: (id: String, message: String, label: String?, help: String?) {
    switch self {
    case .expectedParameters(let name, let found):
      (
        "unexpected-token", "the parameters of `\(name)` are expected here, not \(found)", nil,
        "write fn \(name)(x) = value, or fn \(name)(x) { … }"
      )
    case .expectedBody(let name, let found):
      (
        "unexpected-token",
        "the function `\(name)` has no body: = or { is expected here, "
          + "not \(found)", nil, "write fn \(name)(…) = value, or fn \(name)(…) { … }"
      )
    case .expectedIn(let found):
      (
        "unexpected-token", "`in` is expected here, not \(found)", nil, SyntaxFault.loops
      )
    case .namelessFunction:
      (
        "expected-name", "`fn` needs a name", nil,
        "a function without one is x => …, or (x, y) => { … }"
      )
    case .elseWithoutIf:
      (
        "unexpected-token", "this `else` belongs to no `if`", nil,
        "it stands behind the brace that closes one: if c { … } else { … }"
      )
    case .doubleAssignment:
      (
        "unexpected-token", "a statement gives values once", nil,
        "write a statement for each name; == compares"
      )
    case .argumentNamedWithEquals(let name):
      (
        "unexpected-token", "an argument is named with a colon", nil,
        "write \(name): …; == compares"
      )
    case .colonSlice:
      (
        "unexpected-token", "a part of an axis is a range", nil,
        "write x[2..<5], x[2...], x[..<5] or x[0...9 by 2]; a colon alone is the whole axis"
      )
    case .twoInParentheses:
      (
        "unexpected-token", "round brackets around a value hold one", nil,
        "a list is [a, b], a call has no space before its bracket: f(a, b)"
      )
    case .severalValues:
      (
        "unexpected-token", "a statement has one value", nil,
        "several go together in a list: [a, b]"
      )
    case .spacedElements:
      (
        "unexpected-token", "a comma is missing between elements", nil,
        "write [1, 2, 3]; rows are lists: [[1, 2], [3, 4]]"
      )
    case .rowsBySemicolon:
      (
        "unexpected-token", "rows are not separated by `;`", nil,
        "rows are lists of their own: [[1, 2], [3, 4]]"
      )
    case .prefixedText(let letter):
      (
        "other-language", "text has no letter before its quote", nil,
        "leave out the \(letter): braces hold a value in every text"
      )
    case .dictionary:
      (
        "other-language", "values under names are not written in braces", nil,
        "write record(name: value, other: value)"
      )
    case .notACommand(let name, let near):
      (
        "unexpected-token", "`\(name)` is no command that takes a value after a space", nil,
        near.isEmpty
          ? "a function is called with brackets: \(name)(…)"
          : "did you mean \(near.joined(separator: " or "))?"
      )
    default: furtherSentence
    }
  }

  private var furtherSentence: (id: String, message: String, label: String?, help: String?) {
    switch self {
    case .assignmentInCondition:
      (
        "assignment-in-condition", "`=` gives a value to a name, it does not compare", nil,
        "did you mean == ?"
      )
    case .cannotAssign(let what, let help):
      ("cannot-assign", "\(what) cannot be given a value", nil, help)
    case .comparisonChain:
      ("comparison-chain", "comparisons cannot be chained", nil, "write a < b and b < c")
    case .leadingOperator(let sign):
      (
        "leading-operator", "a line cannot begin with `\(sign)`", nil,
        "end the line before with it, or put all of it in brackets"
      )
    case .loopInList:
      (
        "other-language", "a list is not made with `for` inside", nil,
        "write map(x => …, values)"
      )
    case .otherLanguage(let text, let here):
      ("other-language", "`\(text)` is not part of the language", nil, here)
    case .trailingBlock:
      (
        "unexpected-block", "only a command at the start of a statement takes a block", nil,
        "pass a function: f(x, { … })"
      )
    case .nestingLimit(let limit):
      (
        "nesting-limit", "more than \(limit) levels inside each other", nil,
        "give parts of it a name of their own"
      )
    case .breakOutsideLoop(let word):
      (
        "outside-loop", "`\(word)` stands outside of a loop", nil,
        "it belongs inside for … { … } or while … { … }"
      )
    case .returnOutsideFunction:
      (
        "outside-function", "`return` stands outside of a function", nil,
        "the value of a cell is its last expression: write it alone"
      )
    case .duplicateParameter(let name):
      ("duplicate-parameter", "the parameter `\(name)` is named twice", "the second time", nil)
    default: ("syntax", "this cannot be read", nil, nil)
    }
  }
}
