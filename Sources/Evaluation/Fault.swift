import Codecs
import Tensors

/// What can go wrong while a program runs: facts only. `FaultMessages` has the sentences, and the
/// evaluator adds the place.
enum Fault: Error {
  case unknownName(String, suggestions: [String])
  /// A name such as `_3` without a value, after so many values were shown.
  case unknownResult(String, shownCount: Int)
  /// A name that existed in a block that has ended.
  case nameOutOfScope(String)
  /// A curve that `history` does not have.
  case untracked(String, tracked: [String])
  case unknownField(String, of: String, available: [String])
  case noHelp(String, suggestions: [String])
  case wrongKind(expected: String, got: String, place: String, signature: String? = nil)
  /// `hidden` is the built-in whose name the callee has.
  case notCallable(String, hidden: String?)
  case missingArgument(String, signature: String)
  case extraArgument(signature: String, limit: Int)
  case unknownLabel(String, signature: String, suggestions: [String])
  case repeatedArgument(String, signature: String)
  case missingBlock(String, signature: String)
  case unexpectedBlock(String)
  case notWhole(Float, place: String)
  case tooLarge(Float, place: String)
  case outOfRange(value: String, place: String, allowed: String)
  case indexOutOfRange(index: Int, count: Int, what: String)
  case tooManyIndices(count: Int, shape: Shape)
  /// An axis that is named more than once.
  case repeatedAxis(Int)
  /// A gradient of a gradient through a result of linear algebra where it does not exist.
  case noSecondDerivative(of: String)
  /// What cannot be gone through, taken apart or counted.
  case noElements(String)
  /// What `x[i] = value` cannot change.
  case fixedElements(of: String)
  case ambiguousCondition(Shape)
  case cannotUnpack(count: Int, into: Int)
  case unpackedKind(String, into: Int)
  case unsupportedOperator(String, String, String)
  /// `+` of nothing and one element, which by the rules of broadcasting is nothing.
  case lostInBroadcast
  case expectationFailed(String?, detail: String?)
  case callDepth(limit: Int)
  case evaluationDepth(limit: Int)
  case stringLimit(limit: Int)
  case listLimit(limit: Int)
  case listDepth(limit: Int)
  case numberAsCondition(Float)
  /// Positions along two axes that do not make pairs.
  case unpairedPositions(Shape, Shape)
  case interrupted
  case trainingInterrupted(step: Int, steps: Int)
  case notTrainable(String)
  case emptyData(String)
  /// Data of which the same rows were to be drawn.
  case unevenRows(Int, Int)
  /// An argument with as many elements as something else has, or with at most as many.
  case countMismatch(name: String, count: Int, expected: Int, each: String, allowsFewer: Bool)
  case maskMismatch(mask: Shape, indexed: Shape)
  case modelInputSize(model: String, expected: Int, got: Shape)
  case raggedList([String])
  case notPicture(Shape)
  case emptyFrame
  case unevenFrames(number: Int, pictures: String, first: String)
  /// What `notes:` was given instead of words at a place.
  case notNotes(String)
  case notOverAxes
  case unknownFormat(path: String, known: [String])
  case format(path: String, FormatError)
  /// A block of a command that was to be left before its end.
  case blockLeft(String)
  case invalid(String, help: String?)
}
