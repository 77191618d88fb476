/// What can be wrong with a tensor operation: facts only, `Evaluation` writes the sentences.
package enum TensorError: Error, Sendable, Hashable {
  /// Two shapes that do not broadcast together.
  case broadcastMismatch(operation: String, Shape, Shape)
  /// A matrix product whose inner sizes differ.
  case innerSizeMismatch(left: Shape, right: Shape, leftInner: Int, rightInner: Int)
  /// A matrix product with a number.
  case productOfScalar(left: Shape, right: Shape)
  case axisOutOfRange(axis: Int, shape: Shape)
  case reshapeMismatch(from: Shape, to: Shape)
  case indexOutOfRange(index: Int, size: Int, axis: Int)
  /// An index that is a fraction, NaN or beyond every integer.
  case indexNotWhole(Float)
  case concatenationMismatch(Shape, Shape, axis: Int)
  case rankMismatch(operation: String, expected: Int, shape: Shape)
  case rankLimit(rank: Int, limit: Int)
  case emptyReduction(operation: String, shape: Shape)
  case channelMismatch(operation: String, input: Shape, weight: Shape)
  case windowTooLarge(operation: String, input: Shape, window: [Int])
  /// A picture side that a pooling or upsampling factor does not divide.
  case notDivisible(operation: String, size: Int, by: Int)
  case notScalar(operation: String, shape: Shape)
  /// A tensor or a plan that needs more memory than is allowed.
  case outOfMemory(bytes: Int, limit: Int)
  case singularMatrix(operation: String)
  case notSquare(operation: String, shape: Shape)
  case notConverged(operation: String)
  /// A computation that was stopped before its end.
  case interrupted
  /// A matrix with NaN or infinity, which has no decomposition.
  case notFinite(operation: String)
}
