import Models
import Syntax
import Tensors

extension ArchiveWriter {
  mutating func write(_ value: Value, _ engine: Engine) throws {
    switch value {
    case .nothing: write("nothing")
    case .tensor(let tensor):
      write("tensor")
      try write(tensor, engine)
    case .mask(let tensor):
      write("mask")
      try write(tensor, engine)
    case .string(let text):
      write("string")
      write(text)
    case .boolean(let flag):
      write("boolean")
      write(flag)
    case .list(let values):
      write("list")
      try write(values) { try $0.write($1, engine) }
    case .composition(let values):
      write("composition")
      try write(values) { try $0.write($1, engine) }
    case .record(let record):
      write("record")
      try write(record, engine)
    case .range(let range):
      write("range")
      write([range.lower, range.upper, range.step])
      write(range.isClosed)
    default: try writeCallable(value, engine)
    }
  }

  private mutating func writeCallable(_ value: Value, _ engine: Engine) throws {
    switch value {
    case .function(let closure):
      write("function")
      try write(closure, engine)
    case .builtin(let builtin):
      write("builtin")
      write(builtin.name)
    case .model(let model):
      write("model")
      write(model)
    case .parameter(let id):
      write("parameter")
      write(id)
    case .optimizer(let optimizer):
      write("optimizer")
      write(optimizer)
    case .dataset(let dataset):
      write("dataset")
      try write(dataset, engine)
    default: preconditionFailure("written already")
    }
  }

  private mutating func write(_ record: Record, _ engine: Engine) throws {
    try write(record.fields) { archive, field in
      archive.write(field.name)
      try archive.write(field.value, engine)
    }
  }

  /// A function is written as the text it stands in and where.
  private mutating func write(_ closure: Closure, _ engine: Engine) throws {
    write(closure.source.name)
    write(closure.source.text)
    write(closure.source.firstLine)
    write(FunctionSearch.place(of: closure.function))
    try write(closure.captured.keys.sorted()) { archive, name in
      archive.write(name)
      try archive.write(closure.captured[name]!, engine)
    }
  }

  private mutating func write(_ dataset: DatasetValue, _ engine: Engine) throws {
    write(dataset.name)
    try write(dataset.inputs, engine)
    write(dataset.labels != nil)
    if let labels = dataset.labels { try write(labels, engine) }
    write(dataset.trainingCount ?? -1)
    write(dataset.imageSize ?? [])
    try write(dataset.factors, engine)
  }
}

extension ArchiveReader {
  mutating func value() throws -> Value {
    switch try text() {
    case "nothing": return .nothing
    case "tensor": return .tensor(try tensor())
    case "mask": return .mask(try tensor())
    case "string": return .string(try text())
    case "boolean": return .boolean(try flag())
    case "list": return .list(try list { try $0.value() })
    case "composition": return .composition(try list { try $0.value() })
    case "record": return .record(try record())
    case "range":
      let numbers = try numbers()
      guard numbers.count == 3, numbers[2] != 0 else { throw ArchiveError.damaged }
      return .range(
        IndexRange(
          lower: numbers[0], upper: numbers[1], step: numbers[2], isClosed: try flag()))
    case "function": return .function(try closure())
    case "builtin":
      guard let builtin = Builtin.named(try text()) else { throw ArchiveError.damaged }
      return .builtin(builtin)
    case "model": return .model(try model())
    case "parameter": return .parameter(try parameterID())
    case "optimizer": return .optimizer(try optimizer())
    case "dataset": return .dataset(try dataset())
    default: throw ArchiveError.damaged
    }
  }

  private mutating func record() throws -> Record {
    Record(try list { (name: try $0.text(), value: try $0.value()) })
  }

  private mutating func closure() throws -> Closure {
    let (name, text) = (try text(), try text())
    let source = Source(name: name, text: text, firstLine: try number())
    let place = try numbers()
    let program = Parser.parse(source, commands: Builtin.commands)
    guard let function = FunctionSearch.function(at: place, in: program) else {
      throw ArchiveError.damaged
    }
    var captured: [String: Value] = [:]
    for (name, value) in try list({ (try $0.text(), try $0.value()) }) { captured[name] = value }
    return Closure(function: function, source: source, captured: captured)
  }

  private mutating func dataset() throws -> DatasetValue {
    let name = try text()
    let inputs = try tensor()
    let labels = try flag() ? try tensor() : nil
    let trainingCount = try number()
    let imageSize = try numbers()
    return DatasetValue(
      name: name, inputs: inputs, labels: labels,
      trainingCount: trainingCount < 0 ? nil : trainingCount,
      imageSize: imageSize.isEmpty ? nil : imageSize, factors: try record())
  }
}
