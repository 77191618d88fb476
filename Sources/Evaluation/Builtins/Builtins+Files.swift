import Datasets
import Rendering
import Tensors

extension Builtins {
  static let files: [Builtin] = [
    Builtin(
      "load(file, into: nothing, header: nothing, words: nothing)", .data,
      "what a file holds, by its ending, each perhaps with .gz; into: gives it to a model",
      shapes: ".npy .idx -ubyte → […]; .npz .safetensors → a record of […]; .png .pgm .ppm → "
        + "[1, C, H, W] from 0 to 1; .csv .tsv → [rows, columns], or a record of [rows]; "
        + ".txt .md → text",
      example: "save [[1, 2], [3, 4]], \"numbers.npy\"\nload \"numbers.npy\"", isCommand: true
    ) { call in
      let path = try call.string("file")
      guard let target = call.value("into") else {
        return try call.at("file") {
          try call.evaluator.load(path, header: call.header(), words: call.words())
        }
      }
      let arrays = try call.at("file") { try call.evaluator.arrays(of: path) }
      try call.at("into") { try call.evaluator.restore(target, from: arrays, of: path) }
      return .nothing
    },
    Builtin(
      "save(value, file)", .data,
      "writes a value in the format of the file's ending, with .gz compressed; models get the "
        + "names and orientation of PyTorch",
      shapes: "tensors → .npy .idx .csv; models and records of tensors → .safetensors .npz; "
        + "columns → .csv .tsv; one picture → .png .pgm .ppm; text → .txt .md",
      example: "m = mlp(2, 3, 1)\nsave m, \"model.safetensors\"\nk = mlp(2, 3, 1)\n"
        + "load \"model.safetensors\", into: k\nall(k(ones(1, 2)) == m(ones(1, 2)))",
      isCommand: true
    ) { call in
      let path = try call.string("file")
      try call.at("file") { _ = try FileFormat(path) }
      let bytes = try call.at("value") {
        try call.evaluator.fileContent(call.given("value")?.value ?? .nothing, for: path)
      }
      try call.at("file") { try call.evaluator.write(bytes, to: path) }
      return .nothing
    },
    Builtin(
      "contents(file)", .data, "lists what a file holds: names, types and shapes",
      example: "save mlp(2, 3, 1), \"model.safetensors\"\ncontents \"model.safetensors\"",
      isCommand: true
    ) { call in
      let path = try call.string("file")
      let entries = try call.at("file") { try call.evaluator.entries(of: path) }
      let isNamed = entries.contains { !$0.name.isEmpty }
      let rows = entries.map { entry -> [Table.Cell] in
        (isNamed ? [.text(entry.name)] : [])
          + [.text(entry.type), .text("\(Shape(entry.shape))")]
      }
      call.evaluator.show(
        .table(Table(headings: (isNamed ? ["name"] : []) + ["type", "shape"], rows: rows)))
      return .nothing
    },
  ]
}

extension BoundCall {
  fileprivate func header() throws -> CSV.Header {
    try has("header") ? flag("header") ? .present : .absent : .guessed
  }

  /// Columns to be kept as words: a name or a list of them.
  fileprivate func words() throws -> Set<String> {
    guard let value = value("words") else { return [] }
    return try at("words") {
      let names: [Value] = if case .list(let values) = value { values } else { [value] }
      return Set(
        try names.map { name in
          guard case .string(let text) = name else {
            throw Fault.wrongKind(
              expected: "names of columns", got: name.kindName, place: "`words`")
          }
          return text
        })
    }
  }
}
