/// A fenced block of a lesson that Latent reads: a program, a hint, or what a program prints.
package struct Cell: Sendable, Hashable {
  package var role: Role
  package var options: Options
  /// Number of the cell, from 1, counting top to bottom; an output has the number of its cell.
  package var number: Int
  /// Line of the opening fence in the lesson, from 1.
  package var firstLine: Int
  package var fence: Fence
  /// The opening line, the lines inside and the closing line, each with its line ends; `closing`
  /// is empty if the block is never closed.
  package var opening: String
  package var body: String
  package var closing: String

  package enum Role: Sendable, Hashable {
    /// A program of the lesson's main session.
    case code
    /// What the learner starts from.
    case exercise(id: String)
    case hint
    case solution
    case check
    /// A plausible mistake that the check must refuse, saying `words`.
    case wrong(words: String)
    /// What the cell before it prints. A volatile output is shown and never compared.
    case output(isVolatile: Bool)
  }

  package struct Options: OptionSet, Sendable, Hashable {
    package let rawValue: Int
    package init(rawValue: Int) { self.rawValue = rawValue }

    /// What the cell prints differs from run to run: it is run and not compared.
    package static let volatile = Options(rawValue: 1)
    /// The cell must fail, and the text of its failure is its output.
    package static let error = Options(rawValue: 2)
    /// The cell is shown and never run.
    package static let skip = Options(rawValue: 4)
  }

  package init(
    role: Role, options: Options, number: Int, firstLine: Int, fence: Fence, opening: String,
    body: String, closing: String
  ) {
    self.role = role
    self.options = options
    self.number = number
    self.firstLine = firstLine
    self.fence = fence
    self.opening = opening
    self.body = body
    self.closing = closing
  }

  /// The block exactly as it stands in the lesson.
  package var text: String { opening + body + closing }

  /// The program, hint or output, with `\n` between its lines and none behind the last.
  package var content: String { contentLines.joined(separator: "\n") }

  /// The lines between the fences, without the fence's indentation.
  package var contentLines: [String] { fence.unindentedLines(of: body) }

  package var isOutput: Bool {
    if case .output = role { true } else { false }
  }
}

extension Cell.Role {
  /// What a message calls the cell.
  package var name: String {
    switch self {
    case .code: "cell"
    case .exercise: "exercise"
    case .hint: "hint"
    case .solution: "solution"
    case .check: "check"
    case .wrong: "wrong answer"
    case .output: "output"
    }
  }
}
