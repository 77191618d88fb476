import Models
import Tensors

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
        message: "axis \(axis) has \(elements(size)), there is none at \(index)",
        help: size == 0
          ? nil : "positions, rows and labels count from 0: here they are 0 … \(size - 1)")
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
    case .interrupted: Fault.interrupted.sentence
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
