import Specimens
import Testing

@testable import Tensors

@Suite struct PlanTests {
  /// Random graphs, several nodes asked for at once, against the plain loops.
  @Test(arguments: [1, 2, 3]) func plansAgreeWithReference(threads: Int) throws {
    let engine = Engine(threads: threads, memoryLimit: 1 << 30)
    for seed in 0..<700 {
      var graph = try RandomGraph(seed: seed)
      try graph.grow(24)
      let asked = graph.pool.suffix(1 + seed % 5)
      var reference = GraphReference()
      let expected = asked.map { reference.values(of: $0) }
      try engine.realize(Array(asked), cut: seed % 2 == 0)
      for (tensor, values) in zip(asked, expected) {
        let received = try engine.values(of: tensor)
        #expect(sameBits(received, values), "seed \(seed): \(tensor.node.op.name) \(tensor.shape)")
      }
    }
  }

  /// The gradients of random graphs are graphs too.
  @Test func gradientsAgreeWithReference() throws {
    let engine = Engine(threads: 2, memoryLimit: 1 << 30)
    for seed in 1000..<1400 {
      var graph = try RandomGraph(seed: seed)
      let leaves = graph.pool
      try graph.grow(16)
      let scalar = try graph.pool.last!.sum()
      let gradients = try Gradient.of(scalar, withRespectTo: leaves).compactMap { $0 }
      var reference = GraphReference()
      let expected = gradients.map { reference.values(of: $0) }
      try engine.realize(gradients, cut: true)
      for (tensor, values) in zip(gradients, expected) {
        #expect(sameBits(try engine.values(of: tensor), values), "seed \(seed)")
      }
    }
  }

  @Test func aPlanServesEveryGraphOfItsStructure() throws {
    let engine = Engine(threads: 1, memoryLimit: 1 << 30)
    for value: Float in [1, 2, 3] {
      let x = try Tensor([value, 2], shape: [2])
      let y = try (x * Tensor(value) + Tensor(1)).sum()
      #expect(try engine.number(y) == value * value + 2 * value + 2)
    }
  }

  @Test func tooLargeARequestSaysItsSize() throws {
    let engine = Engine(threads: 1, memoryLimit: 1 << 20)
    let x = try Tensor.full(1, shape: [1 << 20])
    #expect(throws: TensorError.outOfMemory(bytes: 1 << 22, limit: 1 << 20)) {
      try engine.realize([x + Tensor(1)], cut: true)
    }
  }
}
