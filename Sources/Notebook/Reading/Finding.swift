/// Something about a lesson that its author has to change, with its place.
package struct Finding: Sendable, Hashable {
  package var kind: Kind
  /// Path of the lesson as the user gave it.
  package var path: String
  /// Line of the lesson, from 1.
  package var line: Int
  /// Number of the cell, from 1, if the finding is about one.
  package var cell: Int?
  /// One sentence without a full stop.
  package var message: String
  /// A diff or the text of an error, several lines.
  package var details: String?

  package init(
    _ kind: Kind, path: String, line: Int, cell: Int? = nil, message: String,
    details: String? = nil
  ) {
    self.kind = kind
    self.path = path
    self.line = line
    self.cell = cell
    self.message = message
    self.details = details
  }

  /// Stable names, used by reports that machines read.
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    // What a lesson's text can get wrong.
    case frontMatter = "front-matter"
    case unclosedFence = "unclosed-fence"
    case unknownWord = "unknown-word"
    case strayBlock = "stray-block"
    case deepFence = "deep-fence"
    case exercise = "exercise"
    case notText = "not-text"
    // What a run can show.
    case output = "output"
    case failure = "failure"
    case missingFailure = "missing-failure"
    case timeLimit = "time-limit"
    case check = "check"
    case notRun = "not-run"
    // What only a careful author wants to know.
    case link = "link"
    case minutes = "minutes"
    case style = "style"
    case needs = "needs"
  }

  /// `path:line: message`, as editors and terminals make it clickable.
  package var headline: String {
    let place = cell.map { " (cell \($0))" } ?? ""
    return "\(path):\(line)\(place): \(message)"
  }
}
