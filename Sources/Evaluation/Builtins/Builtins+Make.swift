import Tensors

extension Builtins {
  static let make: [Builtin] = [
    Builtin(
      "zeros(sizes…)", .make, "a tensor of zeros", shapes: "→ [sizes…]", example: "zeros(2, 3)"
    ) { .tensor(try .full(0, shape: $0.shape("sizes"))) },
    Builtin("ones(sizes…)", .make, "a tensor of ones", shapes: "→ [sizes…]", example: "ones(3)") {
      .tensor(try .full(1, shape: $0.shape("sizes")))
    },
    Builtin(
      "full(value, sizes…)", .make, "a tensor of one value", shapes: "→ [sizes…]",
      example: "full(7, 2, 2)"
    ) { .tensor(try $0.tensor("value").broadcast(to: $0.shape("sizes"))) },
    Builtin(
      "eye(n)", .make, "the identity matrix", shapes: "→ [n, n]", example: "eye(3)"
    ) { call in
      let n = try call.integer("n", in: 0...50_000)
      let line = try Tensor((0..<n).map(Float.init), shape: [n])
      return .tensor(try .map(.equal, line.reshape(to: [n, 1]), line))
    },
    Builtin(
      "range(start, stop?, step = 1)", .make,
      "whole numbers from start up to, not with, stop; range(n) begins at 0",
      shapes: "→ [n]", example: "range(5)"
    ) { call in
      let first = try call.at("start") {
        // Alone it is where the numbers stop.
        try call.evaluator.wholeNumber(
          call.value("start") ?? .nothing, place: call.has("stop") ? "`start`" : "`stop`")
      }
      let range = IndexRange(
        lower: call.has("stop") ? first : 0, upper: try call.integer("stop", default: first),
        step: try call.integer("step", default: 1))
      guard range.step != 0 else {
        throw Fault.outOfRange(value: "0", place: "`step`", allowed: "not zero")
      }
      return .tensor(try call.evaluator.tensor(.range(range)))
    },
    Builtin(
      "linspace(start, stop, count = 50)", .make,
      "count numbers evenly from start to stop; between two points, the points on the way",
      shapes: "→ [count]; [D], [D] → [count, D]", example: "linspace(0, 1, 5)"
    ) { call in
      if try call.tensor("start").rank > 0 || call.tensor("stop").rank > 0 {
        return .tensor(try call.way())
      }
      let (start, stop) = (try call.number("start"), try call.number("stop"))
      let count = try call.integer("count", default: 50, in: 1...100_000_000)
      try call.evaluator.refuseBeyondMemory(count: count)
      let numbers = (0..<count).map { index in
        let t = count == 1 ? 0 : Double(index) / Double(count - 1)
        return Float(Double(start) * (1 - t) + Double(stop) * t)
      }
      return .tensor(try Tensor(numbers, shape: [count]))
    },
    Builtin(
      "rand(sizes…)", .make, "random numbers, uniform on [0, 1)", shapes: "→ [sizes…]",
      example: "rand(3)"
    ) { .tensor(try $0.draw(.uniform, $0.shape("sizes"))) },
    Builtin(
      "randn(sizes…)", .make, "random numbers from N(0, 1)", shapes: "→ [sizes…]",
      example: "randn(2, 3)"
    ) { .tensor(try $0.draw(.normal, $0.shape("sizes"))) },
    Builtin(
      "randn_like(x)", .make, "random numbers from N(0, 1) in the shape of x",
      shapes: "[…] → […]", example: "randn_like(zeros(2, 2))"
    ) { .tensor(try $0.draw(.normal, $0.tensor("x").shape)) },
    Builtin(
      "randint(bound, sizes…)", .make, "random whole numbers from 0 up to, not with, bound",
      shapes: "→ [sizes…]", example: "randint(10, 5)"
    ) { call in
      let bound = try call.integer("bound", in: 1...16_777_216)
      return .tensor(try call.draw(.integers(bound: bound), call.shape("sizes")))
    },
    Builtin(
      "permutation(n)", .make, "0 … n − 1 in random order", shapes: "→ [n]",
      example: "permutation(5)"
    ) { call in
      .tensor(try call.draw(.permutation, [call.integer("n", in: 0...16_777_216)]))
    },
    Builtin(
      "shuffle(x)", .make, "the rows of x in random order", shapes: "[N, …] → [N, …]",
      example: "shuffle([1, 2, 3, 4])"
    ) { call in
      let x = try call.tensor("x")
      guard x.rank > 0 else {
        throw TensorError.rankMismatch(operation: "shuffle", expected: 1, shape: x.shape)
      }
      return .tensor(try x.gathered(call.draw(.permutation, [x.shape[0]])))
    },
    Builtin(
      "tensor(values)", .make, "a list of numbers or equal rows as a tensor", shapes: "→ […]",
      example: "tensor(0..<4)"
    ) { .tensor(try $0.tensor("values")) },
    Builtin(
      "record(fields…)", .make, "values under names: record(images: x, labels: y)",
      example: "r = record(a: 1, b: [2, 3])\nr.b"
    ) { call in
      try call.evaluator.refuseBeyondDepth(call.all("fields").map(\.value))
      return .record(
        Record(
          try call.all("fields").map { argument in
            guard let label = argument.label else {
              throw Fault.invalid(
                "every value of a record has a name", help: "record(images: x, labels: y)")
            }
            return (label, argument.value)
          }))
    },
    Builtin(
      "seed(number)", .make, "restarts the random numbers", example: "seed 7\nrand(2)",
      isCommand: true
    ) { call in
      let number = try call.integer("number", in: 0...Int.max)
      call.evaluator.state.layers.random = RandomStream(seed: UInt64(number))
      call.evaluator.recorder?.noteLook()
      return .nothing
    },
  ]
}

extension BoundCall {
  /// Points at equal distances on the straight line from `start` to `stop`.
  fileprivate func way() throws -> Tensor {
    let count = try integer("count", default: 50, in: 1...100_000_000)
    let (start, stop) = (try tensor("start"), try tensor("stop"))
    let shares = (0..<count).map { count == 1 ? 0 : Float($0) / Float(count - 1) }
    let rank = max(start.rank, stop.rank)
    let t = try Tensor(shares, shape: Shape([count] + Array(repeating: 1, count: rank)))
    return try start * (Tensor(1) - t) + stop * t
  }

  /// The next draw of the session's random numbers.
  func draw(_ distribution: Distribution, _ shape: Shape) throws -> Tensor {
    try evaluator.state.layers.random.draw(distribution, shape: shape)
  }
}
