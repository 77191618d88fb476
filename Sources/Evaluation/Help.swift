import Rendering

/// Reference texts, computed from the table of built-ins.
package enum Help {
  /// One name in full, or nil if there is none.
  package static func text(for name: String) -> String? {
    guard let builtin = Builtin.named(name) else { return nil }
    var lines = [builtin.signature.text, "  \(builtin.summary)"]
    if let shapes = builtin.shapes { lines.append("  shapes: \(shapes)") }
    lines.append("  example:")
    lines += builtin.example.split(separator: "\n").map { "    \($0)" }
    return lines.joined(separator: "\n")
  }

  /// All names by topic, each with its summary.
  package static var overview: String {
    Builtin.Topic.allCases.map { topic in
      let entries = Builtin.all.filter { $0.topic == topic }
      return "\(topic.rawValue)\n" + wrapped(entries.map(\.name))
    }.joined(separator: "\n")
  }

  /// Names that are near a misspelt one.
  package static func suggestions(for name: String) -> [String] {
    Suggestion.closest(to: name, among: Builtin.all.map(\.name))
  }

  /// The one of the known words that was probably meant.
  package static func closest(to word: String, among known: [String]) -> String? {
    Suggestion.closest(to: word, among: known).first
  }

  private static func wrapped(_ words: [String]) -> String {
    var lines = [" "]
    for word in words {
      if lines[lines.count - 1].count + word.count + 1 > 78 { lines.append(" ") }
      lines[lines.count - 1] += " " + word
    }
    return lines.joined(separator: "\n")
  }
}
