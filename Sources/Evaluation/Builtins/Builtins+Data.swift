import Datasets
import Tensors

extension Builtins {
  static let data: [Builtin] = [
    pictures("mnist", .mnist, "5,000 handwritten digits of 28×28 pixels from 0 to 1, with labels"),
    pictures(
      "digits8", .digits8, "1,797 handwritten digits of 8×8 pixels from 0 to 1, with labels"),
    pictures(
      "faces", .faces, "100 faces (label 1) and 100 other patches (label 0) of 25×25 pixels"),
  ]

  private static func pictures(
    _ name: String, _ source: ImageSource, _ summary: String
  ) -> Builtin {
    Builtin(
      "\(name)()", .data, summary, shapes: "images [N, H·W], labels [N]",
      example: "digits = \(name)()\nshape(digits.images)"
    ) { .dataset(try $0.evaluator.load(source)) }
  }
}

extension Evaluator {
  /// A data set of the program, read once in a session.
  fileprivate func load(_ source: ImageSource) throws -> DatasetValue {
    if let known = state.datasets[source] { return known }
    let dataset = try DatasetValue(source, host.datasets)
    state.datasets[source] = dataset
    return dataset
  }
}

extension DatasetValue {
  /// Reads a data set that comes with the program.
  init(_ source: ImageSource, _ location: DatasetLocation) throws {
    let set = try source.load(location)
    self.init(
      name: set.name, inputs: try Tensor(set.images.values, shape: Shape(set.images.shape)),
      labels: try Tensor(set.labels.values, shape: Shape(set.labels.shape)),
      trainingCount: set.trainingCount, imageSize: [set.height, set.width])
  }
}
