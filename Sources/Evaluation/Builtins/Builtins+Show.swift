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
      let names = try call.value("names").map(call.texts) ?? []
      let (xs, curves) = try call.curves()
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
      if let classes = try call.optionalTensor("classes") {
        points.classes = try call.evaluator.values(of: classes).map { Int($0) }
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
      let names = try call.value("names").map(call.texts)
      let scale: Histogram.Scale = try call.flag("density") ? .density : .count
      let layers = try call.all("values").enumerated().map { index, argument in
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
      let labels = try call.value("labels").map(call.texts) ?? []
      let values = try call.evaluator.values(of: call.tensor("values"))
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
        rowLabels: try call.value("rows").map(call.texts),
        columnLabels: try call.value("columns").map(call.texts))
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

  /// `plot ys` and `plot xs, ys`, where ys may be several.
  fileprivate func curves() throws -> (xs: [Float]?, [(name: String?, values: [Float])]) {
    guard let first = value("x") else {
      throw Fault.missingArgument("x", signature: signature.text)
    }
    guard let second = value("y") else { return (nil, try at("x") { try curves(of: first) }) }
    let xs = try at("x") { try evaluator.values(of: evaluator.tensor(first)) }
    return (xs, try at("y") { try curves(of: second) })
  }

  private func curves(of value: Value) throws -> [(name: String?, values: [Float])] {
    switch value {
    case .record(let record):
      return try record.fields.map { field in
        (field.name, try evaluator.values(of: evaluator.tensor(field.value)))
      }
    case .list(let values):
      return try values.map { (nil, try evaluator.values(of: evaluator.tensor($0))) }
    default:
      let tensor = try evaluator.tensor(value)
      let values = try evaluator.values(of: tensor)
      guard tensor.rank == 2 else { return [(nil, values)] }
      let width = tensor.shape[1]
      return (0..<tensor.shape[0]).map { row in
        (nil, Array(values[(row * width)..<((row + 1) * width)]))
      }
    }
  }

  fileprivate func points() throws -> ([Float], [Float]) {
    let x = try tensor("x")
    if let y = try optionalTensor("y") {
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
