/// What the front end complains about: facts only, its sentences are here and nowhere else.
enum SyntaxFault {
  case badCharacter(Character, instead: String?)
  case badNumber(String)
  case missingProduct(number: String, name: String)
  case leadingDot(String)
  case unterminatedString
  case badEscape(String)
  case unclosed(String)
  case unexpectedClosing(String)
  case expectedExpression(after: String?, found: String)
  case expectedBlock(after: String, found: String)
  case expectedName(for: String, found: String)
  case expected(String, found: String)
  case unexpected(String)
  case assignmentInCondition
  case cannotAssign(to: String)
  case comparisonChain
  case otherLanguage(String, here: String)
  case loopInList
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
    case .unclosed(let bracket):
      ("unclosed-bracket", "`\(bracket)` is never closed", "opened here", nil)
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
        "a block stands in braces: { … }"
      )
    case .expectedName(let purpose, let found):
      ("expected-name", "\(purpose) needs a name, not \(found)", nil, nil)
    case .expected(let what, let found):
      ("unexpected-token", "\(what) is expected here, not \(found)", nil, nil)
    case .unexpected(let found):
      (
        "unexpected-token", "\(found) is not expected here", nil,
        "a statement ends at a line break or `;`"
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
    case .cannotAssign(let what):
      (
        "cannot-assign", "\(what) cannot be given a value", nil,
        "only names, and elements of lists, can stand left of ="
      )
    case .comparisonChain:
      ("comparison-chain", "comparisons cannot be chained", nil, "write a < b and b < c")
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
      ("outside-loop", "`\(word)` stands outside of a loop", nil, nil)
    case .returnOutsideFunction:
      ("outside-function", "`return` stands outside of a function", nil, nil)
    case .duplicateParameter(let name):
      ("duplicate-parameter", "the parameter `\(name)` is named twice", "the second time", nil)
    default: ("syntax", "this cannot be read", nil, nil)
    }
  }
}
