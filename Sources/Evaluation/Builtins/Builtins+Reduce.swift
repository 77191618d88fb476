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
      try $0.variance(axes: $1, keep: $2).rootWithSlope
    },
    reduction("norm", "the Euclidean length", "norm([3, 4])") {
      try Tensor.map(.square, $0).sum(axes: $1, keep: $2).rootWithSlope
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
    ) { .tensor(try $0.quantiles([0.5])[0]) },
    Builtin(
      "quantile(x, q, axis?, keep = false)", .reduce,
      "the value that a share q of the elements does not exceed, linear between elements",
      shapes: "[…], number → number, or […], [Q] → [Q]",
      example: "quantile([0, 1, 2, 3, 4], [0.25, 0.75])"
    ) { call in
      let q = try call.tensor("q")
      let shares = try call.shares(q)
      guard !shares.isEmpty else { throw Fault.emptyData("`q`") }
      let quantiles = try call.quantiles(shares)
      return .tensor(q.rank == 0 ? quantiles[0] : try .stack(quantiles, axis: 0))
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
      return .tensor(try reduce(x, call.axes(of: x), call.flag("keep")))
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
      return .tensor(try reduce(x, call.axes(of: x), call.flag("keep")))
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
      let reduced = try reduce(x, call.axes(of: x), call.flag("keep"))
      return reduced.rank == 0
        ? .boolean(try call.evaluator.number(reduced) != 0)
        : .mask(try .map(.notEqual, reduced, Tensor(0)))
    }
  }
}

extension BoundCall {
  /// The axes to reduce, each given once; nil stands for all of them.
  fileprivate func axes(of x: Tensor) throws -> [Int]? {
    guard let axes = try axes() else { return nil }
    let fromFront = try axes.map { try x.normalized($0) }
    try at("axis") {
      for (index, axis) in fromFront.enumerated() where fromFront[..<index].contains(axis) {
        throw Fault.repeatedAxis(axis)
      }
    }
    return fromFront
  }

  /// Shares of the elements, each from 0 to 1.
  fileprivate func shares(_ q: Tensor) throws -> [Float] {
    try at("q") {
      guard q.rank <= 1 else {
        throw TensorError.rankMismatch(operation: "q", expected: 1, shape: q.shape)
      }
      let shares = try evaluator.values(of: q)
      for share in shares where !(0...1).contains(share) {
        throw Fault.outOfRange(value: display(share), place: "`q`", allowed: "0 … 1")
      }
      return shares
    }
  }

  /// The quantiles along the axes, linear between neighbours as NumPy's default.
  fileprivate func quantiles(_ shares: [Float]) throws -> [Tensor] {
    let x = try tensor("x")
    let chosen = try x.normalized(axes(of: x))
    let others = (0..<x.rank).filter { !chosen.contains($0) }
    // The chosen axes become one line at the end.
    let sizes = others.map { x.shape[$0] }
    let length = chosen.reduce(1) { $0 * x.shape[$1] }
    guard length > 0 else {
      throw TensorError.emptyReduction(operation: signature.name, shape: x.shape)
    }
    let lines = try x.permuted(others + chosen).reshape(to: Shape(sizes + [length]))
    let sorted = try lines.sorted(axis: sizes.count)
    let shape = try flag("keep") ? x.shape.reduced(along: chosen) : Shape(sizes)
    return try shares.map { try sorted.quantile($0).reshape(to: shape) }
  }
}

extension Tensor {
  /// The square root, which has the slope 0 where it is 0: of a sum of squares that is the smallest
  /// of its slopes on all sides.
  fileprivate var rootWithSlope: Tensor {
    get throws(TensorError) {
      let isZero = try Tensor.map(.equal, self, Tensor(0))
      let root = try Tensor.map(.sqrt, .map(.select, isZero, Tensor(1), self))
      return try .map(.select, isZero, Tensor(0), root)
    }
  }

  /// Between the elements of sorted lines, the last of which is NaN if any is. Shape: […, K] →
  /// […, 1].
  fileprivate func quantile(_ share: Float) throws(TensorError) -> Tensor {
    let axis = rank - 1
    let length = shape[axis]
    let place = Double(share) * Double(length - 1)
    let low = Int(place)
    let last = try sliced(axis: axis, (length - 1)..<length)
    var value = try sliced(axis: axis, low..<(low + 1))
    let t = Float(place - Double(low))
    if t > 0 {
      let next = try sliced(axis: axis, (low + 1)..<(low + 2))
      let difference = try next - value
      // Infinities have no difference; a weighted mean of them is right.
      let mean = try Tensor(1 - t) * value + Tensor(t) * next
      let isFinite = try Tensor.map(.less, .map(.absolute, difference), Tensor(.infinity))
      value = try .map(.select, isFinite, value + Tensor(t) * difference, mean)
    }
    return try .map(.select, .map(.equal, last, last), value, last)
  }
}
