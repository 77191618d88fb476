import Rendering
import Tensors

extension Builtins {
  /// Figures over the plane and the tables that go with them.
  static let figures: [Builtin] = [
    Builtin(
      "contour(f, x: nothing, y: nothing, levels: nothing, points: nothing, shaded: true, "
        + planeOptions + ")",
      .show,
      "lines of equal value of a function of points [N, 2] → [N] over x: and y: (−3 … 3), or of a "
        + "matrix of values, whose rows go up from y = 0",
      example: "contour(p => sum(p^2, axis: 1), height: 12)", isCommand: true
    ) { call in
      let field = try call.field()
      let levels = try call.optionalTensor("levels").map(call.evaluator.values)
      var layers: [Layer] = try call.flag("shaded", default: true) ? [.field(field)] : []
      layers.append(.contour(field, levels: levels))
      if call.has("points") {
        let (xs, ys) = try call.columns("points")
        layers.append(.points(Points(xs: xs, ys: ys)))
      }
      call.evaluator.show(.chart(try call.planeChart(layers)))
      return .nothing
    },
    Builtin(
      "density(points, " + planeOptions + ")", .show,
      "shades where many points are near", shapes: "[N, 2]",
      example: "density randn(2000, 2), height: 12", isCommand: true
    ) { call in
      let (xs, ys) = try call.columns("points")
      call.evaluator.show(.chart(try call.planeChart([.density(Points(xs: xs, ys: ys))])))
      return .nothing
    },
    Builtin(
      "arrows(points, directions, " + planeOptions + ")", .show,
      "an arrow at each point, for example along a gradient", shapes: "[N, 2], [N, 2]",
      example: "p = [[0, 0], [1, 0], [0, 1], [1, 1]]\narrows p, -p, height: 10", isCommand: true
    ) { call in
      let (xs, ys) = try call.columns("points")
      let (us, vs) = try call.columns("directions")
      guard xs.count == us.count else {
        throw TensorError.broadcastMismatch(
          operation: "arrows", [xs.count, 2], [us.count, 2])
      }
      let vectors = Vectors(xs: xs, ys: ys, us: us, vs: vs)
      call.evaluator.show(.chart(try call.planeChart([.vectors(vectors)])))
      return .nothing
    },
    Builtin(
      "confusion(truth, predicted, names: nothing, title: nothing)", .show,
      "how often each true class was taken for each class", shapes: "[N], [N]",
      example: "confusion [0, 0, 1, 1], [0, 1, 1, 1], names: [\"cat\", \"dog\"]", isCommand: true
    ) { call in
      let truth = try call.classes("truth")
      let predicted = try call.classes("predicted")
      guard truth.count == predicted.count else {
        throw TensorError.broadcastMismatch(
          operation: "confusion", [truth.count], [predicted.count])
      }
      let names = try call.value("names").map(call.texts)
      let count = max((truth + predicted).max().map { $0 + 1 } ?? 0, names?.count ?? 0)
      guard count <= 100 else {
        throw Fault.outOfRange(value: "\(count - 1)", place: "a class", allowed: "0 … 99")
      }
      let all = (0..<count).map { index in
        names.flatMap { index < $0.count ? $0[index] : nil } ?? "\(index)"
      }
      let matrix = ConfusionMatrix(
        truth: truth, predicted: predicted, classCount: count, classNames: all)
      call.evaluator.show(
        .chart(Chart(.confusion(matrix), title: try call.optionalString("title"))))
      return .nothing
    },
    Builtin(
      "losses(log = false, title: nothing)", .show,
      "a small chart for each tracked curve, side by side",
      example: "train 30 { step => track loss: exp(-step / 10) }\nlosses()", isCommand: true
    ) { call in
      let curves = call.evaluator.state.history.map { ($0.name, $0.values) }
      guard !curves.isEmpty else { throw Fault.emptyData("history") }
      call.evaluator.show(
        .panels(
          .losses(
            curves, isLogarithmic: try call.flag("log"), title: try call.optionalString("title"))))
      return .nothing
    },
    Builtin(
      "overlay(" + planeOptions + ") { … }", .show,
      "the charts of the block over one pair of axes, for example a curve over a histogram",
      example: "overlay title: \"a line through points\", height: 10 {\n"
        + "  scatter [[0, 0.1], [1, 0.8], [2, 2.1]]\n  plot [0, 1, 2]\n}",
      isCommand: true
    ) { call in
      call.evaluator.show(.chart(try call.overlaid(call.figuresOfBlock())))
      return .nothing
    },
    Builtin(
      "panels(columns: nothing, title: nothing) { … }", .show,
      "what the block shows, side by side",
      example: "panels { plot [1, 2, 4], height: 6\n  bars [\"a\"], [3] }", isCommand: true
    ) { call in
      let figures = try call.figuresOfBlock()
      let columns = try call.has("columns") ? call.integer("columns", in: 1...20) : nil
      call.evaluator.show(
        .panels(Panels(figures, columns: columns, title: try call.optionalString("title"))))
      return .nothing
    },
    Builtin(
      "describe() { … }", .show, "says in words what the figures of the block show",
      example: "describe { plot [1, 2, 4, 8] }", isCommand: true
    ) { call in
      for figure in try call.figuresOfBlock() {
        let lines = Description.lines(figure)
        call.evaluator.show(lines.isEmpty ? figure : .text(lines.joined(separator: "\n")))
      }
      return .nothing
    },
  ]

  /// What every figure over the plane may be asked.
  static let planeOptions =
    "title: nothing, xlabel: nothing, ylabel: nothing, xlim: nothing, ylim: nothing, "
    + "log: false, logx: false, hline: nothing, vline: nothing, notes: nothing, height: nothing"
}

extension BoundCall {
  func planeChart(_ layers: [Layer]) throws -> Chart {
    Chart(
      .plane(layers), title: try optionalString("title"),
      x: AxisOptions(
        label: try optionalString("xlabel"), limits: try limitsIfGiven("xlim"),
        isLogarithmic: try flag("logx")),
      y: AxisOptions(
        label: try optionalString("ylabel"), limits: try limitsIfGiven("ylim"),
        isLogarithmic: try flag("log")),
      references: try references("hline", .horizontal) + references("vline", .vertical),
      annotations: try notes(),
      height: try has("height") ? integer("height", in: 3...200) : nil)
  }

  /// Straight lines at numbers, or at the fields of a record, whose names they carry.
  private func references(
    _ name: String, _ direction: ReferenceLine.Direction
  ) throws -> [ReferenceLine] {
    guard case .record(let record)? = value(name) else {
      let values = try optionalTensor(name).map(evaluator.values) ?? []
      return values.map { ReferenceLine(direction, at: $0) }
    }
    return try at(name) {
      try record.fields.flatMap { field in
        try evaluator.values(of: evaluator.tensor(field.value)).map {
          ReferenceLine(direction, at: $0, label: field.name)
        }
      }
    }
  }

  /// `[x, y, "words"]`, or a list of such.
  private func notes() throws -> [Annotation] {
    guard let value = value("notes") else { return [] }
    return try at("notes") {
      guard case .list(let values) = value else { throw Fault.notNotes(value.kindName) }
      var isOne = false
      if values.count == 3, case .string = values[2] { isOne = true }
      return try (isOne ? [value] : values).map(note)
    }
  }

  private func note(_ value: Value) throws -> Annotation {
    guard case .list(let parts) = value, parts.count == 3, case .string(let text) = parts[2] else {
      throw Fault.notNotes(value.kindName)
    }
    return Annotation(
      x: try evaluator.number(evaluator.tensor(parts[0])),
      y: try evaluator.number(evaluator.tensor(parts[1])), text: text)
  }

  /// One chart with the layers of all; what the call leaves open, the first chart that says it
  /// decides.
  fileprivate func overlaid(_ figures: [Output]) throws -> Chart {
    var whole = try planeChart([])
    var layers: [Layer] = []
    for figure in figures {
      guard case .chart(let chart) = figure, case .plane(let own) = chart.content else {
        throw Fault.notOverAxes
      }
      layers += own
      whole.title = whole.title ?? chart.title
      whole.x.fill(from: chart.x)
      whole.y.fill(from: chart.y)
      whole.references += chart.references
      whole.annotations += chart.annotations
      whole.height = whole.height ?? chart.height
    }
    whole.content = .plane(layers)
    return whole
  }

  private func limitsIfGiven(_ name: String) throws -> ClosedRange<Float>? {
    has(name) ? try limits(name) : nil
  }

  /// Two columns of numbers. Shape: [N, 2].
  fileprivate func columns(_ name: String) throws -> ([Float], [Float]) {
    let points = try tensor(name)
    guard points.rank == 2, points.shape[1] == 2 else {
      throw try at(name) { () throws -> Fault in
        throw Fault.invalid("points need two columns, this is \(points.shape)", help: nil)
      }
    }
    let values = try evaluator.values(of: points)
    return (
      stride(from: 0, to: values.count, by: 2).map { values[$0] },
      stride(from: 1, to: values.count, by: 2).map { values[$0] }
    )
  }

  func classes(_ name: String) throws -> [Int] {
    try at(name) {
      try evaluator.values(of: tensor(name)).map { number in
        guard let label = Int(exactly: number), (0..<100).contains(label) else {
          throw Fault.outOfRange(value: display(number), place: "a class", allowed: "0 … 99")
        }
        return label
      }
    }
  }

  /// Values over a rectangle: of a function at a lattice of points, or a matrix as it is.
  fileprivate func field() throws -> Field {
    let x = try limitsIfGiven("x")
    let y = try limitsIfGiven("y")
    guard let given = value("f") else {
      throw Fault.missingArgument("f", signature: signature.text)
    }
    if given.isCallable { return try at("f") { try sampled(given, x ?? -3...3, y ?? -3...3) } }
    let matrix = try tensor("f")
    guard matrix.rank == 2, matrix.count > 0 else {
      throw TensorError.rankMismatch(operation: "contour", expected: 2, shape: matrix.shape)
    }
    let (rows, columns) = (matrix.shape[0], matrix.shape[1])
    return Field(
      columns: columns, rows: rows, values: try evaluator.values(of: matrix),
      xRange: x ?? 0...Float(columns - 1), yRange: y ?? 0...Float(rows - 1))
  }

  private func sampled(
    _ function: Value, _ x: ClosedRange<Float>, _ y: ClosedRange<Float>
  ) throws -> Field {
    let side = 48
    func place(_ range: ClosedRange<Float>, _ index: Int) -> Float {
      range.lowerBound + (range.upperBound - range.lowerBound) * Float(index) / Float(side - 1)
    }
    let lattice = (0..<side).flatMap { row in
      (0..<side).flatMap { [place(x, $0), place(y, row)] }
    }
    let points = try Tensor(lattice, shape: [side * side, 2])
    let result = try evaluator.call(function, [.tensor(points)], span: span)
    let values = try evaluator.tensor(result, place: "the value of the function")
    guard values.count == side * side else {
      throw Fault.invalid(
        "the function gives \(values.shape) for \(points.shape) points",
        help: "it must give one number for each row: p => sum(p^2, axis: 1)")
    }
    return Field(
      columns: side, rows: side, values: try evaluator.values(of: values), xRange: x, yRange: y)
  }

  /// What the block shows, taken out of the cell's output.
  func figuresOfBlock() throws -> [Output] {
    let before = evaluator.outputs
    evaluator.outputs = []
    defer { evaluator.outputs = before }
    let value = try runBlock()
    try evaluator.showValue(value)
    return evaluator.outputs
  }
}

extension AxisOptions {
  fileprivate mutating func fill(from other: AxisOptions) {
    label = label ?? other.label
    limits = limits ?? other.limits
    isLogarithmic = isLogarithmic || other.isLogarithmic
  }
}
