import Kernels
import Models
import Specimens
import Tensors

/// Prints digests of what the engine computes, a line for each part and number of threads. Builds
/// for different machines must print the same lines.
///
/// Usage: Digests [few | some | all]: how many of the random programs and training steps, because
/// some builds are slow.
@main
enum Digests {
  static func main() throws {
    let amount = CommandLine.arguments.dropFirst().first ?? "all"
    let parts = ["few": 1, "some": 2, "all": 3][amount] ?? 3
    for threads in 1...3 {
      let engine = Engine(threads: threads, memoryLimit: 1 << 30)
      for (part, seeds) in [0..<20, 20..<60, 60..<300].prefix(parts).enumerated() {
        let digest = try programs(seeds, engine)
        print("\(threads) threads, programs \(seeds) of part \(part): \(digest)")
      }
      var training = try SmallTraining(engine)
      for steps in [2, 6, 40].prefix(parts) {
        print("\(threads) threads, \(steps) more training steps: \(try training.digest(steps))")
      }
    }
  }

  private static func programs(_ seeds: Range<Int>, _ engine: Engine) throws -> Digest {
    var digest = Digest()
    for seed in seeds {
      var graph = try RandomGraph(seed: seed)
      let leaves = graph.pool
      try graph.grow(24)
      let scalar = try graph.pool.last!.sum()
      let gradients = try Gradient.of(scalar, withRespectTo: leaves).compactMap { $0 }
      let asked = Array(graph.pool.suffix(3)) + gradients
      try engine.realize(asked, cut: true)
      for tensor in asked { digest.add(try engine.values(of: tensor)) }
    }
    return digest
  }
}

/// FNV-1a over the bits of numbers; all NaNs count as one.
struct Digest: CustomStringConvertible {
  private var state: UInt64 = 0xcbf2_9ce4_8422_2325

  mutating func add(_ values: [Float]) {
    for value in values {
      let bits = value.isNaN ? 0x7fc0_0000 : value.bitPattern
      for shift in stride(from: 0, to: 32, by: 8) {
        state = (state ^ UInt64(bits >> UInt32(shift) & 255)) &* 0x100_0000_01b3
      }
    }
  }

  var description: String { String(state, radix: 16) }
}
