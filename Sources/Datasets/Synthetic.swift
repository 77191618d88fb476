import Tensors

/// Points of two or three numbers whose making is known: the sets on which ideas are tried first.
///
/// All are graph over draws of a random stream, so the same seed gives the same points everywhere.
package enum Synthetic {
  package struct Points {
    /// Shape: [N, D].
    package let points: Tensor
    /// The component or class of each point. Shape: [N].
    package let labels: Tensor
    /// What the points were made from, by name, each [N].
    package var factors: [(name: String, values: Tensor)] = []
  }

  /// Gaussian clouds around centers that stand on a circle of radius 4.
  package static func blobs(
    _ count: Int, classes: Int, std: Tensor, _ random: inout RandomStream
  ) throws(TensorError) -> Points {
    try ring(count, modes: classes, radius: Tensor(4), std: std, &random)
  }

  /// Gaussian modes that stand evenly on a circle; a point's mode is drawn at random.
  package static func ring(
    _ count: Int, modes: Int, radius: Tensor, std: Tensor, _ random: inout RandomStream
  ) throws(TensorError) -> Points {
    let mode = try random.draw(.integers(bound: modes), shape: [count])
    let angle = try mode * Tensor(2 * .pi / Float(modes))
    let centers = try circle(angle) * radius
    let noise = try random.draw(.normal, shape: [count, 2])
    return Points(points: try centers + std * noise, labels: mode)
  }

  /// Two half circles that reach into each other.
  package static func moons(
    _ count: Int, noise: Tensor, _ random: inout RandomStream
  ) throws(TensorError) -> Points {
    let label = try random.draw(.integers(bound: 2), shape: [count])
    let angle = try random.draw(.uniform, shape: [count]) * Tensor(.pi)
    let side = try Tensor(1) - label * Tensor(2)
    let x = try side * .map(.cos, angle) + label
    let y = try side * .map(.sin, angle) + label * Tensor(0.5)
    let points = try columns([x, y]) + noise * random.draw(.normal, shape: [count, 2])
    return Points(points: points, labels: label, factors: [("angle", angle)])
  }

  /// Circles of radius 1, 2, … around one center.
  package static func rings(
    _ count: Int, classes: Int, noise: Tensor, _ random: inout RandomStream
  ) throws(TensorError) -> Points {
    let label = try random.draw(.integers(bound: classes), shape: [count])
    let angle = try random.draw(.uniform, shape: [count]) * Tensor(2 * .pi)
    let radius = try (label + Tensor(1)).reshape(to: [count, 1])
    let points = try circle(angle) * radius + noise * random.draw(.normal, shape: [count, 2])
    return Points(points: points, labels: label, factors: [("angle", angle)])
  }

  /// A sheet rolled up in three dimensions; its two coordinates are the factors.
  package static func swissRoll(
    _ count: Int, noise: Tensor, _ random: inout RandomStream
  ) throws(TensorError) -> Points {
    let along = try random.draw(.uniform, shape: [count])
    let across = try random.draw(.uniform, shape: [count])
    let angle = try Tensor(1.5 * .pi) * (Tensor(1) + Tensor(2) * along)
    let sheet = try columns([
      angle * .map(.cos, angle), Tensor(21) * across, angle * .map(.sin, angle),
    ])
    let points = try sheet + noise * random.draw(.normal, shape: [count, 3])
    let turn = try Tensor.map(.floor, along * Tensor(3))
    return Points(
      points: points, labels: turn, factors: [("along", along), ("across", across)])
  }

  /// Points of the unit circle. Shape: [N] → [N, 2].
  private static func circle(_ angle: Tensor) throws(TensorError) -> Tensor {
    try columns([.map(.cos, angle), .map(.sin, angle)])
  }

  /// Shape: D of [N] → [N, D].
  private static func columns(_ parts: [Tensor]) throws(TensorError) -> Tensor {
    var columns: [Tensor] = []
    for part in parts { columns.append(try part.reshape(to: [part.count, 1])) }
    return try .concat(columns, axis: 1)
  }
}
