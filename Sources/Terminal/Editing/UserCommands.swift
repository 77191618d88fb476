#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The commands of the user's `.editrc`.
enum UserCommands {
  struct Command: Hashable {
    var words: [String]

    /// `bind -e` and `bind -v` choose the editor and forget every binding made before.
    var setsMode: Bool {
      words.count == 2 && words[0].split(separator: ":").last == "bind"
        && (words[1] == "-e" || words[1] == "-v")
    }
  }

  /// The commands of the file that libedit itself would read.
  static func load() -> [Command] {
    let home = environmentVariable("HOME").map { $0 + "/.editrc" }
    guard let path = environmentVariable("EDITRC") ?? home,
      let bytes = FileManager.default.contents(atPath: path)
    else { return [] }
    return parse(String(decoding: bytes, as: UTF8.self))
  }

  static func parse(_ text: String) -> [Command] {
    text.split(separator: "\n").compactMap { line in
      let words = words(of: line)
      return words.isEmpty || words[0].hasPrefix("#") ? nil : Command(words: words)
    }
  }

  /// Words with the quoting of a shell: quotes hold spaces, a backslash takes the next character,
  /// and inside quotes it is kept for `bind` to read.
  private static func words(of line: Substring) -> [String] {
    var words: [String] = []
    var word: String?
    var quote: Character?
    var isEscaped = false
    for character in line {
      if isEscaped {
        word = (word ?? "") + (quote == nil ? "" : "\\") + String(character)
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else if character == quote {
        quote = nil
      } else if quote == nil, character == "\"" || character == "'" {
        quote = character
        word = word ?? ""
      } else if quote == nil, character.isWhitespace {
        if let finished = word { words.append(finished) }
        word = nil
      } else {
        word = (word ?? "") + String(character)
      }
    }
    return word.map { words + [$0] } ?? words
  }
}
