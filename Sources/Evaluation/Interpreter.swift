import Rendering
import Syntax

/// What a prompt and a lesson need of a session; the real one is `Session`, tests have simpler
/// ones.
///
/// An interpreter is a value: a copy is a snapshot.
package protocol Interpreter {
  /// Runs a cell and gives what it shows. A failed cell keeps what it did before it failed.
  ///
  /// Whoever wants to see outputs while the cell still runs gives `watch`, which is called with
  /// each when it is made; only the value of the cell and its error come at the end alone.
  mutating func run(_ source: Source, watch: ((Output) -> Void)?) -> CellResult

  /// Whether the text stops in the middle of something, so that a prompt should ask for more.
  func isIncomplete(_ text: String) -> Bool

  /// What could stand at UTF-8 offset `cursor` of `text`.
  func completions(in text: String, at cursor: Int) -> Completions
}

extension Interpreter {
  package mutating func run(_ source: Source) -> CellResult { run(source, watch: nil) }
}

package struct CellResult: Sendable {
  package var outputs: [Output]
  /// How many of the outputs, from the first, somebody has watched being made.
  package var watchedCount = 0
  package var succeeded: Bool
  /// The variables that the cell has given values to.
  package var namesSet: Set<String> = []
  /// The number under which the cell's value, which is the last output, can be named again.
  package var resultNumber: Int?

  package init(outputs: [Output], succeeded: Bool) {
    self.outputs = outputs
    self.succeeded = succeeded
  }

  /// The outputs that nobody has seen yet.
  package var unseen: [Output] { Array(outputs.dropFirst(watchedCount)) }
}

package struct Completions: Sendable, Hashable {
  /// UTF-8 offsets of the text that a candidate replaces.
  package var start: Int
  package var end: Int
  package var candidates: [Candidate]
  /// Whether the text there is the beginning of a file's name, which the caller knows.
  package var wantsFiles = false

  package init(start: Int, end: Int, candidates: [Candidate]) {
    self.start = start
    self.end = end
    self.candidates = candidates
  }

  package struct Candidate: Sendable, Hashable {
    package var replacement: String
    /// A few words shown beside it in a list.
    package var summary: String?

    package init(replacement: String, summary: String? = nil) {
      self.replacement = replacement
      self.summary = summary
    }
  }
}
