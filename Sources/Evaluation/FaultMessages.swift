import Models
import Rendering
import Syntax
import Tensors

/// Every sentence about a failed evaluation, under a stable id.
struct FaultMessage {
  let id: String
  let message: String
  var label: String? = nil
  var help: String? = nil
}

extension Fault {
  var sentence: FaultMessage {
    switch self {
    case .unknownName(let name, let suggestions):
      FaultMessage(
        id: "unknown-name", message: "there is no `\(name)` here", label: "not found",
        help: Synonyms.advice(on: name)
          ?? (suggestions.isEmpty
            ? "give it a value first: \(name) = …" : "did you mean \(listing(suggestions))?"))
    case .unknownResult(let name, let count):
      FaultMessage(
        id: "unknown-name", message: "there is no `\(name)` here", label: "not found",
        help: count == 0
          ? "`_` is the last value shown, and none has been shown yet"
          : "`_` is the last value shown, number \(count); only recent ones are kept")
    case .noHelp(let name, let suggestions):
      FaultMessage(
        id: "unknown-name", message: "there is no help for `\(name)`", label: "not found",
        help: suggestions.isEmpty
          ? "help alone lists every name" : "did you mean \(listing(suggestions))?")
    case .nameOutOfScope(let name):
      FaultMessage(
        id: "name-out-of-scope",
        message: "`\(name)` was made inside a block and ended with it", label: "no longer there",
        help: "give it a value before the block: \(name) = …")
    case .untracked(let name, let tracked):
      FaultMessage(
        id: "unknown-field", message: "nothing was tracked as `\(name)`", label: "no such curve",
        help: tracked.isEmpty
          ? "track \(name) inside of train records it" : "there is \(listing(tracked))")
    case .unknownField(let name, let owner, let available):
      FaultMessage(
        id: "unknown-field", message: "\(owner) has no field `\(name)`", label: "not a field",
        help: available.isEmpty ? Synonyms.method(name) : "it has \(listing(available))")
    case .wrongKind(let expected, let got, let place, let signature):
      FaultMessage(
        id: "wrong-kind", message: "\(place) must be \(expected), not \(got)",
        label: "this is \(got)",
        help: signature.map { "the signature is \($0)" })
    case .notCallable(let kind, let hidden):
      FaultMessage(
        id: "not-callable", message: "\(kind) cannot be called", label: "not a function or model",
        help: hidden.map { "the variable `\($0)` hides what the language calls so; rename it" }
          ?? "only functions and models can be called: f(x)")
    case .missingArgument(let name, let signature):
      FaultMessage(
        id: "missing-argument", message: "the argument `\(name)` is missing",
        help: "the signature is \(signature)")
    case .extraArgument(let signature, let limit):
      FaultMessage(
        id: "extra-argument",
        message: limit == 0
          ? "no argument is taken here"
          : "at most \(limit) \(limit == 1 ? "argument is" : "arguments are") taken here",
        label: "one too many", help: "the signature is \(signature)")
    case .unknownLabel(let label, let signature, let suggestions):
      FaultMessage(
        id: "unknown-label", message: "there is no argument called `\(label)`",
        label: suggestions.isEmpty ? nil : "did you mean \(listing(suggestions))?",
        help: "the signature is \(signature)")
    case .repeatedArgument(let name, let signature):
      FaultMessage(
        id: "repeated-argument", message: "the argument `\(name)` is given twice",
        label: "the second time", help: "the signature is \(signature)")
    case .missingBlock(let name, let signature):
      FaultMessage(
        id: "missing-block", message: "`\(name)` needs a block", label: "{ … } is missing here",
        help: "the signature is \(signature)")
    case .unexpectedBlock(let name):
      FaultMessage(id: "unexpected-block", message: "`\(name)` takes no block")
    default: furtherSentence
    }
  }

  private var furtherSentence: FaultMessage {
    switch self {
    case .notWhole(let value, let place):
      FaultMessage(
        id: "not-whole", message: "\(place) must be a whole number, not \(display(value))",
        label: "not whole", help: "round(x), floor(x) and ceil(x) make whole numbers")
    case .tooLarge(let value, let place):
      FaultMessage(
        id: "out-of-range", message: "\(place) is too large: \(display(value))",
        label: "the largest is 1e15")
    case .outOfRange(let value, let place, let allowed):
      FaultMessage(id: "out-of-range", message: "\(place) must be \(allowed), not \(value)")
    case .indexOutOfRange(let index, let count, let what):
      FaultMessage(
        id: "index-out-of-range",
        message: "\(what) has \(elements(count)), there is none at \(index)",
        label: count == 0 ? "it is empty" : "0 … \(count - 1), or -\(count) … -1 from the end")
    case .tooManyIndices(_, let shape) where shape.rank == 0:
      FaultMessage(
        id: "too-many-indices", message: "a number cannot be indexed", label: "it has no axes")
    case .tooManyIndices(let count, let shape):
      FaultMessage(
        id: "too-many-indices", message: "\(count) indices into a tensor of shape \(shape)",
        label: shape.rank == 1 ? "it has 1 axis" : "it has \(shape.rank) axes")
    case .repeatedAxis(let axis):
      FaultMessage(
        id: "repeated-axis", message: "axis \(axis) is named more than once",
        help: "each axis is reduced once")
    case .noSecondDerivative(let name):
      FaultMessage(
        id: "no-second-derivative", message: "`\(name)` has no second derivative at this matrix",
        label: secondDerivativeLabel(name))
    case .noElements(let kind):
      FaultMessage(
        id: "wrong-kind", message: "\(kind) has no elements to go through",
        label: "this is \(kind)",
        help: kind == "a number"
          ? "a range counts: 0..<n" : kind == "a record" ? "its fields are r.name" : nil)
    case .fixedElements(let kind):
      FaultMessage(
        id: "wrong-kind", message: "only elements of a list can be replaced, this is \(kind)",
        help: kind.hasPrefix("a tensor")
          ? "of a tensor, make a new one: where(range(count(x)) == i, value, x)" : nil)
    case .ambiguousCondition(let shape):
      FaultMessage(
        id: "ambiguous-condition", message: "a condition must be true or false, this is \(shape)",
        label: "many values", help: "say which you mean: all(…) or any(…)")
    case .cannotUnpack(let count, let names):
      FaultMessage(
        id: "cannot-unpack",
        message: "cannot give \(count) \(count == 1 ? "value" : "values") to \(names) names",
        label: count == 1 ? "1 value" : "\(count) values")
    case .unpackedKind(let kind, let names):
      FaultMessage(
        id: "cannot-unpack", message: "cannot take \(kind) apart into \(names) names",
        label: "not a list or tensor")
    case .unsupportedOperator(let symbol, let left, let right):
      FaultMessage(
        id: "unsupported-operator", message: "`\(symbol)` does not work on \(left) and \(right)",
        help: operatorHelp(symbol, left, right))
    case .lostInBroadcast:
      FaultMessage(
        id: "shape-mismatch", message: "`+` adds elements to elements, and one side has none",
        label: "sizes differ: 0 and 1", help: "append(list, x) adds one at the end")
    case .expectationFailed(let text, let detail):
      FaultMessage(
        id: "expectation-failed", message: text.map { "expected: \($0)" } ?? "expectation failed",
        label: detail ?? "this is false")
    default: limitSentence
    }
  }

  private var limitSentence: FaultMessage {
    switch self {
    case .callDepth(let limit):
      FaultMessage(
        id: "call-depth", message: "more than \(limit) calls inside each other",
        label: "the call that went too deep",
        help: "a function that calls itself needs a case in which it stops")
    case .evaluationDepth(let limit):
      FaultMessage(
        id: "call-depth",
        message: "more than \(limit) expressions inside each other, over all calls",
        label: "the expression that went too deep",
        help: "a function that calls itself needs a case in which it stops")
    case .stringLimit(let limit):
      FaultMessage(
        id: "string-limit", message: "the text would be longer than \(limit) characters")
    case .listLimit(let limit):
      FaultMessage(id: "list-limit", message: "the list would be longer than \(limit) elements")
    case .listDepth(let limit):
      FaultMessage(
        id: "list-depth", message: "more than \(limit) lists or functions inside each other",
        help: "to add to the end of a list: l = append(l, x)")
    case .unpairedPositions(let first, let second):
      FaultMessage(
        id: "shape-mismatch",
        message: "positions of shape \(first) and \(second) do not make pairs",
        help: "for rows and columns at once: x[rows][:, columns]")
    case .numberAsCondition(let number):
      FaultMessage(
        id: "number-as-condition", message: "\(display(number)) is neither true nor false",
        label: "a number", help: "compare it with another: x > 0, or x != 0")
    case .interrupted:
      FaultMessage(
        id: "interrupted", message: "stopped by Ctrl-C", label: "here",
        help: "everything up to here is kept")
    case .trainingInterrupted(let step, let steps):
      FaultMessage(
        id: "interrupted",
        message:
          "stopped by Ctrl-C after step \(NumberFormat.grouped(step)) of "
          + NumberFormat.grouped(steps),
        label: "here", help: "the parameters keep what they have learned")
    case .notTrainable(let kind):
      FaultMessage(
        id: "not-trainable", message: "\(kind) has nothing to train", label: "not trainable",
        help: "name models, parameters, or a list of them: minimize [encoder, decoder] { … }")
    case .emptyData(let what):
      FaultMessage(id: "empty-data", message: "\(what) has no rows")
    case .unevenRows(let first, let other):
      FaultMessage(
        id: "shape-mismatch",
        message: "the same rows of \(first) and of \(other) cannot be drawn",
        label: "\(other) rows", help: "each part has as many rows as the others")
    case .countMismatch(let name, let count, let expected, let each, let allowsFewer):
      FaultMessage(
        id: "shape-mismatch",
        message: "`\(name)` has \(elements(count)), "
          + (allowsFewer ? "more than \(expected)" : "not \(expected)"),
        help: "one for each \(each)")
    case .maskMismatch(let mask, let indexed):
      FaultMessage(
        id: "shape-mismatch", message: "a mask of shape \(mask) does not fit \(indexed)",
        help: "a mask is as long as its axis, or as the whole tensor")
    case .modelInputSize(let model, let expected, let got):
      FaultMessage(
        id: "shape-mismatch", message: "\(model) takes rows of \(expected) numbers, not \(got)",
        label: got.rank == 0 ? "a number" : "rows of \(got.sizes.last!)")
    case .raggedList(let shapes):
      FaultMessage(
        id: "ragged-list",
        message: "the rows have different shapes: \(shapes.joined(separator: ", "))")
    case .notPicture(let shape):
      FaultMessage(
        id: "not-a-picture", message: "\(shape) is not a set of pictures",
        help: "pictures are N×H×W, or rows of H·W pixels: reshape(x, n, height, width)")
    case .emptyFrame:
      FaultMessage(
        id: "empty-frame", message: "the block of `frames` must end with pictures",
        help: "frames 20 { train 50 { … }  decoder(z) }")
    case .unevenFrames(let number, let pictures, let first):
      FaultMessage(
        id: "uneven-frames",
        message: "frame \(number) has other pictures than the first: \(pictures), not \(first)",
        help: "each run of the block must give as many pictures of one size")
    case .notNotes(let kind):
      FaultMessage(
        id: "wrong-kind", message: "a note is [x, y, \"words\"], not \(kind)",
        help: "several of them are a list: notes: [[0, 1, \"start\"], [9, 0, \"end\"]]")
    case .notOverAxes:
      FaultMessage(
        id: "not-over-axes", message: "only charts over two axes can share them",
        help: "plot, scatter, hist, contour, density and arrows can; panels { … } takes any")
    case .unknownFormat(let path, let known):
      FaultMessage(
        id: "unknown-format", message: "cannot tell the format of `\(path)` from its name",
        help: "known endings: \(known.joined(separator: " "))")
    case .format(let path, let error): error.sentence(path)
    case .blockLeft(let command):
      FaultMessage(
        id: "invalid",
        message: command == "train"
          ? "the block of `train` cannot be left with return"
          : "the block of `\(command)` runs to its end: break, continue and return cannot leave it",
        help: command == "train" ? "break ends a training, and a function goes on behind it" : nil)
    case .invalid(let message, let help):
      FaultMessage(id: "invalid", message: message, help: help)
    default: FaultMessage(id: "internal", message: "\(self)")
    }
  }
}

private func operatorHelp(_ symbol: String, _ left: String, _ right: String) -> String? {
  let kinds = [left, right]
  if symbol == "+", kinds.contains("a string") {
    return "braces put a value into a text: \"{x}\""
  }
  if kinds.contains("a model") || kinds.contains("a function") {
    return "a function or model is called first: f(x)"
  }
  if symbol == "+", kinds.contains(where: { $0.hasPrefix("a list") }) {
    return "append(list, x) adds one element, concat(a, b) joins tensors"
  }
  return nil
}

private func secondDerivativeLabel(_ name: String) -> String {
  switch name {
  case "det": "it is singular"
  case "svd": "two singular values are equal, or one is 0"
  default: "two eigenvalues are equal"
  }
}

func elements(_ count: Int) -> String { count == 1 ? "1 element" : "\(count) elements" }

/// `a`, `b` or `c`.
private func listing(_ names: [String]) -> String {
  let quoted = names.map { "`\($0)`" }
  guard quoted.count > 1, let last = quoted.last else { return quoted.first ?? "" }
  return quoted.dropLast().joined(separator: ", ") + " or " + last
}
