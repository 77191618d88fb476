import Codecs
import Datasets
import Models
import Rendering
import Tensors

extension Evaluator {
  /// What a file holds, as a value.
  func load(_ path: String, header: CSV.Header, words: Set<String>) throws -> Value {
    let format = try FileFormat(path)
    return try reading(path) {
      let bytes = try content(of: path)
      switch format.kind {
      case .idx: return .tensor(try IDX.decode(bytes, limit: fileLimit).tensor())
      case .npy: return .tensor(try NPY.decode(bytes, limit: fileLimit).tensor())
      case .npz, .safetensors: return .record(try record(of: arrays(bytes, format)))
      case .csv, .tsv:
        return try value(
          of: CSV.decode(
            bytes, separator: format.separator, header: header, words: words, limit: fileLimit))
      case .png, .pgm, .ppm: return .tensor(try picture(bytes, format).tensor())
      case .txt, .md: return .string(try text(bytes, path))
      }
    }
  }

  private func arrays(
    _ bytes: [UInt8], _ format: FileFormat
  ) throws -> [(name: String, array: NumberArray)] {
    format.kind == .npz
      ? try NPZ.decode(bytes, limit: fileLimit) : try Safetensors.decode(bytes, limit: fileLimit)
  }

  private func record(of arrays: [(name: String, array: NumberArray)]) throws -> Record {
    Record(try arrays.map { ($0.name, .tensor(try $0.array.tensor())) })
  }

  /// Pictures are as layers and `show` take them. Shape: [1, C, H, W].
  private func picture(_ bytes: [UInt8], _ format: FileFormat) throws -> NumberArray {
    let picture = try samples(bytes, format)
    return NumberArray(
      shape: [1, picture.channels, picture.height, picture.width], values: picture.planes)
  }

  private func samples(_ bytes: [UInt8], _ format: FileFormat) throws -> PictureSamples {
    format.kind == .png ? try PNG.decode(bytes) : try Netpbm.decode(bytes)
  }

  private func text(_ bytes: [UInt8], _ path: String) throws -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      let valid = String(decoding: bytes, as: UTF8.self).utf8
      let place = zip(valid, bytes).prefix { $0 == $1 }.count
      throw FileFault.notText(path: path, byte: place)
    }
    guard text.count <= host.limits.stringLength else {
      throw Fault.stringLimit(limit: host.limits.stringLength)
    }
    return text
  }

  /// A table with a header is a record of its columns; numbers alone are one tensor.
  private func value(of table: TextTable) throws -> Value {
    var numbers: [[Float]] = []
    for case .numbers(let values) in table.columns { numbers.append(values) }
    if table.names == nil, numbers.count == table.columns.count {
      let columns = Shape([numbers.count, table.rowCount])
      return .tensor(try Tensor(numbers.flatMap { $0 }, shape: columns).permuted([1, 0]))
    }
    let fields = try table.columns.enumerated().map { index, column in
      let name = table.names?[index] ?? "column_\(index + 1)"
      switch column {
      case .numbers(let values):
        return (name, Value.tensor(try Tensor(values, shape: [values.count])))
      case .words(let words): return (name, Value.list(words.map(Value.string)))
      }
    }
    return .record(Record(fields))
  }

  // MARK: Models

  /// The named tensors of a file.
  func arrays(of path: String) throws -> [(name: String, array: NumberArray)] {
    let format = try FileFormat(path)
    guard format.kind == .npz || format.kind == .safetensors else {
      throw FileFault.noTensors(path: path)
    }
    return try reading(path) { try arrays(content(of: path), format) }
  }

  /// Gives the parameters and statistics of models what a file holds for them: all or none.
  func restore(
    _ target: Value, from arrays: [(name: String, array: NumberArray)], of path: String
  ) throws {
    var naming = TensorNaming.safetensors(state.layers.state)
    do {
      try naming.add(target, ending: "")
    } catch is FileFault { throw FileFault.notModel(target.kindName) }
    let held = try matched(
      Dictionary(arrays.map { ($0.name, $0.array) }, uniquingKeysWith: { first, _ in first }),
      naming.found, target, path)
    var store = state.layers.state
    for (entry, array) in held {
      guard case .state(let key, let isTransposed) = entry.source else { continue }
      let needed = try shapeInFile(key, isTransposed)
      guard array.shape == needed else {
        throw FileFault.tensorMismatch(
          path: path, name: entry.name, expected: needed, found: array.shape)
      }
      try store.set(key, (isTransposed ? array.transposed : array).tensor())
    }
    state.layers.state = store
  }

  private func shapeInFile(_ key: StateKey, _ isTransposed: Bool) throws -> [Int] {
    guard let tensor = state.layers.state[key] else { return [] }
    return isTransposed ? tensor.shape.sizes.reversed() : tensor.shape.sizes
  }

  /// Each tensor of the models with its array.
  private func matched(
    _ arrays: [String: NumberArray], _ entries: [NamedTensor], _ target: Value, _ path: String
  ) throws -> [(NamedTensor, NumberArray)] {
    if entries.isEmpty { throw FileFault.notModel(target.kindName) }
    for entry in entries {
      if case .tensor(let tensor) = entry.source {
        throw FileFault.notModel(Value.tensor(tensor).kindName)
      }
    }
    let names = namesInFile(entries, target, arrays)
    let missing = names.filter { arrays[$0] == nil }
    let unknown = Set(arrays.keys).subtracting(names).filter { isMeant($0, for: target) }
    guard missing.isEmpty, unknown.isEmpty else {
      throw FileFault.modelMismatch(path: path, missing: missing, unknown: unknown.sorted())
    }
    return zip(entries, names).compactMap { entry, name in arrays[name].map { (entry, $0) } }
  }

  /// A model of one layer may have been kept as that layer, without its place.
  private func namesInFile(
    _ entries: [NamedTensor], _ target: Value, _ arrays: [String: NumberArray]
  ) -> [String] {
    let names = entries.map(\.name)
    guard case .model(let model) = target, model.layers.count == 1, arrays[names[0]] == nil else {
      return names
    }
    return names.map { String($0.dropFirst(2)) }
  }

  /// Other parts of a file are left to other models, and what PyTorch counts is not needed.
  private func isMeant(_ name: String, for target: Value) -> Bool {
    if name.hasSuffix("num_batches_tracked") { return false }
    guard case .record(let record) = target else { return true }
    return record.names.contains { name == $0 || name.hasPrefix($0 + ".") }
  }

  // MARK: Listing

  /// What a file holds, without its numbers.
  func entries(of path: String) throws -> [FileEntry] {
    let format = try FileFormat(path)
    return try reading(path) {
      let bytes = try content(of: path)
      switch format.kind {
      case .idx: return [try IDX.entry(bytes, limit: fileLimit)]
      case .npy: return [try NPY.entry(bytes, limit: fileLimit)]
      case .npz: return try NPZ.entries(bytes, limit: fileLimit)
      case .safetensors: return try Safetensors.entries(bytes, limit: fileLimit)
      case .csv, .tsv:
        return entries(of: try CSV.decode(bytes, separator: format.separator, limit: fileLimit))
      case .png, .pgm, .ppm:
        let picture = try samples(bytes, format)
        let size = [picture.channels, picture.height, picture.width]
        return [
          FileEntry(name: "", type: picture.channels == 1 ? "gray" : "color", shape: size)
        ]
      case .txt, .md:
        return [FileEntry(name: "", type: "text", shape: [try text(bytes, path).count])]
      }
    }
  }

  private func entries(of table: TextTable) -> [FileEntry] {
    table.columns.enumerated().map { index, column in
      let name = table.names?[index] ?? "column_\(index + 1)"
      return if case .numbers = column {
        FileEntry(name: name, type: "numbers", shape: [table.rowCount])
      } else {
        FileEntry(name: name, type: "words", shape: [table.rowCount])
      }
    }
  }
}
