import Models
import Syntax
import Tensors

/// What an expression of the language stands for.
package enum Value {
  case nothing
  /// A number is a tensor of rank 0.
  case tensor(Tensor)
  /// Zeros and ones that came from a comparison: selects elements when used as an index.
  case mask(Tensor)
  case string(String)
  case boolean(Bool)
  case list([Value])
  case record(Record)
  case range(IndexRange)
  case function(Closure)
  case builtin(Builtin)
  case model(Model)
  /// Models and functions joined by `>>`, called one after another.
  case composition([Value])
  case parameter(ParameterID)
  case optimizer(Optimizer)
  case dataset(DatasetValue)

  package static func number(_ value: Float) -> Value { .tensor(Tensor(value)) }

  /// The tensors that the value is or contains.
  var tensors: [Tensor] {
    switch self {
    case .tensor(let tensor), .mask(let tensor): [tensor]
    case .list(let values): values.flatMap(\.tensors)
    case .record(let record): record.fields.flatMap(\.value.tensors)
    default: []
    }
  }

  package static func number(_ value: Int) -> Value { .tensor(Tensor(Float(value))) }

  /// The kind of value in the words of messages and of `help`.
  package var kindName: String {
    switch self {
    case .nothing: "nothing"
    case .tensor(let tensor): tensor.rank == 0 ? "a number" : "a tensor \(tensor.shape)"
    case .mask(let tensor): "a mask \(tensor.shape)"
    case .string: "a string"
    case .boolean: "a boolean"
    case .list(let values): "a list of \(values.count)"
    case .record: "a record"
    case .range: "a range"
    case .function, .builtin, .composition: "a function"
    case .model: "a model"
    case .parameter: "a parameter"
    case .optimizer: "an optimizer"
    case .dataset: "a data set"
    }
  }
}

/// Named values in order.
package struct Record {
  package private(set) var fields: [(name: String, value: Value)]

  package init(_ fields: [(name: String, value: Value)]) { self.fields = fields }

  package subscript(name: String) -> Value? { fields.first { $0.name == name }?.value }

  package var names: [String] { fields.map(\.name) }
}

/// Whole numbers from `lower` in steps, up to `upper`, which is included if the range is closed.
package struct IndexRange: Hashable, Sendable {
  package let lower: Int
  package let upper: Int
  package let step: Int
  package let isClosed: Bool

  package init(lower: Int, upper: Int, step: Int = 1, isClosed: Bool = false) {
    self.lower = lower
    self.upper = upper
    self.step = step
    self.isClosed = isClosed
  }

  package var count: Int {
    let span = (step > 0 ? upper - lower : lower - upper) + (isClosed ? 1 : 0)
    return span <= 0 ? 0 : (span - 1) / abs(step) + 1
  }

  package subscript(position: Int) -> Int { lower + position * step }

  /// The positions that the range selects among `size` elements: negative bounds count from the
  /// end, and what reaches beyond either end is cut off.
  package func clipped(to size: Int) -> IndexRange {
    let start = lower < 0 ? lower + size : lower
    let stop = upper < 0 ? upper + size : upper
    if step > 0 {
      let end = min(isClosed ? stop + 1 : stop, size)
      return IndexRange(lower: max(start, 0), upper: end, step: step)
    }
    let end = max(isClosed ? stop - 1 : stop, -1)
    return IndexRange(lower: min(start, size - 1), upper: end, step: step)
  }
}

/// A function written in the language, with the local values that it saw when it was made.
///
/// Globals are looked up when the function runs, locals are captured by value: functions can then
/// be part of a session's snapshot.
package struct Closure {
  let function: Function
  let source: Source
  let captured: [String: Value]

  package var name: String { function.name ?? "function" }

  var signature: String {
    let parameters = function.parameters.map { parameter in
      parameter.defaultValue == nil
        ? parameter.name
        : "\(parameter.name) = \(source.slice(parameter.defaultValue!.span))"
    }
    return "\(name)(\(parameters.joined(separator: ", ")))"
  }

  /// `fn f(x, scale = 1)`, or of a function without a name its text: `x => x² + 1`.
  var description: String {
    guard function.name == nil else { return "fn \(signature)" }
    let names = function.parameters.map(\.name).joined(separator: ", ")
    let body = source.slice(function.body.span)
    let isShort = body.count <= Closure.shownLength && !body.contains("\n") && body.first != "{"
    return (function.parameters.count == 1 ? names : "(\(names))") + " => "
      + (isShort ? body : "{ … }")
  }

  private static let shownLength = 60
}

/// Real or synthetic data, with labels or true factors where they are known.
package struct DatasetValue {
  package let name: String
  /// Shape: [N, D].
  package let inputs: Tensor
  /// Shape: [N].
  package let labels: Tensor?
  /// Rows before this one are for training, the rest for testing; nil if there is no split.
  package let trainingCount: Int?
  /// Height and width of the pictures whose pixels are the rows.
  package let imageSize: [Int]?
  /// The factors that synthetic data was made from, by name, each [N].
  package let factors: Record

  package init(
    name: String, inputs: Tensor, labels: Tensor?, trainingCount: Int?, imageSize: [Int]?,
    factors: Record = Record([])
  ) {
    self.name = name
    self.inputs = inputs
    self.labels = labels
    self.trainingCount = trainingCount
    self.imageSize = imageSize
    self.factors = factors
  }

  package var count: Int { inputs.shape[0] }

  /// Rows `range` as a data set of their own.
  package func rows(_ range: Range<Int>, named name: String) throws(TensorError) -> DatasetValue {
    var fields: [(name: String, value: Value)] = []
    for (name, value) in factors.fields {
      if case .tensor(let tensor) = value {
        fields.append((name, .tensor(try tensor.sliced(axis: 0, range))))
      }
    }
    return DatasetValue(
      name: name, inputs: try inputs.sliced(axis: 0, range),
      labels: try labels.map { (labels) throws(TensorError) in
        try labels.sliced(axis: 0, range)
      }, trainingCount: nil, imageSize: imageSize, factors: Record(fields))
  }
}
