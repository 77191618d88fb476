/// The reference as a lesson, computed from the table of built-ins: every example is a cell, so
/// that checking the lesson runs them all.
package enum ReferencePage {
  /// The page without outputs; `latent promote` writes them.
  package static var markdown: String {
    let topics = Builtin.Topic.allCases.map { topic in
      let entries = Builtin.all.filter { $0.topic == topic }.map(entry)
      return "## \(title(topic.rawValue))\n\n" + entries.joined(separator: "\n")
    }
    let groups = Notation.Group.allCases.map { group in
      let entries = Notation.all.filter { $0.group == group }.map(entry)
      return "## \(title(group.rawValue))\n\n" + entries.joined(separator: "\n")
    }
    return front + (topics + groups).joined(separator: "\n")
  }

  private static let front = """
    ---
    title: Reference
    summary: Every name of the language with its signature, shapes and an example.
    minutes: 60
    seed: 0
    ---
    # Reference

    Every name that the language provides, by topic, then its signs and words, and the ideas
    behind them. In a signature
    `y?` and `count = 50` may be left out, `sizes…` takes any number of arguments, and what is
    written `axis: 0` is given by name. Shapes are written with letters for sizes: `[B, D] → [B]`
    takes B rows of D numbers and gives B numbers; `[…]` is any shape. A verb such as `plot` takes
    the rest of its line, and `plot(x, y)` is the same. At the prompt, `help NAME` shows one of
    these entries.


    """

  private static func title(_ topic: String) -> String {
    topic.prefix(1).uppercased() + topic.dropFirst()
  }

  private static func entry(_ notation: Notation) -> String {
    let isWord = notation.group == .concepts
    let heading = notation.spellings.map { isWord ? $0 : "`\($0)`" }.joined(separator: " ")
    return """
      ### \(heading)

      `\(notation.usage)`

      \(sentence(notation.summary))

      ```latent
      \(notation.example)
      ```

      """
  }

  private static func entry(_ builtin: Builtin) -> String {
    var lines = [
      "### \(builtin.name)", "", "`\(builtin.usage)`", "",
      sentence(builtin.summary, naming: builtin.signature.parameters.map(\.name)),
    ]
    if let shapes = builtin.shapes { lines += ["", "Shapes: `\(shapes)`"] }
    let volatile = builtin.showsTime ? " volatile" : ""
    lines += ["", "```latent\(volatile)", builtin.example, "```", ""]
    return lines.joined(separator: "\n")
  }

  /// A summary with a capital letter and a full stop; a formula at its beginning stays as it is.
  private static func sentence(_ summary: String, naming parameters: [String] = []) -> String {
    let word = String(summary.prefix { $0 != " " && $0 != "," && $0 != "(" })
    let rest = summary.dropFirst(word.count)
    let isLetter = word.count == 1 && (word != "a" || parameters.contains(word))
    let isFormula = isLetter || rest.hasPrefix("(") || rest.hasPrefix(" Σ")
    // Symbols that Markdown would read are escaped.
    var text = ""
    for character in isFormula
      ? summary : summary.prefix(1).uppercased() + summary.dropFirst()
    {
      if "*_<>[]$".contains(character) { text.append("\\") }
      text.append(character)
    }
    return text + "."
  }
}

extension Builtin {
  /// Whether what the example shows differs from run to run.
  fileprivate var showsTime: Bool { name == "time" }
}
