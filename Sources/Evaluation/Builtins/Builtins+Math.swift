import Kernels
import Models
import Tensors

extension Builtins {
  static let math: [Builtin] =
    [
      elementwise("exp", .exp, "e to the power of x", "exp(1)"),
      elementwise("expm1", .expm1, "exp(x) − 1, exact near 0", "expm1(0.001)"),
      elementwise("log", .log, "the natural logarithm", "log([1, 10])"),
      elementwise("log1p", .log1p, "log(1 + x), exact near 0", "log1p(0.001)"),
      elementwise("sqrt", .sqrt, "the square root", "sqrt(2)"),
      elementwise("abs", .absolute, "the distance from 0", "abs([-2, 3])"),
      elementwise("sin", .sin, "the sine of an angle in radians", "sin(pi / 2)"),
      elementwise("cos", .cos, "the cosine of an angle in radians", "cos(pi)"),
      elementwise("tan", .tan, "the tangent of an angle in radians", "tan(pi / 4)"),
      elementwise("tanh", .tanh, "the hyperbolic tangent, from −1 to 1", "tanh([-2, 0, 2])"),
      elementwise("sigmoid", .sigmoid, "1 / (1 + exp(−x)), from 0 to 1", "sigmoid([-2, 0, 2])"),
      elementwise("softplus", .softplus, "log(1 + exp(x)), a smooth relu", "softplus([-2, 0, 2])"),
      elementwise("relu", .relu, "x where it is positive, else 0", "relu([-2, 0, 2])"),
      elementwise("erf", .erf, "the error function", "erf(1)"),
      elementwise("floor", .floor, "the largest whole number not above x", "floor(2.7)"),
      elementwise("ceil", .ceiling, "the smallest whole number not below x", "ceil(2.2)"),
      elementwise(
        "round", .round, "the nearest whole number, halves to the even one", "round([0.5, 1.5])"),
      elementwise("sign", .sign, "−1, 0 or 1", "sign([-3, 0, 2])"),
    ] + [
      Builtin(
        "leaky_relu(x, slope = 0.2)", .math, "x where it is positive, else slope·x",
        shapes: "[…] → […]", example: "leaky_relu([-1, 1])"
      ) { call in
        let slope = try call.number("slope", default: Activation.defaultSlope)
        return .tensor(try call.tensor("x").leakyRelu(slope: slope))
      },
      Builtin(
        "isnan(x)", .math, "where x is not a number: true or false, of a tensor a mask",
        shapes: "[…] → […]", example: "isnan([1, nan, inf])"
      ) { call in
        let x = try call.tensor("x")
        let mask = try Tensor.map(.notEqual, x, x)
        return mask.rank == 0 ? .boolean(try call.evaluator.number(mask) != 0) : .mask(mask)
      },
      Builtin("identity(x)", .math, "x itself", shapes: "[…] → […]", example: "identity(3)") {
        .tensor(try $0.tensor("x"))
      },
      Builtin(
        "softmax(x, axis = -1)", .math, "exp(x) / Σ exp(x): positive, sum 1",
        shapes: "[…, K] → […, K]", example: "softmax([1, 2, 3])"
      ) { .tensor(try $0.tensor("x").softmax(axis: $0.integer("axis", default: -1))) },
      Builtin(
        "log_softmax(x, axis = -1)", .math, "log of the softmax, exact far below 1",
        shapes: "[…, K] → […, K]", example: "log_softmax([1, 2, 3])"
      ) { .tensor(try $0.tensor("x").logSoftmax(axis: $0.integer("axis", default: -1))) },
      Builtin(
        "logsumexp(x, axis = -1, keep = false)", .math, "log Σ exp(x) without overflow",
        shapes: "[…, K] → […]", example: "logsumexp([1000, 1000])"
      ) { call in
        let keep = try call.flag("keep")
        return .tensor(
          try call.tensor("x").logSumExp(axis: call.integer("axis", default: -1), keep: keep))
      },
      Builtin(
        "clip(x, low, high)", .math, "x held between low and high", shapes: "[…] → […]",
        example: "clip([-2, 0.5, 2], 0, 1)"
      ) { call in
        .tensor(
          try .map(
            .minimum, .map(.maximum, call.tensor("x"), call.tensor("low")), call.tensor("high")))
      },
    ]

  private static func elementwise(
    _ name: String, _ operation: ElementwiseOperation, _ summary: String, _ example: String
  ) -> Builtin {
    Builtin("\(name)(x)", .math, summary, shapes: "[…] → […]", example: example) { call in
      .tensor(try .map(operation, call.tensor("x")))
    }
  }
}
