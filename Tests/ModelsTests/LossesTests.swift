import Kernels
import Tensors
import Testing

@testable import Models

@Suite struct LossesTests {
  private let engine = Engine(threads: 1, memoryLimit: 1 << 30)

  private func values(_ tensor: Tensor) throws -> [Float] { try engine.values(of: tensor) }

  @Test func lossesAgreeWithPyTorch() throws {
    let prediction = try Tensor([-1.5, 0.2, 0.9, 3], shape: [4])
    let target = try Tensor([0.5, 0.1, -0.9, 2.7], shape: [4])
    let huber = try Losses.huber(prediction, target, delta: Tensor(0.5))
    #expect(agree(try values(huber), PyTorch.huber))
    let classes = try Tensor([0, 3, 2], shape: [3])
    let logits = try Workbench.ramp(3, 4)
    #expect(agree(try values(Losses.crossEntropy(logits, classes)), PyTorch.crossEntropy))
    let oneHot = try classes.oneHot(4)
    #expect(agree(try values(Losses.crossEntropy(logits, oneHot)), PyTorch.crossEntropy))
    let u = try Tensor([-200, -3, 0.5, 4, 200], shape: [5])
    let t = try Tensor([0, 1, 0.3, 0, 1], shape: [5])
    let bce = try Losses.binaryCrossEntropy(.map(.sigmoid, u), t)
    #expect(agree(try values(bce), PyTorch.bceOfSigmoid))
  }

  @Test func lossesAreTheirFormulas() throws {
    let (p, t) = (try Tensor([0.9, 0.1, 0, 1], shape: [4]), try Tensor([1, 1, 0, 0], shape: [4]))
    // −log 0.9, −log 0.1, and the edges: certain and right is 0, certain and wrong stops at 100.
    #expect(agree(try values(Losses.binaryCrossEntropy(p, t)), [0.10536, 2.302585, 0, 100]))
    #expect(agree(try values(Losses.squaredError(p, t)), [0.01, 0.81, 0, 1]))
    let scores = try Tensor([2, 0.5, -1], shape: [3])
    let signs = try Tensor([1, 1, 1], shape: [3])
    #expect(try values(Losses.hinge(scores, signs)) == [0, 0.5, 2])
    let mean = try Tensor([0, 1, -2, 0.5], shape: [2, 2])
    let logVariance = try Tensor([0, 0, 1, -1], shape: [2, 2])
    // ½(1 + 0 − 1 − 0) + ½(1 + 1 − 1 − 0); ½(e + 4 − 1 − 1) + ½(1/e + ¼ − 1 + 1).
    let divergence = try values(Losses.normalDivergence(mean, logVariance: logVariance))
    #expect(agree(divergence, [0.5, 2.6680806]))
  }

  @Test func aClassThatDoesNotExistIsRefused() throws {
    for label: Float in [3, -1] {
      #expect(throws: TensorError.self) {
        try values(Tensor([label], shape: [1]).oneHot(3))
      }
    }
  }

  /// Slopes of every loss in its first argument against central differences.
  @Test func gradientsAreSlopes() throws {
    let target = try Tensor([0.2, 1, 0, 0.7], shape: [2, 2])
    let losses: [(String, (Tensor) throws -> Tensor)] = [
      ("mse", { try Losses.squaredError($0, target) }),
      ("bce", { try Losses.binaryCrossEntropy($0, target) }),
      ("bce of sigmoid", { try Losses.binaryCrossEntropy(.map(.sigmoid, $0), target) }),
      ("cross_entropy", { try Losses.crossEntropy($0, Tensor([1, 0], shape: [2])) }),
      ("kl_normal", { try Losses.normalDivergence($0, logVariance: target) }),
      ("huber", { try Losses.huber($0, target, delta: Tensor(0.25)) }),
      ("hinge", { try Losses.hinge($0, target) }),
    ]
    let center: [Float] = [0.35, 0.6, 0.15, 0.45]
    for (name, loss) in losses {
      let x = try Tensor(center, shape: [2, 2])
      let slopes = try values(Gradient.of(loss(x).sum(), withRespectTo: [x])[0]!)
      for index in center.indices {
        let sides = try [Float(1e-3), -1e-3].map { shift in
          var moved = center
          moved[index] += shift
          return try engine.number(loss(Tensor(moved, shape: [2, 2])).sum())
        }
        #expect(abs((sides[0] - sides[1]) / 2e-3 - slopes[index]) < 5e-3, "\(name)")
      }
    }
  }
}
