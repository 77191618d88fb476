import Specimens
import Testing

@testable import Tensors

/// Whole training steps of small networks, as `minimize` builds them.
@Suite struct TrainingPlanTests {
  let engine = Engine(threads: 2, memoryLimit: 1 << 30)

  func weights(_ rows: Int, _ columns: Int, _ seed: Int) throws -> Tensor {
    var random = TestRandom(seed)
    return try Tensor(
      (0..<(rows * columns)).map { _ in random.float() * 0.3 }, shape: [rows, columns])
  }

  func layers(_ sizes: [Int], _ seed: Int) throws -> [Tensor] {
    var parameters: [Tensor] = []
    for (index, (inputs, outputs)) in zip(sizes, sizes.dropFirst()).enumerated() {
      parameters.append(try weights(inputs, outputs, seed + index))
      parameters.append(try weights(1, outputs, seed + 50 + index).reshape(to: [outputs]))
    }
    return parameters
  }

  func apply(_ parameters: [Tensor], _ x: Tensor) throws -> Tensor {
    var x = x
    for index in stride(from: 0, to: parameters.count, by: 2) {
      x = try x.matrixProduct(parameters[index]) + parameters[index + 1]
      if index + 2 < parameters.count { x = try .map(.relu, x) }
    }
    return x
  }

  /// One step of a rule with memory, so that chains have several outputs.
  func step(_ parameters: [Tensor], _ loss: Tensor) throws -> (after: [Tensor], memory: [Tensor]) {
    let gradients = try Gradient.of(loss, withRespectTo: parameters)
    var (after, memory): ([Tensor], [Tensor]) = ([], [])
    for (w, g) in zip(parameters, gradients) {
      let m = try Tensor(0.9) * w + Tensor(0.1) * g!
      let v = try Tensor(0.01) * .map(.square, g!)
      memory += [m, v]
      after.append(try w - Tensor(0.01) * m / (.map(.sqrt, v) + Tensor(0.1)))
    }
    return (after, memory)
  }

  /// Both players of a small GAN in one plan.
  @Test(arguments: [[2, 8, 1], [2, 1], [3, 17, 16, 1], [2, 64, 33, 1]])
  func twoPlayers(sizes: [Int]) throws {
    let d = try layers(sizes, 1)
    let g = try layers([2, 16, sizes[0]], 9)
    let z = try weights(16, 2, 77)
    let x = try weights(16, sizes[0], 78)
    let fake = try apply(g, z)
    let (dAfter, dMemory) = try step(d, apply(d, x).mean() - apply(d, fake).mean())
    let (gAfter, gMemory) = try step(g, apply(dAfter, apply(g, z)).mean())
    let outputs = dAfter + dMemory + gAfter + gMemory
    var reference = GraphReference()
    let expected = outputs.map { reference.values(of: $0) }
    try engine.realize(outputs, cut: true)
    for (index, output) in outputs.enumerated() {
      #expect(sameBits(try engine.values(of: output), expected[index]), "output \(index)")
    }
  }
}
