/// The session's source of random numbers: a seed and how many draws were made.
///
/// A draw is named by (seed, counter) and an element by its position in the draw, so values depend
/// on neither threads nor the order of evaluation.
package struct RandomStream: Sendable, Hashable {
  package let seed: UInt64
  package private(set) var counter: UInt64 = 0

  package init(seed: UInt64) { self.seed = seed }

  /// The next draw. Shape: as asked.
  package mutating func draw(
    _ distribution: Distribution, shape: Shape
  ) throws(TensorError) -> Tensor {
    let node = try Node(.random(distribution, seed: seed, counter: counter, shape: shape))
    counter += 1
    return Tensor(node)
  }

  /// Skips draws that a replayed step made on its own.
  package mutating func advance(by draws: UInt64) { counter += draws }
}
