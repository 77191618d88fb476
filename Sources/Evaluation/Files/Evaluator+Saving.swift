import Codecs
import Datasets
import Models
import Rendering
import Tensors

extension Evaluator {
  /// A value as the bytes of a file, in the format that the file's name asks for.
  func fileContent(_ value: Value, for path: String) throws -> [UInt8] {
    let format = try FileFormat(path)
    let bytes = try encoded(value, format)
    let largest =
      format.isCompressed ? Deflate.largestCount : format.kind == .npz ? Zip.largestCount : .max
    guard bytes.count <= largest else {
      throw Fault.format(
        path: path,
        FormatError(
          format: format.ending,
          .tooLarge(part: "its content", byteCount: bytes.count, limit: largest)))
    }
    return format.isCompressed ? Deflate.compress(bytes, as: .gzip) : bytes
  }

  private func encoded(_ value: Value, _ format: FileFormat) throws -> [UInt8] {
    switch format.kind {
    case .idx: return IDX.encode(try array(value, format))
    case .npy: return NPY.encode(try array(value, format))
    case .npz: return NPZ.encode(try arrays(value, .npz(state.layers.state), format))
    case .safetensors:
      return Safetensors.encode(try arrays(value, .safetensors(state.layers.state), format))
    case .csv, .tsv: return CSV.encode(try table(value, format), separator: format.separator)
    case .png, .pgm, .ppm: return try picture(value).encoded(as: format)
    case .txt, .md:
      guard case .string(let text) = value else {
        throw FileFault.cannotHold(
          kind: value.kindName, ending: format.ending, instead: "it holds a string: \"{x}\"")
      }
      return Array(text.utf8)
    }
  }

  private func array(_ tensor: Tensor) throws -> NumberArray {
    NumberArray(shape: tensor.shape.sizes, values: try values(of: tensor))
  }

  private func array(_ value: Value, _ format: FileFormat) throws -> NumberArray {
    if case .list = value {
    } else if !value.isTensorLike {
      throw FileFault.cannotHold(
        kind: value.kindName, ending: format.ending,
        instead: "it holds one tensor; .safetensors and .npz files hold models and records")
    }
    return try array(try tensor(value))
  }

  private func arrays(
    _ value: Value, _ naming: TensorNaming, _ format: FileFormat
  ) throws -> [(name: String, array: NumberArray)] {
    var naming = naming
    try naming.add(value, ending: format.ending)
    let store = state.layers.state
    try realize(
      naming.found.compactMap { entry in
        switch entry.source {
        case .tensor(let tensor): tensor
        case .state(let key, _): store[key]
        }
      })
    return try naming.found.compactMap { entry in
      switch entry.source {
      case .tensor(let tensor): return (entry.name, try array(tensor))
      case .state(let key, let isTransposed):
        guard let tensor = store[key] else { return nil }
        let array = try array(tensor)
        return (entry.name, isTransposed ? array.transposed : array)
      }
    }
  }

  // MARK: Tables

  /// A record of columns has a header, a tensor of rows has none.
  private func table(_ value: Value, _ format: FileFormat) throws -> TextTable {
    guard case .record(let record) = value else {
      let array = try array(value, format)
      guard array.shape.count <= 2 else {
        throw TensorError.rankMismatch(
          operation: "save", expected: 2, shape: Shape(array.shape))
      }
      let width = array.shape.count == 2 ? array.shape[1] : 1
      return TextTable(
        names: nil,
        columns: (0..<width).map { column in
          .numbers(stride(from: column, to: array.values.count, by: width).map { array.values[$0] })
        })
    }
    let columns = try record.fields.map { try column($0.value, format) }
    for (index, column) in columns.enumerated() where column.count != columns[0].count {
      throw FileFault.differentLengths(
        record.names[0], columns[0].count, record.names[index], column.count)
    }
    return TextTable(names: record.names, columns: columns)
  }

  private func column(_ value: Value, _ format: FileFormat) throws -> TextTable.Column {
    if case .list(let values) = value {
      var words: [String] = []
      for case .string(let word) in values { words.append(word) }
      if words.count == values.count { return .words(words) }
    }
    let array = try array(value, format)
    guard array.shape.count <= 1 else {
      throw TensorError.rankMismatch(operation: "save", expected: 1, shape: Shape(array.shape))
    }
    return .numbers(array.values)
  }

  // MARK: Pictures

  /// One picture with values from 0 to 1, in the shapes that `show` takes.
  private func picture(_ value: Value) throws -> Raster {
    let tensor = try tensor(value, place: "a picture")
    let shape = try PictureShape(tensor.shape, size: nil)
    guard shape.count == 1 else { throw FileFault.severalPictures(shape.count, tensor.shape) }
    return ImageGrid(
      values: try values(of: tensor), count: 1, channels: shape.channels, height: shape.height,
      width: shape.width
    ).tiles[0]
  }
}

extension TextTable.Column {
  fileprivate var count: Int {
    switch self {
    case .numbers(let values): values.count
    case .words(let values): values.count
    }
  }
}

extension Raster {
  /// Throws: `Fault.unknownFormat` unless the name is that of a picture.
  func encoded(as path: String) throws -> [UInt8] {
    let endings = [".png", ".pgm", ".ppm"]
    guard endings.contains(where: path.lowercased().hasSuffix) else {
      throw Fault.unknownFormat(path: path, known: endings)
    }
    return encoded(as: try FileFormat(path))
  }

  fileprivate func encoded(as format: FileFormat) -> [UInt8] {
    switch format.kind {
    case .pgm: Netpbm.encodeGray(self)
    case .ppm: Netpbm.encodeColor(self)
    default: PNG.encode(self)
    }
  }
}
