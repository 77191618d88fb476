#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Inputs kept between sessions, one on each line of a text file, oldest first.
package struct HistoryFile: Sendable {
  package static let capacity = 2_000

  package let path: String

  package init(path: String) {
    self.path = path
  }

  /// `history` in the state folder of the XDG specification.
  package static func standard() -> HistoryFile? {
    StateFolder.standard.map { HistoryFile(path: $0 + "/history") }
  }

  /// What the file holds; nothing if it cannot be read.
  package func load() -> [String] {
    guard let bytes = FileManager.default.contents(atPath: path) else { return [] }
    let text = String(decoding: bytes, as: UTF8.self)
    return text.split(separator: "\n").suffix(Self.capacity).map(Self.decoded)
  }

  /// Adds an input behind those that are in the file now, other sessions' among them.
  ///
  /// A history is worth no error message: a file that cannot be written stays as it is.
  package func append(_ input: String) {
    var inputs = load()
    guard inputs.last != input else { return }
    inputs.append(input)
    let text = inputs.suffix(Self.capacity).map { Self.encoded($0) + "\n" }.joined()
    let folder = path[..<(path.lastIndex(of: "/") ?? path.startIndex)]
    try? FileManager.default.createDirectory(
      atPath: String(folder), withIntermediateDirectories: true)
    try? Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
  }

  /// The input on one line: `\n` for a newline and `\\` for a backslash.
  static func encoded(_ input: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in input.unicodeScalars {
      switch scalar {
      case "\\": result.append(contentsOf: "\\\\".unicodeScalars)
      case "\n": result.append(contentsOf: "\\n".unicodeScalars)
      case "\r": result.append(contentsOf: "\\r".unicodeScalars)
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  static func decoded(_ line: Substring) -> String {
    var result = String.UnicodeScalarView()
    var isEscaped = false
    for scalar in line.unicodeScalars {
      if isEscaped {
        result.append(scalar == "n" ? "\n" : scalar == "r" ? "\r" : scalar)
        isEscaped = false
      } else if scalar == "\\" {
        isEscaped = true
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }
}
