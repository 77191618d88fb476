import Kernels
import Tensors
import Testing

@testable import Datasets

@Suite struct SyntheticTests {
  private let engine = Engine(threads: 1, memoryLimit: 1 << 30)
  private let count = 20_000

  private func rows(_ tensor: Tensor) throws -> [[Float]] {
    let values = try engine.values(of: tensor)
    let width = tensor.shape[1]
    return stride(from: 0, to: values.count, by: width).map { Array(values[$0..<($0 + width)]) }
  }

  private func random(_ seed: UInt64 = 5) -> RandomStream { RandomStream(seed: seed) }

  @Test func ringModesStandWhereTheyShould() throws {
    var stream = random()
    let ring = try Synthetic.ring(
      count, modes: 8, radius: Tensor(2), std: Tensor(0.05), &stream)
    let labels = try engine.values(of: ring.labels)
    let points = try rows(ring.points)
    var sizes = [Int](repeating: 0, count: 8)
    var squares: Float = 0
    for (point, label) in zip(points, labels) {
      let angle = label * 2 * .pi / 8
      let (c, s) = try circle(angle)
      let (dx, dy) = (point[0] - 2 * c, point[1] - 2 * s)
      squares += dx * dx + dy * dy
      sizes[Int(label)] += 1
    }
    let std = (squares / Float(2 * count)).squareRoot()
    #expect(abs(std - 0.05) < 0.001)
    // Five standard deviations of a binomial count.
    #expect(sizes.allSatisfy { abs($0 - count / 8) < 240 })
  }

  private func circle(_ angle: Float) throws -> (Float, Float) {
    (try engine.number(.map(.cos, Tensor(angle))), try engine.number(.map(.sin, Tensor(angle))))
  }

  @Test func withoutNoisePointsLieOnTheirCurves() throws {
    var stream = random()
    let moons = try Synthetic.moons(500, noise: Tensor(0), &stream)
    for (point, label) in zip(try rows(moons.points), try engine.values(of: moons.labels)) {
      let (x, y) = (point[0] - label, point[1] - 0.5 * label)
      #expect(abs(x * x + y * y - 1) < 1e-5)
      #expect(label == 0 ? y >= 0 : y <= 1e-6)
    }
    let rings = try Synthetic.rings(500, classes: 3, noise: Tensor(0), &stream)
    for (point, label) in zip(try rows(rings.points), try engine.values(of: rings.labels)) {
      let radius = (point[0] * point[0] + point[1] * point[1]).squareRoot()
      #expect(abs(radius - (label + 1)) < 1e-5)
    }
    let roll = try Synthetic.swissRoll(500, noise: Tensor(0), &stream)
    let along = try engine.values(of: roll.factors[0].values)
    let across = try engine.values(of: roll.factors[1].values)
    for (index, point) in try rows(roll.points).enumerated() {
      let radius = (point[0] * point[0] + point[2] * point[2]).squareRoot()
      #expect(abs(radius - 1.5 * .pi * (1 + 2 * along[index])) < 1e-3)
      #expect(abs(point[1] - 21 * across[index]) < 1e-4)
    }
  }

  @Test func theSameSeedGivesTheSamePoints() throws {
    func blobs(_ seed: UInt64) throws -> [Float] {
      var stream = random(seed)
      return try engine.values(
        of: Synthetic.blobs(50, classes: 3, std: Tensor(1), &stream).points)
    }
    #expect(try blobs(1) == blobs(1))
    #expect(try blobs(1) != blobs(2))
  }
}
