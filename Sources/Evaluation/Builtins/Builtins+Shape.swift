import Kernels
import Models
import Tensors

extension Builtins {
  static let shape: [Builtin] = [
    Builtin(
      "shape(x)", .shape, "the sizes of the axes of x", shapes: "[…] → [rank]",
      example: "shape(zeros(2, 3))"
    ) { call in
      let shape = try call.tensor("x").shape
      return .tensor(try Tensor(shape.sizes.map(Float.init), shape: [shape.rank]))
    },
    Builtin(
      "rows(x)", .shape, "the size of the first axis of x", shapes: "[N, …] → number",
      example: "rows(zeros(5, 2))"
    ) { call in
      let x = try call.tensor("x")
      guard x.rank > 0 else {
        throw TensorError.rankMismatch(operation: "rows", expected: 1, shape: x.shape)
      }
      return .number(x.shape[0])
    },
    Builtin(
      "count(x)", .shape, "how many elements a tensor, list or text has",
      example: "count([4, 5, 6])"
    ) { call in
      switch call.value("x") {
      case .list(let values)?: return .number(values.count)
      case .string(let text)?: return .number(text.count)
      case .record(let record)?: return .number(record.fields.count)
      default: return .number(try call.tensor("x").count)
      }
    },
    Builtin(
      "reshape(x, sizes…)", .shape,
      "the same elements under another shape; one size may be -1; of sizes alone a layer that "
        + "reshapes each row",
      shapes: "[…] → [sizes…]", example: "reshape(range(6), 2, -1)"
    ) { call in
      if let layer = try call.reshapingLayer() { return layer }
      let x = try call.tensor("x")
      return .tensor(try x.reshape(to: call.reshapeSizes(count: x.count)))
    },
    Builtin(
      "flatten(x?)", .shape,
      "every axis but the first joined into one; without x a layer that does so",
      shapes: "[N, …] → [N, D]", example: "flatten(zeros(2, 3, 4)) |> shape"
    ) { call in
      if !call.has("x") { return .model(Model(kind: "flatten", layers: [Flattening()])) }
      let x = try call.tensor("x")
      guard x.rank > 0 else { return .tensor(try x.reshape(to: [1])) }
      let width = x.shape.sizes.dropFirst().reduce(1, *)
      return .tensor(try x.reshape(to: [x.shape[0], width]))
    },
    Builtin(
      "transpose(x, axes?)", .shape, "the last two axes exchanged, or all axes in a new order",
      shapes: "[…, M, N] → […, N, M]", example: "transpose([[1, 2], [3, 4]])"
    ) { call in
      let x = try call.tensor("x")
      guard let axes = try call.axes("axes") else { return .tensor(try x.transposed()) }
      let order = try axes.map(x.normalized)
      guard order.sorted() == Array(0..<x.rank) else {
        throw Fault.invalid("`axes` must name each axis of \(x.shape) once", help: nil)
      }
      return .tensor(try x.permuted(order))
    },
    Builtin(
      "concat(parts…, axis: 0)", .shape, "tensors, or those of a list, joined along an axis",
      shapes: "[A, …], [B, …] → [A + B, …]", example: "concat([1, 2], [3])"
    ) { call in
      let axis = try call.integer("axis", default: 0)
      if let rows = try call.rowsToJoin() { return .tensor(try rows.joined(axis: axis)) }
      let parts = try call.parts()
      return .tensor(try .concat(parts, axis: parts[0].normalized(axis)))
    },
    Builtin(
      "stack(parts…, axis: 0)", .shape,
      "tensors of one shape, or those of a list, joined along a new axis",
      shapes: "[…], […] → [2, …]", example: "stack([1, 2], [3, 4])"
    ) { call in
      let axis = try call.integer("axis", default: 0)
      if let rows = try call.rowsToJoin() {
        return .tensor(try rows.movingFirstAxis(to: rows.normalized(axis)))
      }
      let parts = try call.parts()
      guard abs(axis) <= parts[0].rank else {
        throw TensorError.axisOutOfRange(axis: axis, shape: parts[0].shape)
      }
      return .tensor(try .stack(parts, axis: axis < 0 ? axis + parts[0].rank + 1 : axis))
    },
    Builtin(
      "split(x, count, axis = -1)", .shape, "equal parts along an axis, as a list",
      shapes: "[…, n·D] → n × […, D]", example: "split([1, 2, 3, 4], 2)"
    ) { call in
      let x = try call.tensor("x")
      let count = try call.integer("count", in: 1...100_000)
      let axis = try x.normalized(call.integer("axis", default: -1))
      guard x.shape[axis] % count == 0 else {
        throw TensorError.notDivisible(operation: "split", size: x.shape[axis], by: count)
      }
      let width = x.shape[axis] / count
      return .list(
        try (0..<count).map { part in
          .tensor(try x.sliced(axis: axis, (part * width)..<((part + 1) * width)))
        })
    },
    Builtin(
      "repeat(x, count, axis = 0)", .shape, "each element along an axis count times in a row",
      shapes: "[N, …] → [N·count, …]", example: "repeat([1, 2], 3)"
    ) { call in
      let x = try call.tensor("x")
      let count = try call.integer("count", in: 0...100_000_000)
      let axis = try x.normalized(call.integer("axis", default: 0))
      var sizes = x.shape.sizes
      sizes.insert(1, at: axis + 1)
      var wide = sizes
      wide[axis + 1] = count
      let spread = try x.reshape(to: Shape(sizes)).broadcast(to: Shape(wide))
      var joined = x.shape.sizes
      joined[axis] *= count
      return .tensor(try spread.reshape(to: Shape(joined)))
    },
    Builtin(
      "tile(x, count, axis = 0)", .shape, "x as a whole count times along an axis",
      shapes: "[N, …] → [count·N, …]", example: "tile([1, 2], 3)"
    ) { call in
      let x = try call.tensor("x")
      let count = try call.integer("count", in: 0...100_000_000)
      let axis = try x.normalized(call.integer("axis", default: 0))
      var sizes = x.shape.sizes
      sizes.insert(1, at: axis)
      var tall = sizes
      tall[axis] = count
      let spread = try x.reshape(to: Shape(sizes)).broadcast(to: Shape(tall))
      var joined = x.shape.sizes
      joined[axis] *= count
      return .tensor(try spread.reshape(to: Shape(joined)))
    },
    Builtin(
      "pad(x, width, axis?)", .shape, "zeros around x, width of them on each side",
      shapes: "[N] → [N + 2·width]", example: "pad([1, 2], 1)"
    ) { call in
      let x = try call.tensor("x")
      let width = try call.integer("width", in: 0...100_000_000)
      let axes = try x.normalized(call.axes())
      var sizes = x.shape.sizes
      for axis in axes { sizes[axis] += 2 * width }
      let slices = x.shape.sizes.enumerated().map { axis, size in
        AxisSlice(start: axes.contains(axis) ? width : 0, count: size)
      }
      return .tensor(try x.placed(slices, into: Shape(sizes)))
    },
    Builtin(
      "where(condition, a, b)", .shape, "a where the condition holds, else b; broadcast",
      shapes: "[…], […], […] → […]", example: "where([1, 5, 3] > 2, 1, 0)"
    ) { call in
      .tensor(
        try .map(.select, call.tensor("condition"), call.tensor("a"), call.tensor("b")))
    },
    Builtin(
      "one_hot(labels, classes)", .shape, "a row of zeros with a one at each label",
      shapes: "[N] → [N, classes]", example: "one_hot([0, 2], 3)"
    ) { call in
      .tensor(
        try call.tensor("labels").oneHot(call.integer("classes", in: 1...100_000)))
    },
    Builtin(
      "sort(x, axis = -1)", .shape, "the elements along an axis in ascending order, NaN last",
      shapes: "[…] → […]", example: "sort([3, 1, 2])"
    ) { call in
      let x = try call.tensor("x")
      return .tensor(try x.sorted(axis: x.normalized(call.integer("axis", default: -1))))
    },
    Builtin(
      "argsort(x, axis = -1)", .shape, "the positions that sort x along an axis",
      shapes: "[…] → […]", example: "argsort([3, 1, 2])"
    ) { call in .tensor(try call.tensor("x").argsort(axis: call.integer("axis", default: -1))) },
    Builtin(
      "unique(x)", .shape, "the different values of x in ascending order, NaN last",
      shapes: "[…] → [n]",
      example: "unique([3, 1, 3])"
    ) { call in
      let sorted = try call.evaluator.values(of: call.tensor("x")).sorted {
        $0 < $1 || ($1.isNaN && !$0.isNaN)
      }
      var numbers: [Float] = []
      for number in sorted {
        if let last = numbers.last, last == number || (last.isNaN && number.isNaN) { continue }
        numbers.append(number)
      }
      return .tensor(try Tensor(numbers, shape: [numbers.count]))
    },
  ]
}

extension BoundCall {
  /// `reshape(64, 7, 7)`: numbers only are the sizes of a layer.
  fileprivate func reshapingLayer() throws -> Value? {
    let arguments = all("x") + all("sizes")
    let numbers = arguments.filter { argument in
      if case .tensor(let tensor) = argument.value { return tensor.rank == 0 }
      return false
    }
    guard numbers.count == arguments.count else { return nil }
    let sizes = try arguments.map { argument in
      try evaluator.located(at: argument.span) {
        let size = try evaluator.wholeNumber(argument.value, place: "a size")
        guard (1...1_000_000).contains(size) else {
          throw Fault.outOfRange(value: "\(size)", place: "a size", allowed: "at least 1")
        }
        return size
      }
    }
    return .model(Model(kind: "reshape", layers: [Reshaping(sizes: sizes)]))
  }

  /// A tensor given alone is a list of its rows: `stack([a, b])` is `stack(a, b)`.
  fileprivate func rowsToJoin() throws -> Tensor? {
    let given = all("parts")
    guard given.count == 1, case .tensor(let tensor) = given[0].value, tensor.rank > 0 else {
      return nil
    }
    return tensor
  }

  /// One tensor or more, given one by one or as one list.
  fileprivate func parts() throws -> [Tensor] {
    let given = all("parts")
    if given.count == 1, case .list(let values) = given[0].value, !values.isEmpty {
      return try values.map { try evaluator.tensor($0, place: "a part") }
    }
    guard !given.isEmpty else {
      throw Fault.missingArgument("parts", signature: signature.text)
    }
    return try given.map { argument in
      try evaluator.located(at: argument.span) {
        try evaluator.tensor(argument.value, place: "a part")
      }
    }
  }

  /// Sizes of which one may be −1, which stands for what is left.
  fileprivate func reshapeSizes(count: Int) throws -> Shape {
    var sizes = try sizes("sizes", atLeast: -1)
    if let open = sizes.firstIndex(of: -1) {
      let known = Shape(sizes.indices.filter { $0 != open }.map { sizes[$0] }).count
      guard known > 0, count % known == 0, !sizes[(open + 1)...].contains(-1) else {
        throw Fault.invalid(
          "\(count) elements cannot be shared out over the sizes given",
          help: "one size may be -1 and the others must divide the number of elements")
      }
      sizes[open] = count / known
    }
    return Shape(sizes)
  }
}

extension Tensor {
  fileprivate func movingFirstAxis(to axis: Int) throws(TensorError) -> Tensor {
    var axes = Array(1..<rank)
    axes.insert(0, at: axis)
    return try permuted(axes)
  }

  /// The rows joined along an axis of theirs; rows that are numbers stay as they are.
  fileprivate func joined(axis: Int) throws(TensorError) -> Tensor {
    guard rank > 1 else { return self }
    var sizes = Array(shape.sizes.dropFirst())
    guard (-sizes.count..<sizes.count).contains(axis) else {
      throw .axisOutOfRange(axis: axis, shape: Shape(sizes))
    }
    let axis = axis < 0 ? axis + sizes.count : axis
    sizes[axis] *= shape[0]
    return try movingFirstAxis(to: axis).reshape(to: Shape(sizes))
  }

  /// Elements along `axis` in ascending order; gradients follow the elements.
  package func sorted(axis: Int) throws(TensorError) -> Tensor {
    var axes = Array(0..<rank)
    axes.swapAt(axis, rank - 1)
    let lines = try permuted(axes)
    let width = lines.shape[rank - 1]
    let height = width == 0 ? 0 : count / width
    let starts = try Tensor((0..<height).map { Float($0 * width) }, shape: [height, 1])
    let order = try lines.argsort(axis: -1).reshape(to: [height, width]) + starts
    let taken = try lines.reshape(to: [count]).gathered(order)
    return try taken.reshape(to: lines.shape).permuted(axes)
  }
}
