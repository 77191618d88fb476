import Models
import Tensors

extension Builtins {
  static let losses: [Builtin] = [
    Builtin(
      "mse(prediction, target)", .losses, "the squared error of each element",
      shapes: "[…], […] → […]", example: "mse([1, 2], [1, 4])"
    ) { .tensor(try Losses.squaredError($0.tensor("prediction"), $0.tensor("target"))) },
    Builtin(
      "bce(probability, target)", .losses,
      "the Bernoulli cross-entropy of each element; exact if the probability is a sigmoid",
      shapes: "[…], […] → […]", example: "bce([0.9, 0.1], [1, 1])"
    ) { .tensor(try Losses.binaryCrossEntropy($0.tensor("probability"), $0.tensor("target"))) },
    Builtin(
      "cross_entropy(logits, labels)", .losses,
      "−log softmax(logits) at the true class, one number per row",
      shapes: "[B, K], [B] → [B]", example: "cross_entropy([[2, 0], [0, 2]], [0, 0])"
    ) { call in
      let logits = try call.tensor("logits")
      guard logits.rank >= 1 else {
        throw TensorError.rankMismatch(operation: "cross_entropy", expected: 2, shape: logits.shape)
      }
      return .tensor(try Losses.crossEntropy(logits, call.tensor("labels")))
    },
    Builtin(
      "kl_normal(mean, logvar)", .losses,
      "the divergence of N(mean, exp(logvar)) from N(0, 1), one number per row",
      shapes: "[B, Z], [B, Z] → [B]", example: "kl_normal([[0, 1]], [[0, 0]])"
    ) { call in
      let mean = try call.tensor("mean")
      guard mean.rank >= 1 else {
        throw TensorError.rankMismatch(operation: "kl_normal", expected: 2, shape: mean.shape)
      }
      return .tensor(try Losses.normalDivergence(mean, logVariance: call.tensor("logvar")))
    },
    Builtin(
      "huber(prediction, target, delta = 1)", .losses,
      "half the squared error near 0, linear beyond delta", shapes: "[…], […] → […]",
      example: "huber([0, 0], [0.5, 3])"
    ) { call in
      let delta = try call.optionalTensor("delta") ?? Tensor(1)
      return .tensor(
        try Losses.huber(call.tensor("prediction"), call.tensor("target"), delta: delta))
    },
    Builtin(
      "hinge(score, target)", .losses, "max(0, 1 − target·score) with targets ±1",
      shapes: "[…], […] → […]", example: "hinge([2, 0.5], [1, 1])"
    ) { .tensor(try Losses.hinge($0.tensor("score"), $0.tensor("target"))) },
  ]

  static let optimizers: [Builtin] = [
    Builtin(
      "adam(rate = 1e-3, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8)", .optimizers,
      "steps scaled by running means of the gradient and its square (Kingma & Ba 2015)",
      example: "adam(2e-4, beta1: 0.5)"
    ) { call in
      try call.optimizer(
        .adam(
          beta1: call.number("beta1", default: 0.9), beta2: call.number("beta2", default: 0.999),
          epsilon: call.number("epsilon", default: 1e-8), decay: 0), rate: 1e-3)
    },
    Builtin(
      "adamw(rate = 1e-3, decay = 0.01, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8)", .optimizers,
      "adam with weight decay apart from the gradient (Loshchilov & Hutter 2019)",
      example: "adamw(decay: 0.1)"
    ) { call in
      try call.optimizer(
        .adam(
          beta1: call.number("beta1", default: 0.9), beta2: call.number("beta2", default: 0.999),
          epsilon: call.number("epsilon", default: 1e-8),
          decay: call.number("decay", default: 0.01)), rate: 1e-3)
    },
    Builtin(
      "sgd(rate = 1e-2, momentum = 0, decay = 0, nesterov: false)", .optimizers,
      "steps along the gradient, with momentum and weight decay if wanted",
      example: "sgd(0.1, momentum: 0.9)"
    ) { call in
      try call.optimizer(
        .sgd(
          momentum: call.number("momentum", default: 0), decay: call.number("decay", default: 0),
          nesterov: call.flag("nesterov")), rate: 1e-2)
    },
    Builtin(
      "rmsprop(rate = 1e-3, smoothing = 0.99, epsilon = 1e-8, decay = 0)", .optimizers,
      "steps scaled by a running mean of the squared gradient", example: "rmsprop()"
    ) { call in
      try call.optimizer(
        .rmsprop(
          smoothing: call.number("smoothing", default: 0.99),
          epsilon: call.number("epsilon", default: 1e-8),
          decay: call.number("decay", default: 0)), rate: 1e-3)
    },
  ]
}

extension Builtins {
  static let schedules: [Builtin] = [
    Builtin(
      "warmup(step, steps)", .optimizers, "rises from 0 to 1 over so many steps, then stays",
      example: "warmup(4, 10)"
    ) { .tensor(try Schedule.warmup($0.tensor("step"), total: $0.tensor("steps"))) },
    Builtin(
      "cosine(step, steps, from = 1, to = 0)", .optimizers,
      "falls along half a cosine, for rate: and for what fades in or out",
      example: "w = parameter(1)\n"
        + "train 50 { step => minimize w, rate: cosine(step, 50, from: 0.1) { w^2 } }\nw < 0.2"
    ) { call in
      .tensor(
        try Schedule.cosine(
          call.tensor("step"), total: call.tensor("steps"),
          from: call.optionalTensor("from") ?? Tensor(1), to: call.optionalTensor("to") ?? Tensor(0)
        ))
    },
    Builtin(
      "exponential(step, steps, from = 1, to = 0.01)", .optimizers,
      "changes by the same factor each step", example: "exponential(50, 100, to: 0.01)"
    ) { call in
      .tensor(
        try Schedule.exponential(
          call.tensor("step"), total: call.tensor("steps"),
          from: call.optionalTensor("from") ?? Tensor(1),
          to: call.optionalTensor("to") ?? Tensor(0.01)))
    },
    Builtin(
      "staircase(step, length, factor = 0.1)", .optimizers,
      "starts at 1 and is multiplied by factor after every so many steps",
      example: "staircase(25, 10)"
    ) { call in
      .tensor(
        try Schedule.staircase(
          call.tensor("step"), length: call.tensor("length"),
          factor: call.optionalTensor("factor") ?? Tensor(0.1)))
    },
  ]
}

extension BoundCall {
  fileprivate func optimizer(_ rule: Optimizer.Rule, rate: Float) throws -> Value {
    .optimizer(Optimizer(rule: rule, rate: try number("rate", default: rate)))
  }
}
