import Datasets
import Tensors

extension Builtins {
  /// Data sets that are made, not measured, and whose factors are therefore known.
  static let synthetic: [Builtin] = [
    Builtin(
      "blobs(n = 500, classes = 3, std = 1)", .data,
      "Gaussian clouds around centers on a circle of radius 4",
      shapes: "points [n, 2], labels [n]", example: "data = blobs(300)\nshape(data.points)"
    ) { call in
      try call.points {
        try Synthetic.blobs($0, classes: call.classes(3), std: call.scale("std", 1), &$1)
      }
    },
    Builtin(
      "moons(n = 500, noise = 0.1)", .data, "two half circles that reach into each other",
      shapes: "points [n, 2], labels [n], angle [n]",
      example: "data = moons(200)\nscatter data.points, classes: data.labels, height: 10"
    ) { call in
      try call.points { try Synthetic.moons($0, noise: call.scale("noise", 0.1), &$1) }
    },
    Builtin(
      "rings(n = 500, classes = 2, noise = 0.1)", .data, "circles of radius 1, 2, … in each other",
      shapes: "points [n, 2], labels [n], angle [n]", example: "shape(rings(200).points)"
    ) { call in
      try call.points {
        try Synthetic.rings($0, classes: call.classes(2), noise: call.scale("noise", 0.1), &$1)
      }
    },
    Builtin(
      "swiss_roll(n = 500, noise = 0.1)", .data,
      "a sheet rolled up in three dimensions, with its own two coordinates",
      shapes: "points [n, 3], labels [n], along [n], across [n]",
      example: "shape(swiss_roll(100).points)"
    ) { call in
      try call.points { try Synthetic.swissRoll($0, noise: call.scale("noise", 0.1), &$1) }
    },
    Builtin(
      "ring_of_gaussians(n = 500, modes = 8, radius = 2, std = 0.05)", .data,
      "narrow Gaussians evenly on a circle: the test for mode collapse",
      shapes: "points [n, 2], labels [n]",
      example: "data = ring_of_gaussians(1000)\nmax(data.labels)"
    ) { call in
      let modes = try call.integer("modes", default: 8, in: 1...10_000)
      return try call.points {
        try Synthetic.ring(
          $0, modes: modes, radius: call.scale("radius", 2), std: call.scale("std", 0.05), &$1)
      }
    },
    Builtin(
      "shapes(n = 1000, size = 16)", .data,
      "pictures of a disc (kind 0), square (1) or triangle (2), with the factors that made them",
      shapes: "images [n, size²], labels [n], kind, x, y, scale, brightness [n]",
      example: "data = shapes(50)\n[shape(data.images), shape(data.brightness)]"
    ) { try $0.drawShapes() },
  ]
}

extension BoundCall {
  fileprivate func scale(_ name: String, _ fallback: Float) throws -> Tensor {
    Tensor(try number(name, default: fallback))
  }

  fileprivate func classes(_ fallback: Int) throws -> Int {
    try integer("classes", default: fallback, in: 1...10_000)
  }

  fileprivate func points(
    _ make: (Int, inout RandomStream) throws -> Synthetic.Points
  ) throws -> Value {
    let count = try integer("n", default: 500, in: 1...10_000_000)
    let made = try make(count, &evaluator.state.layers.random)
    let all = [made.points, made.labels] + made.factors.map(\.values)
    try evaluator.realize(all)
    return .dataset(
      DatasetValue(
        name: signature.name, inputs: made.points, labels: made.labels, trainingCount: nil,
        imageSize: nil,
        factors: Record(made.factors.map { ($0.name, .tensor($0.values)) })))
  }

  fileprivate func drawShapes() throws -> Value {
    let count = try integer("n", default: 1_000, in: 1...1_000_000)
    let side = try integer("size", default: 16, in: 4...256)
    guard count * side * side <= evaluator.host.engine.memoryLimit / 8 else {
      throw TensorError.outOfMemory(
        bytes: count * side * side * 4, limit: evaluator.host.engine.memoryLimit)
    }
    let numbers = try evaluator.values(of: draw(.uniform, [count, 5]))
    var pixels: [Float] = []
    pixels.reserveCapacity(count * side * side)
    var figures: [ShapePictures.Figure] = []
    for index in 0..<count {
      let n = numbers[(index * 5)..<(index * 5 + 5)]
      let first = n.startIndex
      let figure = ShapePictures.Figure(
        (n[first], n[first + 1], n[first + 2], n[first + 3], n[first + 4]))
      figures.append(figure)
      pixels += ShapePictures.draw(figure, side: side)
    }
    func factor(_ value: (ShapePictures.Figure) -> Float) throws -> Value {
      .tensor(try Tensor(figures.map(value), shape: [count]))
    }
    return .dataset(
      DatasetValue(
        name: "shapes", inputs: try Tensor(pixels, shape: [count, side * side]),
        labels: try Tensor(figures.map { Float($0.kind) }, shape: [count]), trainingCount: nil,
        imageSize: [side, side],
        factors: Record([
          ("kind", try factor { Float($0.kind) }), ("x", try factor(\.x)),
          ("y", try factor(\.y)), ("scale", try factor(\.size)),
          ("brightness", try factor(\.brightness)),
        ])))
  }
}
