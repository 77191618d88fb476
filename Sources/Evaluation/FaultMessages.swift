import Models
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
    case .notCallable(let kind):
      FaultMessage(
        id: "not-callable", message: "\(kind) cannot be called", label: "not a function or model",
        help: "only functions and models can be called: f(x)")
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
    case .interrupted:
      FaultMessage(
        id: "interrupted", message: "stopped by Ctrl-C", label: "here",
        help: "everything up to here is kept")
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

extension TensorError {
  var sentence: FaultMessage {
    switch self {
    case .broadcastMismatch(let operation, let a, let b):
      FaultMessage(
        id: "shape-mismatch", message: "cannot combine \(a) and \(b) with `\(operation)`",
        label: clash(a, b),
        help: "sizes must be equal or 1, compared from the last axis")
    case .innerSizeMismatch(let left, let right, let inner, let other):
      FaultMessage(
        id: "shape-mismatch", message: "cannot multiply \(left) by \(right)",
        label: "inner sizes differ: \(inner) and \(other)",
        help: productHelp(left, right, inner))
    case .productOfScalar(let left, let right):
      FaultMessage(
        id: "shape-mismatch", message: "the matrix product of \(left) and \(right) is not defined",
        label: "a number has no rows or columns", help: "use * to multiply by a number")
    case .axisOutOfRange(let axis, let shape):
      FaultMessage(
        id: "axis-out-of-range", message: "there is no axis \(axis) in \(shape)",
        label: shape.rank == 0 ? "a number has no axes" : "axes are 0 … \(shape.rank - 1)")
    case .reshapeMismatch(let from, let to):
      FaultMessage(
        id: "shape-mismatch", message: "cannot reshape \(from) to \(to)",
        label: "\(from.count) elements cannot fill \(to.count)")
    case .indexOutOfRange(let index, let size, let axis):
      FaultMessage(
        id: "index-out-of-range",
        message: "axis \(axis) has \(elements(size)), there is none at \(index)")
    case .indexNotWhole(let index):
      FaultMessage(
        id: "not-whole", message: "an index must be a whole number, not \(display(index))")
    case .concatenationMismatch(let a, let b, let axis):
      FaultMessage(
        id: "shape-mismatch", message: "cannot join \(a) and \(b) along axis \(axis)",
        label: "the other sizes must agree")
    case .rankMismatch(let operation, let expected, let shape):
      FaultMessage(
        id: "rank-mismatch",
        message: "`\(operation)` needs \(expected) \(expected == 1 ? "axis" : "axes"), "
          + (shape.rank == 0 ? "a number has none" : "\(shape) has \(shape.rank)"),
        help: expected == 4
          ? "pictures are B×C×H×W: reshape(x, batch, channels, height, width)" : nil)
    case .rankLimit(let rank, let limit):
      FaultMessage(id: "rank-limit", message: "\(rank) axes are more than the limit of \(limit)")
    default: furtherSentence
    }
  }

  private var furtherSentence: FaultMessage {
    switch self {
    case .emptyReduction(let operation, let shape):
      FaultMessage(
        id: "empty-reduction", message: "`\(operation)` of nothing: the shape is \(shape)")
    case .channelMismatch(let operation, let input, let weight):
      FaultMessage(
        id: "shape-mismatch",
        message: "`\(operation)` with weights \(weight) does not fit pictures \(input)",
        label: "channels differ")
    case .windowTooLarge(let operation, let input, let window):
      FaultMessage(
        id: "shape-mismatch",
        message: "`\(operation)` with a window of \(Shape(window)) does not fit \(input)",
        label: "the window of \(Shape(window)) is larger than the padded picture")
    case .notDivisible(let operation, let size, let factor):
      FaultMessage(
        id: "shape-mismatch", message: "`\(operation)`: \(size) is not divisible by \(factor)")
    case .notScalar(let operation, let shape):
      FaultMessage(
        id: "not-a-number", message: "\(operation) needs one number, this is \(shape)",
        label: "many values", help: "reduce it first: mean(…) or sum(…)")
    case .outOfMemory(let bytes, let limit):
      FaultMessage(
        id: "out-of-memory",
        message: "this needs \(byteCount(bytes)), more than "
          + (limit > 0 ? "the limit of \(byteCount(limit))" : "the machine has free"),
        help: "latent --memory SIZE raises the limit")
    case .singularMatrix(let operation):
      FaultMessage(id: "singular-matrix", message: "`\(operation)`: the matrix is singular")
    case .notSquare(let operation, let shape):
      FaultMessage(
        id: "shape-mismatch", message: "`\(operation)` needs a square matrix, this is \(shape)")
    case .notConverged(let operation):
      FaultMessage(id: "not-converged", message: "`\(operation)` did not converge")
    case .notFinite(let operation):
      FaultMessage(
        id: "not-finite", message: "`\(operation)` needs numbers, the matrix holds nan or infinity")
    default: FaultMessage(id: "internal", message: "\(self)")
    }
  }
}

extension LayerError {
  var sentence: FaultMessage {
    switch cause {
    case .outOfMemory, .indexOutOfRange, .indexNotWhole: cause.sentence
    default:
      FaultMessage(
        id: "shape-mismatch", message: "the layer `\(layer)` takes \(accepts), not \(input)",
        label: cause.sentence.label,
        help: input.rank == 2 && accepts.hasSuffix(", H, W]") && !accepts.contains(" or ")
          ? "rows of pixels become pictures with reshape(channels, height, width) in front" : nil)
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

private func elements(_ count: Int) -> String { count == 1 ? "1 element" : "\(count) elements" }

/// `a`, `b` or `c`.
private func listing(_ names: [String]) -> String {
  let quoted = names.map { "`\($0)`" }
  guard quoted.count > 1, let last = quoted.last else { return quoted.first ?? "" }
  return quoted.dropLast().joined(separator: ", ") + " or " + last
}

/// Says which sizes clash, counted from the last axis.
private func clash(_ a: Shape, _ b: Shape) -> String? {
  for back in 1...max(min(a.rank, b.rank), 1) where back <= a.rank && back <= b.rank {
    let (x, y) = (a[a.rank - back], b[b.rank - back])
    if x != y, x != 1, y != 1 { return "sizes differ: \(x) and \(y)" }
  }
  return nil
}

private func productHelp(_ left: Shape, _ right: Shape, _ inner: Int) -> String? {
  if right.rank == 2, right[1] == inner {
    return "transpose the right side: \(Operand.left) @ transpose(\(Operand.right))"
  }
  if left.rank == 2, right.rank >= 1, left[0] == right[max(right.rank - 2, 0)] {
    return "transpose the left side: transpose(\(Operand.left)) @ \(Operand.right)"
  }
  return nil
}

/// 1,536 bytes → `1.5 kB`.
func byteCount(_ bytes: Int) -> String {
  // Sizes saturate there.
  if bytes == .max { return "more than \(byteCount(.max - 1))" }
  let units = ["bytes", "kB", "MB", "GB", "TB", "PB", "EB"]
  var value = Double(bytes)
  var unit = 0
  while value >= 1000, unit < units.count - 1 {
    value /= 1000
    unit += 1
  }
  let rounded = (value * 10).rounded() / 10
  return unit == 0 || rounded == rounded.rounded()
    ? "\(Int(rounded)) \(units[unit])" : "\(rounded) \(units[unit])"
}
