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
      "plot(x, y?, title?, xlabel?, ylabel?, log = false, height?, xlim: nothing, ylim: nothing, "
        + "hline: nothing, vline: nothing)", .show,
      "a line plot: plot ys, or plot xs, ys; a record or list of ys gives several lines",
      example: "xs = linspace(0, 6, 40)\nplot xs, sin(xs), title: \"a wave\"", isCommand: true
    ) { call in
      let (xs, curves) = try call.curves()
      let lines = curves.map { Layer.line(Line(name: $0.name, xs: xs, ys: $0.values)) }
      var chart = try call.planeChart(lines)
      chart.y.isLogarithmic = try call.flag("log")
      call.evaluator.show(.chart(chart))
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
      if let names = call.value("names") { points.classNames = try call.texts(names) }
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
    Builtin(
      "show(pictures…, labels: nothing, columns: nothing, title: nothing, range: nothing)", .show,
      "pictures: one row, or several rows to compare, with labels if wanted",
      shapes: "[N, H·W], [N, H, W] or [N, C, H, W]",
      example: "show digits8().test[0..<8]", isCommand: true
    ) { call in
      call.evaluator.show(
        .image(ImageFigure(try call.comparison(), title: try call.optionalString("title"))))
      return .nothing
    },
    Builtin(
      "grid(pictures…, columns: 10, to: nothing, labels: nothing, title: nothing, scale: 1, "
        + "gap: 1, range: nothing)",
      .show,
      "a grid of pictures, several grids side by side; to: \"name.png\", .pgm or .ppm writes it",
      shapes: "[N, H·W], [N, H, W] or [N, C, H, W]",
      example: "grid digits8().test[0..<20], columns: 10", isCommand: true
    ) { call in
      let grid = try call.sideBySide()
      call.evaluator.show(
        .image(ImageFigure(grid, title: try call.optionalString("title"))))
      if let path = try call.optionalString("to") {
        try call.at("to") {
          try call.evaluator.write(grid.raster.encoded(as: path), to: path)
        }
      }
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

  // MARK: Pictures

  /// Each argument is a row of tiles.
  fileprivate func comparison() throws -> ImageGrid {
    let given = all("pictures")
    let labels = try value("labels").map(texts) ?? []
    if given.count == 1 {
      var grid = ImageGrid(tiles: try tiles(given[0]))
      grid.columns = try has("columns") ? integer("columns", in: 1...10_000) : nil
      grid.rowLabels = labels
      return grid
    }
    return .comparison(
      try given.enumerated().map { index, argument in
        (index < labels.count ? labels[index] : "", try tiles(argument))
      })
  }

  /// Each argument is a grid of its own.
  fileprivate func sideBySide() throws -> ImageGrid {
    let given = all("pictures")
    let columns = try integer("columns", default: 10, in: 1...10_000)
    let gap = try integer("gap", default: 1, in: 0...100)
    let scale = try integer("scale", default: 1, in: 1...64)
    let labels = try value("labels").map(texts) ?? []
    let grids = try given.map { ImageGrid(tiles: try tiles($0), columns: columns, gap: gap) }
    guard grids.count > 1 else {
      var grid = grids.first ?? ImageGrid(tiles: [])
      grid.scale = scale
      grid.columnLabels = labels
      return grid
    }
    var whole = ImageGrid(
      tiles: grids.map(\.raster), columns: grids.count, gap: 4 * max(gap, 1), scale: scale)
    whole.columnLabels = labels
    return whole
  }

  private func tiles(_ argument: GivenArgument) throws -> [Raster] {
    try evaluator.located(at: argument.span) {
      var size: [Int]?
      if case .dataset(let dataset) = argument.value { size = dataset.imageSize }
      let tensor = try evaluator.tensor(argument.value, place: "pictures")
      let pictures = try PictureShape(tensor.shape, size: size)
      let range = try has("range") ? limits("range") : 0...1
      return ImageGrid(
        values: try evaluator.values(of: tensor), count: pictures.count,
        channels: pictures.channels, height: pictures.height, width: pictures.width, range: range
      ).tiles
    }
  }

  func limits(_ name: String) throws -> ClosedRange<Float> {
    let values = try evaluator.values(of: tensor(name))
    guard values.count == 2, values[0] < values[1] else {
      throw Fault.invalid("`\(name)` must be [low, high]", help: nil)
    }
    return values[0]...values[1]
  }
}

/// How a tensor is read as pictures.
struct PictureShape {
  var count = 1
  var channels = 1
  let height: Int
  let width: Int

  /// Rows of pixels are square pictures unless `size` says otherwise.
  init(_ shape: Shape, size: [Int]?) throws {
    switch shape.rank {
    case 1, 2:
      let pixels = shape.sizes.last!
      let side = Int(Double(pixels).squareRoot())
      let sides = size ?? [side, side]
      if sides.reduce(1, *) == pixels, pixels > 0 {
        count = shape.rank == 2 ? shape[0] : 1
        (height, width) = (sides[0], sides[1])
      } else if shape.rank == 2 {
        (height, width) = (shape[0], shape[1])
      } else {
        throw Fault.notPicture(shape)
      }
    case 3:
      (count, height, width) = (shape[0], shape[1], shape[2])
    case 4 where shape[1] == 1 || shape[1] == 3:
      (count, channels, height, width) = (shape[0], shape[1], shape[2], shape[3])
    default: throw Fault.notPicture(shape)
    }
  }
}
