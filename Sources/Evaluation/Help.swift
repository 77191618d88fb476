import Rendering
import Syntax
import Typography

/// Reference texts, computed from the table of built-ins.
package enum Help {
  /// One name, sign, word or topic in full, or nil if there is none; of `help` itself the list of
  /// all names.
  package static func text(for name: String) -> String? {
    if let text = entry(name) { return text }
    guard let other = Synonyms.entry(for: name) ?? lowercased(name), let text = entry(other)
    else { return Synonyms.advice(on: name).map { "\(name): \($0)" } }
    return "\(name): see \(other)\n\n" + text
  }

  private static func lowercased(_ name: String) -> String? {
    name == name.lowercased() ? nil : name.lowercased()
  }

  /// A topic may have the name of one of its entries: both are shown.
  private static func entry(_ name: String) -> String? {
    if name == "help" { return overview }
    let texts = [
      Builtin.named(name).map(text) ?? Notation.named(name)?.text,
      Builtin.Topic(rawValue: name).map(text), Notation.Group(rawValue: name).map(text),
    ].compactMap(\.self)
    return texts.isEmpty ? nil : texts.joined(separator: "\n\n")
  }

  private static func text(of builtin: Builtin) -> String {
    var lines = [builtin.usage, "  \(builtin.summary)"]
    if let shapes = builtin.shapes { lines.append("  shapes: \(shapes)") }
    lines.append("  example:")
    lines += builtin.example.split(separator: "\n").map { "    \($0)" }
    return lines.joined(separator: "\n")
  }

  /// The names of a topic, each with what it does.
  private static func text(of topic: Builtin.Topic) -> String {
    let entries = Builtin.all.filter { $0.topic == topic }
    let width = entries.map(\.name.count).max() ?? 0
    let lines = entries.map { entry in
      "  " + DisplayWidth.padRight(entry.name, to: width) + "  \(entry.summary)"
    }
    return (["the topic \(topic.rawValue)"] + lines).joined(separator: "\n")
  }

  private static func text(of group: Notation.Group) -> String {
    let entries = Notation.all.filter { $0.group == group }
    let signs = entries.map { $0.spellings.joined(separator: " ") }
    let width = signs.map(\.count).max() ?? 0
    let lines = zip(signs, entries).map {
      "  " + DisplayWidth.padRight($0, to: width) + "  \($1.summary)"
    }
    return (["the topic \(group.rawValue)"] + lines).joined(separator: "\n")
  }

  /// All names by topic.
  package static var overview: String {
    let topics = Builtin.Topic.allCases.map { topic in
      let entries = Builtin.all.filter { $0.topic == topic }
      return "\(topic.rawValue)\n" + wrapped(entries.map(\.name))
    }
    let groups = Notation.Group.allCases.map { group in
      let entries = Notation.all.filter { $0.group == group }
      return "\(group.rawValue)\n" + wrapped(entries.flatMap(\.spellings))
    }
    let advice = "help NAME explains one of them, help TOPIC what is in a topic"
    return (topics + groups + [advice]).joined(separator: "\n")
  }

  /// Names that are near a misspelt one.
  package static func suggestions(for name: String) -> [String] {
    Suggestion.closest(to: name, among: words + Synonyms.words)
  }

  /// Every word that has an entry of its own.
  package static var words: [String] {
    Builtin.all.map(\.name) + Builtin.Topic.allCases.map(\.rawValue)
      + Notation.all.flatMap(\.spellings) + Notation.Group.allCases.map(\.rawValue)
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

extension Builtin {
  /// How it is written: a verb takes the rest of its line, anything else has parentheses.
  package var usage: String {
    let arguments = signature.text.dropFirst(name.count)
    guard isCommand, let close = arguments.lastIndex(of: ")") else { return signature.text }
    let inside = arguments[..<close].dropFirst()
    let behind = arguments[arguments.index(after: close)...]
    return name + (inside.isEmpty ? "" : " " + inside) + behind
  }
}
