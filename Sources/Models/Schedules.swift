import Tensors

/// Step sizes that change while training goes on, as graph over the number of the step, so that a
/// replayed step computes its own.
package enum Schedule {
  /// From 0 to 1 over `total` steps in equal parts, then 1.
  package static func warmup(_ step: Tensor, total: Tensor) throws(TensorError) -> Tensor {
    try .map(.minimum, (step + Tensor(1)) / .map(.maximum, total, Tensor(1)), Tensor(1))
  }

  /// From `start` to `end` along half a cosine, then `end`.
  /// Source: Loshchilov & Hutter, arXiv 1608.03983, equation 5, without restarts.
  package static func cosine(
    _ step: Tensor, total: Tensor, from start: Tensor, to end: Tensor
  ) throws(TensorError) -> Tensor {
    let angle = try Tensor(Float.pi) * share(step, total)
    return try end + Tensor(0.5) * (start - end) * (Tensor(1) + .map(.cos, angle))
  }

  /// From `start` to `end` by the same factor each step, then `end`.
  package static func exponential(
    _ step: Tensor, total: Tensor, from start: Tensor, to end: Tensor
  ) throws(TensorError) -> Tensor {
    try start * .map(.power, end / start, share(step, total))
  }

  /// Multiplied by `factor` after every `length` steps, from 1.
  package static func staircase(
    _ step: Tensor, length: Tensor, factor: Tensor
  ) throws(TensorError) -> Tensor {
    try .map(.power, factor, .map(.floor, step / .map(.maximum, length, Tensor(1))))
  }

  /// How much of `total` is done, from 0 to 1.
  private static func share(_ step: Tensor, _ total: Tensor) throws(TensorError) -> Tensor {
    let done = try step / .map(.maximum, total, Tensor(1))
    return try .map(.minimum, .map(.maximum, done, Tensor(0)), Tensor(1))
  }
}
