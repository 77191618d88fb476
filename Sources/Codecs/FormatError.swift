/// What is wrong with the bytes of a file: facts only, the sentences are in `Evaluation`.
package struct FormatError: Error, Sendable, Hashable {
  /// For example `NPY`.
  package let format: String
  package let problem: Problem
  package let place: Place?

  package enum Problem: Sendable, Hashable {
    /// `part` needs so many bytes, or whatever is counted, and so many are there.
    case endsEarly(part: String, needed: Int, found: Int)
    /// So many bytes stand behind the end.
    case goesOn(count: Int)
    case unexpected(found: String?, expected: String)
    /// Well formed, but of a kind that is not read.
    case unsupported(String)
    case tooLarge(part: String, byteCount: Int, limit: Int)
    /// Compressed data or a checksum that cannot be right.
    case damaged(part: String)
  }

  package enum Place: Sendable, Hashable {
    case byte(Int)
    /// Counted from 1.
    case cell(line: Int, column: Int)
  }

  package init(format: String, _ problem: Problem, at place: Place? = nil) {
    self.format = format
    self.problem = problem
    self.place = place
  }
}
