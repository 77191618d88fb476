import Tensors

/// Losses as textbooks define them; none of them takes a mean or a sum over the batch.
package enum Losses {
  /// Squared error, one value per element.
  package static func squaredError(
    _ prediction: Tensor, _ target: Tensor
  ) throws(TensorError) -> Tensor {
    try .map(.square, prediction - target)
  }

  /// Bernoulli cross-entropy −(t·log p + (1 − t)·log(1 − p)), one value per element.
  ///
  /// Of a probability that is a sigmoid of u it is computed as softplus(u) − t·u, which is exact
  /// far in the tails; otherwise logarithms stop at −100, as PyTorch's do.
  package static func binaryCrossEntropy(
    _ probability: Tensor, _ target: Tensor
  ) throws(TensorError) -> Tensor {
    if case .map(.sigmoid) = probability.node.op, let u = probability.node.inputs.first {
      return try .map(.softplus, Tensor(u)) - target * Tensor(u)
    }
    let floor = Tensor(-100)
    let logarithm = try Tensor.map(.maximum, .map(.log, probability), floor)
    let complement = try Tensor.map(.maximum, .map(.log, Tensor(1) - probability), floor)
    return try -(target * logarithm + (Tensor(1) - target) * complement)
  }

  /// −log softmax(logits) at the true class, one value per row.
  /// Shape: [B, K], classes [B] or one-hot [B, K] → [B].
  package static func crossEntropy(
    _ logits: Tensor, _ target: Tensor
  ) throws(TensorError) -> Tensor {
    let oneHot = target.rank == logits.rank ? target : try target.oneHot(logits.shape.sizes.last!)
    return try -(logits.logSoftmax(axis: -1) * oneHot).sum(axes: [logits.rank - 1])
  }

  /// ½ Σ (σ² + μ² − 1 − log σ²): the divergence of N(μ, σ²) from N(0, 1), one value per row.
  /// Shape: [B, Z], [B, Z] → [B]. Source: Kingma & Welling, arXiv 1312.6114, appendix B.
  package static func normalDivergence(
    _ mean: Tensor, logVariance: Tensor
  ) throws(TensorError) -> Tensor {
    let terms = try Tensor.map(.exp, logVariance) + .map(.square, mean) - Tensor(1) - logVariance
    return try Tensor(0.5) * terms.sum(axes: [mean.rank - 1])
  }

  /// Half the squared error where |error| ≤ delta, linear beyond; one value per element.
  package static func huber(
    _ prediction: Tensor, _ target: Tensor, delta: Tensor
  ) throws(TensorError) -> Tensor {
    let error = try Tensor.map(.absolute, prediction - target)
    let quadratic = try Tensor(0.5) * .map(.square, error)
    let linear = try delta * (error - Tensor(0.5) * delta)
    return try .map(.select, .map(.lessOrEqual, error, delta), quadratic, linear)
  }

  /// max(0, 1 − t·y) with t = ±1; one value per element.
  package static func hinge(_ score: Tensor, _ target: Tensor) throws(TensorError) -> Tensor {
    try .map(.relu, Tensor(1) - target * score)
  }
}

extension Tensor {
  /// Rows of zeros with a one at each class. Shape: [B…] → [B…, classes].
  /// Throws: when computed, `indexOutOfRange` for a class that does not exist.
  package func oneHot(_ classes: Int) throws(TensorError) -> Tensor {
    let numbers = try Tensor((0..<classes).map(Float.init), shape: [classes])
    // The number at place k is k: the look-up changes nothing and refuses classes out of range.
    let checked = try numbers.gathered(self)
    return try .map(.equal, checked.reshape(to: Shape(shape.sizes + [1])), numbers)
  }
}
