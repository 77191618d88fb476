import Codecs
import Datasets
import Tensors

/// How a value is kept in a file, told from the file's name.
struct FileFormat {
  let kind: Kind
  let isCompressed: Bool

  enum Kind: String {
    case idx, npy, npz, csv, tsv, pgm, ppm, png, safetensors, txt, md
  }

  /// Endings that a file name may have, each perhaps with `.gz` behind it.
  static let endings = [
    ".npy", ".npz", ".csv", ".tsv", ".idx", "-ubyte", ".png", ".pgm", ".ppm", ".safetensors",
    ".txt", ".md",
  ]

  /// Throws: `Fault.unknownFormat`.
  init(_ path: String) throws {
    var name = path.split(separator: "/").last.map { $0.lowercased() } ?? ""
    isCompressed = name.hasSuffix(".gz")
    if isCompressed { name.removeLast(3) }
    let ending = name.lastIndex(of: ".").map { String(name[name.index(after: $0)...]) } ?? ""
    if let kind = Kind(rawValue: ending) {
      self.kind = kind
    } else if name.hasSuffix("-ubyte") {
      kind = .idx
    } else {
      throw Fault.unknownFormat(path: path, known: FileFormat.endings)
    }
  }

  /// For messages.
  var ending: String { "." + kind.rawValue }

  var separator: Unicode.Scalar { kind == .tsv ? "\t" : "," }
}

extension Evaluator {
  /// Most bytes that one file may grow to in memory.
  var fileLimit: Int { host.engine.memoryLimit }

  /// The bytes of a file, expanded if they are compressed.
  func content(of path: String) throws -> [UInt8] {
    recorder?.noteLook()
    let bytes = try host.files.read(path)
    return Inflate.isGzip(bytes) ? try Inflate.expand(bytes, as: .gzip, limit: fileLimit) : bytes
  }

  /// Runs `body` so that what is wrong with a file's bytes is reported with the file's name.
  func reading<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as FormatError {
      throw Fault.format(path: path, error)
    }
  }
}

extension NumberArray {
  func tensor() throws(TensorError) -> Tensor {
    guard shape.count <= Shape.maximumRank else {
      throw .rankLimit(rank: shape.count, limit: Shape.maximumRank)
    }
    return try Tensor(values, shape: Shape(shape))
  }

  /// Rows become columns. Shape: [M, N] → [N, M].
  var transposed: NumberArray {
    let (rows, columns) = (shape[0], shape[1])
    var result: [Float] = []
    result.reserveCapacity(values.count)
    for column in 0..<columns {
      for row in 0..<rows { result.append(values[row * columns + column]) }
    }
    return NumberArray(shape: [columns, rows], values: result)
  }
}
