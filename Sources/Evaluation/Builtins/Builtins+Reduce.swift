import Kernels
import Tensors

extension Builtins {
  static let reduce: [Builtin] = [
    reduction("sum", "the sum", "sum([[1, 2], [3, 4]], axis: 0)") {
      try $0.sum(axes: $1, keep: $2)
    },
    reduction("mean", "the mean", "mean([1, 2, 6])") { try $0.mean(axes: $1, keep: $2) },
    reduction("variance", "the mean squared distance from the mean", "variance([1, 3])") {
      try $0.variance(axes: $1, keep: $2)
    },
    reduction("std", "the square root of the variance", "std([1, 3])") {
      try .map(.sqrt, $0.variance(axes: $1, keep: $2))
    },
    reduction("norm", "the Euclidean length", "norm([3, 4])") {
      try .map(.sqrt, Tensor.map(.square, $0).sum(axes: $1, keep: $2))
    },
    extreme(
      "min", "the smallest element, or the smaller of two tensors", "min([3, 1, 2])", .minimum
    ) {
      try $0.minimum(axes: $1, keep: $2)
    },
    extreme("max", "the largest element, or the larger of two tensors", "max([3, 1, 2])", .maximum)
    {
      try $0.maximum(axes: $1, keep: $2)
    },
    position("argmax", "the position of the largest element", "argmax([3, 9, 2])") {
      try $0.argmax(axis: $1)
    },
    position("argmin", "the position of the smallest element", "argmin([3, 9, 2])") {
      try $0.argmin(axis: $1)
    },
    Builtin(
      "median(x, axis?, keep = false)", .reduce, "the middle value", shapes: "[…] → number",
      example: "median([5, 1, 3])"
    ) { try $0.quantile(0.5) },
    Builtin(
      "quantile(x, q, axis?, keep = false)", .reduce,
      "the value that a share q of the elements does not exceed, linear between elements",
      shapes: "[…] → number", example: "quantile([0, 1, 2, 3, 4], 0.25)"
    ) { call in
      let q = try call.number("q")
      guard q >= 0, q <= 1 else {
        throw Fault.outOfRange(value: display(q), place: "`q`", allowed: "0 … 1")
      }
      return try call.quantile(q)
    },
    Builtin(
      "cumsum(x, axis = -1)", .reduce, "the running sum along an axis", shapes: "[…] → […]",
      example: "cumsum([1, 2, 3])"
    ) { .tensor(try $0.tensor("x").cumsum(axis: $0.integer("axis", default: -1))) },
    truth("any", "whether some element is not 0", "any([0, 0, 1] > 0)") { tensor, axes, keep in
      try Tensor.map(.notEqual, tensor, Tensor(0)).sum(axes: axes, keep: keep)
    },
    truth("all", "whether no element is 0", "all([1, 2] > 0)") { tensor, axes, keep in
      let zeros = try Tensor.map(.equal, tensor, Tensor(0)).sum(axes: axes, keep: keep)
      return try .map(.equal, zeros, Tensor(0))
    },
  ]

  private static func reduction(
    _ name: String, _ summary: String, _ example: String,
    _ reduce: @escaping @Sendable (Tensor, [Int]?, Bool) throws -> Tensor
  ) -> Builtin {
    Builtin(
      "\(name)(x, axis?, keep = false)", .reduce,
      "\(summary) of all elements, or along one axis or several", shapes: "[…] → number",
      example: example
    ) { call in
      let x = try call.tensor("x")
      return .tensor(try reduce(x, call.axes(), call.flag("keep")))
    }
  }

  private static func extreme(
    _ name: String, _ summary: String, _ example: String, _ pairwise: ElementwiseOperation,
    _ reduce: @escaping @Sendable (Tensor, [Int]?, Bool) throws -> Tensor
  ) -> Builtin {
    Builtin(
      "\(name)(x, other?, axis: nothing, keep: false)", .reduce, summary,
      shapes: "[…] → number, or […], […] → […]", example: example
    ) { call in
      let x = try call.tensor("x")
      if let other = try call.optionalTensor("other") {
        guard !call.has("axis") else {
          throw Fault.invalid(
            "`\(name)` of two tensors goes element by element, without an axis",
            help: "along an axis of both: \(name)(\(name)(a, b), axis: 0)")
        }
        return .tensor(try .map(pairwise, x, other))
      }
      return .tensor(try reduce(x, call.axes(), call.flag("keep")))
    }
  }

  private static func position(
    _ name: String, _ summary: String, _ example: String,
    _ find: @escaping @Sendable (Tensor, Int) throws -> Tensor
  ) -> Builtin {
    Builtin(
      "\(name)(x, axis = -1)", .reduce, "\(summary) along an axis; the first of equals",
      shapes: "[…, K] → […]", example: example
    ) { .tensor(try find($0.tensor("x"), $0.integer("axis", default: -1))) }
  }

  private static func truth(
    _ name: String, _ summary: String, _ example: String,
    _ reduce: @escaping @Sendable (Tensor, [Int]?, Bool) throws -> Tensor
  ) -> Builtin {
    Builtin(
      "\(name)(x, axis?, keep = false)", .reduce, summary, shapes: "[…] → true or false",
      example: example
    ) { call in
      let x = try call.tensor("x")
      let reduced = try reduce(x, call.axes(), call.flag("keep"))
      return reduced.rank == 0
        ? .boolean(try call.evaluator.number(reduced) != 0)
        : .mask(try .map(.notEqual, reduced, Tensor(0)))
    }
  }
}

extension BoundCall {
  /// The q-quantile along the axes, linear between neighbours as NumPy's default.
  fileprivate func quantile(_ q: Float) throws -> Value {
    let x = try tensor("x")
    let keep = try flag("keep")
    let chosen = try x.normalized(axes())
    let others = (0..<x.rank).filter { !chosen.contains($0) }
    // The chosen axes become one line at the end.
    let sizes = others.map { x.shape[$0] }
    let length = chosen.reduce(1) { $0 * x.shape[$1] }
    guard length > 0 else {
      throw TensorError.emptyReduction(operation: signature.name, shape: x.shape)
    }
    let lines = try x.permuted(others + chosen).reshape(to: Shape(sizes + [length]))
    let last = sizes.count
    let sorted = try lines.sorted(axis: last)
    let place = Double(q) * Double(length - 1)
    let low = Int(place)
    let high = min(low + 1, length - 1)
    let a = try sorted.sliced(axis: last, low..<(low + 1))
    let b = try sorted.sliced(axis: last, high..<(high + 1))
    let value = try a + Tensor(Float(place - Double(low))) * (b - a)
    return .tensor(
      try value.reshape(to: keep ? x.shape.reduced(along: chosen) : Shape(sizes)))
  }
}
