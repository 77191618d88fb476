import Tensors

/// Brings each feature to mean 0 and variance 1, then to a learned scale and shift.
///
/// While it trains it measures the batch and keeps running statistics, with which it works
/// elsewhere and when it is frozen; as PyTorch's `nn.BatchNorm1d` and `nn.BatchNorm2d`.
/// Shape: [B, D] → [B, D]; [B, C, H, W] → [B, C, H, W].
/// Source: Ioffe & Szegedy, arXiv 1502.03167, algorithm 1.
package struct BatchNormalization: Layer {
  package let features: Int
  let weight: ParameterID
  let bias: ParameterID
  let runningMean: ParameterID
  let runningVariance: ParameterID

  /// Added to the variance.
  private static let epsilon: Float = 1e-5
  /// Share of the newest batch in the running statistics.
  private static let momentum: Float = 0.1

  package init(features: Int, _ context: inout LayerContext) throws(TensorError) {
    self.features = features
    let ones = try Tensor([Float](repeating: 1, count: features), shape: [features])
    let zeros = try Tensor([Float](repeating: 0, count: features), shape: [features])
    weight = try context.state.makeParameter(ones, name: "weight")
    bias = try context.state.makeParameter(zeros, name: "bias")
    runningMean = try context.state.makeStatistic(zeros, name: "running_mean")
    runningVariance = try context.state.makeStatistic(ones, name: "running_var")
  }

  init(
    features: Int, weight: ParameterID, bias: ParameterID, mean: ParameterID,
    variance: ParameterID
  ) {
    self.features = features
    self.weight = weight
    self.bias = bias
    runningMean = mean
    runningVariance = variance
  }

  package func apply(_ x: Tensor, _ context: inout LayerContext) throws(TensorError) -> Tensor {
    guard x.rank >= 2 else {
      throw .rankMismatch(operation: "batchnorm", expected: 2, shape: x.shape)
    }
    guard x.shape[1] == features else {
      throw .channelMismatch(operation: "batchnorm", input: x.shape, weight: [features])
    }
    let axes = (0..<x.rank).filter { $0 != 1 }
    let line = Shape([1, features] + [Int](repeating: 1, count: x.rank - 2))
    let mean: Tensor
    let variance: Tensor
    if context.isTraining, !context.state.isFrozen(weight) {
      mean = try x.mean(axes: axes, keep: true)
      variance = try x.variance(axes: axes, keep: true)
      try note(mean, variance, count: x.count / max(features, 1), &context.state)
    } else {
      mean = try context.state.statistic(runningMean).reshape(to: line)
      variance = try context.state.statistic(runningVariance).reshape(to: line)
    }
    let scale = try context.state.value(of: weight).reshape(to: line)
    let shift = try context.state.value(of: bias).reshape(to: line)
    let deviation = try Tensor.map(.sqrt, variance + Tensor(BatchNormalization.epsilon))
    return try (x - mean) / deviation * scale + shift
  }

  /// Running variances are unbiased: they divide by n − 1.
  private func note(
    _ mean: Tensor, _ variance: Tensor, count: Int, _ state: inout StateStore
  ) throws(TensorError) {
    let fresh = Tensor(BatchNormalization.momentum)
    let kept = Tensor(1 - BatchNormalization.momentum)
    let unbiased = try variance * Tensor(Float(count) / Float(max(count - 1, 1)))
    try state.set(
      .statistic(runningMean),
      kept * state.statistic(runningMean) + fresh * mean.reshape(to: [features]))
    try state.set(
      .statistic(runningVariance),
      kept * state.statistic(runningVariance) + fresh * unbiased.reshape(to: [features]))
  }

  package var parameters: [ParameterID] { [weight, bias] }
  package var statistics: [ParameterID] { [runningMean, runningVariance] }

  package func replacingParameters(_ replacement: (ParameterID) -> ParameterID) -> any Layer {
    BatchNormalization(
      features: features, weight: replacement(weight), bias: replacement(bias),
      mean: replacement(runningMean), variance: replacement(runningVariance))
  }

  package var label: String { "batchnorm \(features)" }
  package var accepts: String { "[B, \(features)] or [B, \(features), H, W]" }
}
