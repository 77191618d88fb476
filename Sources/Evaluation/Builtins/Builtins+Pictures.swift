import Kernels
import Rendering
import Tensors

extension Builtins {
  /// Pictures, and the codes to decode for maps of a latent space.
  static let pictures: [Builtin] = [
    Builtin(
      "show(pictures…, labels: nothing, columns: nothing, title: nothing, range: nothing)", .show,
      "pictures: one row with a label below each, or several rows to compare, with a label beside "
        + "each",
      shapes: "[N, H·W], [N, H, W] or [N, C, H, W]",
      example: "digits = digits8()\nshow digits.test[0..<5], labels: digits.test.labels[0..<5]",
      isCommand: true
    ) { call in
      call.evaluator.show(
        .image(ImageFigure(try call.comparison(), title: try call.optionalString("title"))))
      return .nothing
    },
    Builtin(
      "grid(pictures…, columns: 10, to: nothing, labels: nothing, rows: nothing, title: nothing, "
        + "scale: nothing, gap: 1, range: nothing)",
      .show,
      "a grid of pictures, several grids side by side; labels: above the columns or the grids, or "
        + "below each picture, rows: beside the rows; to: \"name.png\", .pgm or .ppm writes it",
      shapes: "[N, H·W], [N, H, W] or [N, C, H, W]",
      example: "grid digits8().test[0..<20], columns: 10", isCommand: true
    ) { call in
      try call.expectPictureName("to")
      let grid = try call.pictureGrid()
      call.evaluator.show(
        .image(ImageFigure(grid, title: try call.optionalString("title"))))
      if let path = try call.optionalString("to") {
        try call.at("to") {
          try call.evaluator.write(grid.raster.encoded(as: path), to: path)
        }
      }
      return .nothing
    },
    Builtin(
      "frames(count, columns: 10, to: nothing, title: nothing, scale: nothing, gap: 1, "
        + "range: nothing, seconds: 0.2) { … }",
      .show,
      "a film: runs the block count times, and the pictures that it ends with are one frame; "
        + "{ frame => … } gets the number of the frame; to: \"film.png\" writes an animated PNG, "
        + "to: \"film.pgm\" a numbered file for each frame; each stays seconds:, the last five "
        + "times as long",
      shapes: "the block gives [N, H·W], [N, H, W] or [N, C, H, W]",
      example: "w = parameter(zeros(64))\nx = digits8().test[0]\n"
        + "frames 4 {\n  train 5 { minimize w, rate: 0.1 { mean((w - x)^2) } }\n  w\n}",
      isCommand: true
    ) { call in
      try call.expectPictureName("to")
      let seconds = try call.secondsPerFrame()
      let grids = try call.frames()
      let film = Film(grids.map(\.raster), seconds: seconds)
      call.evaluator.show(
        .image(ImageFigure(film, grids: grids, title: try call.optionalString("title"))))
      if let path = try call.optionalString("to") {
        try call.at("to") { try call.evaluator.write(film, to: path) }
      }
      try call.evaluator.checkInterruption()
      return .nothing
    },
    Builtin(
      "manifold(n = 20, low: 0.05, high: 0.95)", .show,
      "n×n codes at equal steps of probability under N(0, I), top left to bottom right: what to "
        + "decode for a map of a latent plane",
      shapes: "[n², 2]", example: "shape(manifold(20))"
    ) { call in
      let n = try call.integer("n", default: 20, in: 1...1_000)
      let low = try call.number("low", default: 0.05)
      let high = try call.number("high", default: 0.95)
      guard low > 0, low <= high, high < 1 else {
        throw Fault.invalid("`low` and `high` must be probabilities between 0 and 1", help: nil)
      }
      let steps = (0..<n).map { index in
        NormalQuantile.at(n == 1 ? 0.5 : low + (high - low) * Float(index) / Float(n - 1))
      }
      let codes = steps.reversed().flatMap { y in steps.flatMap { x in [x, y] } }
      return .tensor(try Tensor(codes, shape: [n * n, 2]))
    },
    Builtin(
      "traverse(code, axis, values)", .show,
      "the code once for each value, with that value on one axis: what to decode to see what a "
        + "latent does",
      shapes: "[Z] → [V, Z]", example: "traverse([0, 0, 0], 1, [-2, 0, 2])"
    ) { call in
      let code = try call.evaluator.values(of: call.tensor("code"))
      let values = try call.evaluator.values(of: call.tensor("values"))
      let axis = try call.integer("axis", in: 0...max(code.count - 1, 0))
      guard !code.isEmpty else { throw Fault.emptyData("the code") }
      let rows = values.flatMap { value in
        code.indices.map { $0 == axis ? value : code[$0] }
      }
      return .tensor(try Tensor(rows, shape: [values.count, code.count]))
    },
  ]
}

extension BoundCall {
  /// One argument is a row of tiles with captions; each of several is a row with a name.
  fileprivate func comparison() throws -> ImageGrid {
    let given = all("pictures")
    let tiles = try given.map { try self.tiles($0) }
    let count = given.count == 1 ? tiles[0].count : given.count
    let labels =
      try names(
        "labels", for: count, each: given.count == 1 ? "picture" : "row", allowsFewer: true) ?? []
    if given.count == 1 {
      var grid = ImageGrid(tiles: tiles[0])
      grid.columns = try has("columns") ? integer("columns", in: 1...10_000) : nil
      if labels.count == 1 { grid.rowLabels = labels } else { grid.captions = labels }
      return grid
    }
    return .comparison(
      tiles.enumerated().map { ($0 < labels.count ? labels[$0] : "", $1) })
  }

  /// Each argument is a grid of its own.
  fileprivate func pictureGrid() throws -> ImageGrid {
    let given = all("pictures")
    let columns = try integer("columns", default: 10, in: 1...10_000)
    let tiles = try given.map { try self.tiles($0) }
    let isOne = tiles.count == 1
    let labels =
      try names(
        "labels", for: isOne ? tiles[0].count : tiles.count, each: isOne ? "picture" : "grid",
        allowsFewer: true) ?? []
    var grid: ImageGrid
    if tiles.count > 1 {
      grid = .sideBySide(
        tiles.enumerated().map { ($0 < labels.count ? labels[$0] : "", $1) }, columns: columns)
    } else {
      grid = ImageGrid(tiles: tiles.first ?? [], columns: columns)
      if labels.count > columns { grid.captions = labels } else { grid.columnLabels = labels }
    }
    grid.rowLabels =
      try names("rows", for: grid.rowCount, each: "row", allowsFewer: true) ?? []
    grid.gap = try integer("gap", default: 1, in: 0...100)
    let isNamed = !labels.isEmpty || !grid.rowLabels.isEmpty
    // Names beside pictures of a few pixels would be larger than the pictures.
    grid.scale = try scale(default: isNamed ? (23 + grid.tileWidth) / max(grid.tileWidth, 1) : 1)
    return grid
  }

  private func scale(default automatic: Int) throws -> Int {
    try integer("scale", default: max(automatic, 1), in: 1...64)
  }

  fileprivate func tiles(_ argument: GivenArgument) throws -> [Raster] {
    try evaluator.located(at: argument.span) { try tiles(of: argument.value) }
  }

  private func tiles(of value: Value) throws -> [Raster] {
    var size: [Int]?
    if case .dataset(let dataset) = value { size = dataset.imageSize }
    let tensor = try evaluator.tensor(value, place: "pictures")
    let pictures = try PictureShape(tensor.shape, size: size)
    let range = try has("range") ? limits("range") : 0...1
    return ImageGrid(
      values: try evaluator.values(of: tensor), count: pictures.count,
      channels: pictures.channels, height: pictures.height, width: pictures.width, range: range
    ).tiles
  }

  // MARK: Films

  /// Runs the block for each frame.
  fileprivate func frames() throws -> [ImageGrid] {
    guard let block else { throw Fault.missingBlock(signature.name, signature: signature.text) }
    let count = try integer("count", in: 1...10_000)
    let body = CountedBlock(block)
    var frames: [ImageGrid] = []
    for index in 0..<count {
      let number = try Tensor([Float(index)], shape: .scalar)
      do {
        let value = try value(ofBlock: evaluator.run(body, number: number))
        frames.append(try frame(of: value, number: index, first: frames.first))
      } catch  where evaluator.host.interruption.isRaised && !frames.isEmpty {
        // Ctrl-C ends the film, and what there is of it is kept.
      }
      if evaluator.host.interruption.isRaised, !frames.isEmpty { break }
    }
    return frames
  }

  /// Throws: `Fault.unknownFormat`, before anything is computed.
  fileprivate func expectPictureName(_ name: String) throws {
    guard let path = try optionalString(name) else { return }
    try at(name) { _ = try Raster(width: 1, height: 1, filledWith: 0).encoded(as: path) }
  }

  fileprivate func secondsPerFrame() throws -> Double {
    let seconds = try number("seconds", default: 0.2)
    guard (0.01...60).contains(seconds) else {
      throw try at("seconds") { () throws -> Fault in
        throw Fault.outOfRange(
          value: display(seconds), place: "`seconds`", allowed: "0.01 … 60")
      }
    }
    return Double(seconds)
  }

  private func frame(of value: Value, number: Int, first: ImageGrid?) throws -> ImageGrid {
    if case .nothing = value { throw Fault.emptyFrame }
    var grid = ImageGrid(
      tiles: try tiles(of: value), columns: try integer("columns", default: 10, in: 1...10_000),
      gap: try integer("gap", default: 1, in: 0...100))
    // Large enough to watch.
    grid.scale = try scale(default: min(240 / max(grid.raster.width, 1), 8))
    if let first, first.tiles.count != grid.tiles.count || first.tileSize != grid.tileSize {
      throw Fault.unevenFrames(
        number: number + 1, pictures: "\(grid.tiles.count) of \(grid.tileSize)",
        first: "\(first.tiles.count) of \(first.tileSize)")
    }
    return grid
  }
}

extension Evaluator {
  /// One animated PNG, or a numbered file for each frame, as the name's ending says.
  fileprivate func write(_ film: Film, to path: String) throws {
    guard !path.lowercased().hasSuffix(".png") else {
      return try write(APNG.encode(film), to: path)
    }
    let dot = path.lastIndex(of: ".") ?? path.endIndex
    let digits = max(String(film.frames.count).count, 2)
    for (index, frame) in film.frames.enumerated() {
      let number = String(index + 1)
      let padded = String(repeating: "0", count: digits - number.count) + number
      let name = path[..<dot] + "-" + padded + path[dot...]
      try write(frame.encoded(as: path), to: String(name))
    }
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

/// Quantiles of N(0, 1).
private enum NormalQuantile {
  /// The x with Φ(x) = p, by halving an interval: the same bits everywhere. Precision: 1e-6.
  static func at(_ probability: Float) -> Float {
    var (low, high): (Float, Float) = (-6, 6)
    for _ in 0..<40 {
      let middle = (low + high) / 2
      let reached = 0.5 * (1 + Reference.erf(middle * 0.70710678))
      if reached < probability { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }
}
