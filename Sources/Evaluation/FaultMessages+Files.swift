import Codecs
import Datasets
import Models
import Rendering
import Tensors

extension FileError {
  var sentence: FaultMessage {
    switch self {
    case .notFound(let path):
      FaultMessage(
        id: "file-not-found", message: "there is no file `\(path)`",
        help: "a path begins in the current folder, in a lesson beside the lesson")
    case .isFolder(let path):
      FaultMessage(id: "file-is-folder", message: "`\(path)` is a folder, not a file")
    case .notPermitted(let path, let use, _):
      FaultMessage(
        id: "file-not-permitted",
        message: use == .reading
          ? "a lesson reads only from its own folder, not `\(path)`"
          : "a lesson writes only to its output folder, not `\(path)`",
        label: "outside of it",
        help: use == .reading
          ? "put the file beside the lesson, or load it at the prompt"
          : "give a name without / in front and without ..")
    case .tooLarge(let path, let byteCount, let limit):
      FaultMessage(
        id: "file-too-large",
        message: "`\(path)` has \(Evaluation.byteCount(byteCount)), more than the limit of "
          + Evaluation.byteCount(limit))
    case .failed(let path, let reason):
      FaultMessage(id: "file-failed", message: "`\(path)`: \(reason)")
    }
  }
}

extension FormatError {
  /// What a reader of the file's name sees.
  func sentence(_ path: String?) -> FaultMessage {
    let file = path.map { "`\($0)`" } ?? "this"
    switch problem {
    case .unsupported(let what):
      return FaultMessage(
        id: "file-format", message: "\(file) is a \(format) file with \(what), which is not read",
        label: location)
    case .tooLarge(let part, let byteCount, let limit):
      let size = byteCount == .max ? "more than any memory" : Evaluation.byteCount(byteCount)
      return FaultMessage(
        id: "file-too-large",
        message: "\(file) would need \(size) for \(part), more than the limit of "
          + Evaluation.byteCount(limit),
        label: location, help: "latent --memory SIZE raises the limit")
    default:
      return FaultMessage(
        id: "file-format", message: "\(file) is not a readable \(format) file: \(reason)",
        label: location)
    }
  }

  private var reason: String {
    switch problem {
    case .endsEarly(let part, let needed, let found):
      "\(part) should take \(bytes(needed)), \(found == 0 ? "none" : bytes(found)) follow"
    case .goesOn(let count): "\(bytes(count)) follow behind its end"
    case .unexpected(nil, let expected): "\(expected) should stand here"
    case .unexpected(let found?, let expected): "there is \(found), expected \(expected)"
    case .damaged(let part): "\(part) is damaged"
    case .unsupported(let what): "\(what) is not read"
    case .tooLarge(let part, _, _): "\(part) is too large"
    }
  }

  private var location: String? {
    switch place {
    case .byte(let offset): "at byte \(NumberFormat.grouped(offset))"
    case .cell(let line, let column): "line \(line), column \(column)"
    case nil: nil
    }
  }

  private func bytes(_ count: Int) -> String {
    count == 1 ? "1 byte" : "\(NumberFormat.grouped(count)) bytes"
  }
}

/// What does not fit between a file and the value that it is for: facts only.
enum FileFault: Error {
  /// A kind of value that the format has no room for.
  case cannotHold(kind: String, ending: String, instead: String)
  case modelMismatch(path: String, missing: [String], unknown: [String])
  case tensorMismatch(path: String, name: String, expected: [Int], found: [Int])
  case noTensors(path: String)
  case notText(path: String, byte: Int)
  case differentLengths(String, Int, String, Int)
  case severalPictures(Int, Shape)
  /// What a model cannot be restored into.
  case notModel(String)

  var sentence: FaultMessage {
    switch self {
    case .cannotHold(let kind, let ending, let instead):
      FaultMessage(
        id: "file-cannot-hold", message: "a \(ending) file cannot hold \(kind)", help: instead)
    case .modelMismatch(let path, let missing, let unknown):
      FaultMessage(
        id: "model-mismatch", message: "`\(path)` holds another model: \(detail(missing, unknown))",
        help: "contents \"\(path)\" lists what it holds")
    case .tensorMismatch(let path, let name, let expected, let found):
      FaultMessage(
        id: "model-mismatch",
        message: "`\(name)` of `\(path)` is \(sizes(found)), the model needs \(sizes(expected))",
        help: "contents \"\(path)\" lists what it holds")
    case .noTensors(let path):
      FaultMessage(
        id: "model-mismatch", message: "`\(path)` cannot restore a model",
        help: "models are kept in .safetensors and .npz files")
    case .notText(let path, let byte):
      FaultMessage(
        id: "file-format", message: "`\(path)` is not UTF-8 text",
        label: "at byte \(NumberFormat.grouped(byte))")
    case .differentLengths(let a, let first, let b, let second):
      FaultMessage(
        id: "shape-mismatch",
        message: "columns of a table are equally long: `\(a)` has \(first) rows, `\(b)` \(second)")
    case .severalPictures(let count, let shape):
      FaultMessage(
        id: "not-a-picture",
        message: "\(shape) are \(count) pictures, a file holds one",
        help: "grid x, to: \"name.png\" writes them side by side; "
          + "reshape(x, 1, height, width) is one picture")
    case .notModel(let what):
      FaultMessage(
        id: "wrong-kind", message: "a file cannot be loaded into \(what)",
        label: "not a model",
        help: "into: takes a model, a parameter, or a list or record of them")
    }
  }

  private func detail(_ missing: [String], _ unknown: [String]) -> String {
    var parts: [String] = []
    if !missing.isEmpty { parts.append("\(first(missing)) not there") }
    if !unknown.isEmpty { parts.append("\(first(unknown)) not in the model") }
    return parts.joined(separator: ", ")
  }

  /// The first few names, and how many more there are.
  private func first(_ names: [String]) -> String {
    let shown = names.prefix(3).map { "`\($0)`" }.joined(separator: ", ")
    let verb = names.count == 1 ? "is" : "are"
    return names.count > 3 ? "\(shown) and \(names.count - 3) more are" : "\(shown) \(verb)"
  }

  private func sizes(_ sizes: [Int]) -> String {
    sizes.isEmpty ? "one number" : sizes.map(String.init).joined(separator: "×")
  }
}
