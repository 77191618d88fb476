import Rendering
import Tensors

extension Builtins {
  static let show: [Builtin] = [
    Builtin(
      "print(values…)", .show, "shows values on one line", example: "print \"x is\", 3",
      isCommand: true
    ) { call in
      let words = try call.all("values").map { argument in
        try call.evaluator.located(at: argument.span) {
          try call.evaluator.formatted(argument.value)
        }
      }
      call.evaluator.show(words.joined(separator: " "))
      return .nothing
    },
    Builtin(
      "plot(x, y?, names: nothing, " + planeOptions + ")", .show,
      "a line plot: plot ys, or plot xs, ys; a record, a list or the rows of a matrix give several "
        + "lines",
      example: "xs = linspace(0, 6, 40)\nplot xs, sin(xs), title: \"a wave\", "
        + "notes: [1.57, 1, \"top\"]",
      isCommand: true
    ) { call in
      let (xs, curves) = try call.curves()
      let names = try call.names("names", for: curves.count, each: "line", allowsFewer: true) ?? []
      let lines = curves.enumerated().map { index, curve in
        let name = index < names.count ? names[index] : curve.name
        return Layer.line(Line(name: name, xs: xs, ys: curve.values))
      }
      call.evaluator.show(.chart(try call.planeChart(lines)))
      return .nothing
    },
    Builtin(
      "scatter(x, y?, classes: nothing, names: nothing, " + planeOptions + ")",
      .show, "points: scatter xs, ys, or scatter points with two columns; by class if wanted",
      shapes: "[N, 2] or [N], [N]", example: "scatter [[0, 0], [1, 2], [2, 1]], classes: [0, 1, 1]",
      isCommand: true
    ) { call in
      let (xs, ys) = try call.points()
      var points = Points(xs: xs, ys: ys)
      if call.has("classes") {
        points.classes = try call.classes("classes")
        try call.expect("classes", points.classes?.count ?? 0, toBe: xs.count, each: "point")
      }
      if let names = try call.value("names").map(call.texts) {
        // Without classes, all points have the one name.
        if points.classes == nil { points.name = names.first } else { points.classNames = names }
      }
      call.evaluator.show(.chart(try call.planeChart([.points(points)])))
      return .nothing
    },
    Builtin(
      "hist(values…, bins: nothing, density: false, names: nothing, " + planeOptions + ")",
      .show, "how often values fall into each of equal intervals",
      example: "hist randn(500), bins: 20", isCommand: true
    ) { call in
      let bins = try call.has("bins") ? call.integer("bins", in: 1...1_000) : nil
      let given = call.all("values")
      let names = try call.names("names", for: given.count, each: "histogram", allowsFewer: true)
      let scale: Histogram.Scale = try call.flag("density") ? .density : .count
      let layers = try given.enumerated().map { index, argument in
        let values = try call.evaluator.located(at: argument.span) {
          try call.evaluator.values(of: call.evaluator.tensor(argument.value))
        }
        let name = names.flatMap { index < $0.count ? $0[index] : nil }
        return Layer.histogram(Histogram(name: name, values: values, binCount: bins, scale: scale))
      }
      call.evaluator.show(.chart(try call.planeChart(layers)))
      return .nothing
    },
    Builtin(
      "bars(labels, values, title?)", .show, "a bar for each of a few named numbers",
      example: "bars [\"a\", \"b\"], [3, 5]", isCommand: true
    ) { call in
      let values = try call.evaluator.values(of: call.tensor("values"))
      let labels = try call.names("labels", for: values.count, each: "bar") ?? []
      call.evaluator.show(
        .chart(
          Chart(
            .bars(Bars(labels: labels, values: values)), title: try call.optionalString("title"))))
      return .nothing
    },
    Builtin(
      "heatmap(matrix, title?, rows?, columns?)", .show, "a matrix as shades",
      shapes: "[M, N]", example: "heatmap [[0, 1], [2, 3]]", isCommand: true
    ) { call in
      let matrix = try call.tensor("matrix")
      guard matrix.rank == 2 else {
        throw TensorError.rankMismatch(operation: "heatmap", expected: 2, shape: matrix.shape)
      }
      let map = Heatmap(
        columns: matrix.shape[1], rows: matrix.shape[0],
        values: try call.evaluator.values(of: matrix),
        rowLabels: try call.names("rows", for: matrix.shape[0], each: "row"),
        columnLabels: try call.names("columns", for: matrix.shape[1], each: "column"))
      call.evaluator.show(.chart(Chart(.heatmap(map), title: try call.optionalString("title"))))
      return .nothing
    },
  ]
}

extension BoundCall {
  // MARK: Charts

  func texts(_ value: Value) throws -> [String] {
    guard case .list(let values) = value else {
      let numbers = try evaluator.values(of: evaluator.tensor(value))
      return numbers.map(display)
    }
    return try values.map { try evaluator.formatted($0) }
  }

  /// Throws: `Fault.countMismatch` unless the argument has `expected` elements, or at most so many.
  func expect(
    _ name: String, _ count: Int, toBe expected: Int, each: String, allowsFewer: Bool = false
  ) throws {
    guard count != expected, !allowsFewer || count > expected else { return }
    try at(name) { () throws -> Void in
      throw Fault.countMismatch(
        name: name, count: count, expected: expected, each: each, allowsFewer: allowsFewer)
    }
  }

  /// The texts of an argument, one for each of `count` things.
  func names(
    _ name: String, for count: Int, each: String, allowsFewer: Bool = false
  ) throws -> [String]? {
    guard let names = try value(name).map(texts) else { return nil }
    try expect(name, names.count, toBe: count, each: each, allowsFewer: allowsFewer)
    return names
  }

  /// `plot ys` and `plot xs, ys`, where ys may be several.
  fileprivate func curves() throws -> (xs: [Float]?, [(name: String?, values: [Float])]) {
    guard let first = value("x") else {
      throw Fault.missingArgument("x", signature: signature.text)
    }
    guard let second = value("y") else { return (nil, try at("x") { try curves(of: first) }) }
    let xs = try at("x") { try curve(first) }
    let lines = try at("y") { try curves(of: second) }
    for line in lines { try expect("y", line.values.count, toBe: xs.count, each: "x") }
    return (xs, lines)
  }

  private func curves(of value: Value) throws -> [(name: String?, values: [Float])] {
    switch value {
    case .record(let record):
      return try record.fields.map { ($0.name, try curve($0.value)) }
    case .list(let values):
      return numbered(try values.map(curve))
    default:
      let tensor = try evaluator.tensor(value)
      guard tensor.rank > 1 else { return [(nil, try evaluator.values(of: tensor))] }
      guard tensor.rank == 2 else {
        throw TensorError.rankMismatch(operation: "plot", expected: 2, shape: tensor.shape)
      }
      let width = tensor.shape[1]
      let values = try evaluator.values(of: tensor)
      return numbered((0..<tensor.shape[0]).map { Array(values[$0 * width..<($0 + 1) * width]) })
    }
  }

  /// The numbers along the one axis of a tensor that is longer than 1.
  private func curve(_ value: Value) throws -> [Float] {
    let tensor = try evaluator.tensor(value)
    guard tensor.shape.sizes.count(where: { $0 != 1 }) <= 1 else {
      throw TensorError.rankMismatch(operation: "plot", expected: 1, shape: tensor.shape)
    }
    return try evaluator.values(of: tensor)
  }

  /// Several curves without names are called by their number, as classes are; of more than can be
  /// told apart, no name says which is which.
  private func numbered(_ curves: [[Float]]) -> [(name: String?, values: [Float])] {
    let areNumbered = (2...20).contains(curves.count)
    return curves.enumerated().map { (areNumbered ? String($0) : nil, $1) }
  }

  fileprivate func points() throws -> ([Float], [Float]) {
    let x = try tensor("x")
    if let y = try optionalTensor("y") {
      try expect("y", y.count, toBe: x.count, each: "x")
      return (try evaluator.values(of: x), try evaluator.values(of: y))
    }
    guard x.rank == 2, x.shape[1] == 2 else {
      throw Fault.invalid(
        "points need two columns, this is \(x.shape)", help: "scatter xs, ys draws two tensors")
    }
    let values = try evaluator.values(of: x)
    return (
      stride(from: 0, to: values.count, by: 2).map { values[$0] },
      stride(from: 1, to: values.count, by: 2).map { values[$0] }
    )
  }

  func limits(_ name: String) throws -> ClosedRange<Float> {
    let values = try evaluator.values(of: tensor(name))
    guard values.count == 2, values[0] < values[1] else {
      throw Fault.invalid("`\(name)` must be [low, high]", help: nil)
    }
    return values[0]...values[1]
  }
}
