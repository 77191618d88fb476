/// A sign or word of the grammar, a constant, or an idea that has no sign, defined once: help,
/// completion and the reference page are computed from it.
package struct Notation: Sendable {
  /// Every way to write it, the plainest first.
  package let spellings: [String]
  package let group: Group
  /// How it stands in a program.
  package let usage: String
  /// One line, without a full stop.
  package let summary: String
  /// A cell that shows it at work; the tests run it.
  package let example: String

  package enum Group: String, CaseIterable, Sendable {
    case operators, statements, constants, concepts
  }

  init(
    _ spellings: String, _ group: Group, _ usage: String, _ summary: String, example: String
  ) {
    self.spellings = spellings.split(separator: " ").map(String.init)
    self.group = group
    self.usage = usage
    self.summary = summary
    self.example = example
  }

  package static func named(_ spelling: String) -> Notation? {
    all.first { $0.spellings.contains(spelling) }
  }

  /// The whole table; operators from the loosest to the tightest.
  package static let all = grammar + concepts
}

extension Notation {
  /// The entry in full.
  var text: String {
    let others = spellings.dropFirst()
    var lines = [usage, "  \(summary)"]
    if group == .operators, others.count > 0 {
      lines.append("  written \(spellings.joined(separator: "  "))")
    }
    lines.append("  example:")
    lines += example.split(separator: "\n").map { "    \($0)" }
    return lines.joined(separator: "\n")
  }
}
