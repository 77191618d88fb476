import Evaluation
import Typography

/// Candidates laid out for a terminal.
enum CandidateList {
  /// More than these are shown as bare names.
  private static let mostWithSummaries = 12

  /// Lines that are at most `width` columns wide, and at most `height` of them.
  static func lines(
    _ candidates: [Completions.Candidate], width: Int, height: Int
  ) -> [String] {
    let isDescribed = candidates.contains { $0.summary != nil }
    let lines =
      isDescribed && candidates.count <= mostWithSummaries
      ? described(candidates, width: width)
      : columns(candidates.map(\.replacement), width: width)
    guard lines.count > height else { return lines }
    let shown = max(height - 1, 1)
    return lines.prefix(shown) + ["… \(lines.count - shown) more lines; type more letters"]
  }

  /// Names down each column, then across, as `ls` does.
  static func columns(_ names: [String], width: Int) -> [String] {
    let column = (names.map(DisplayWidth.of).max() ?? 0) + 2
    let columnCount = max(1, (width + 1) / column)
    let rowCount = (names.count + columnCount - 1) / columnCount
    return (0..<rowCount).map { row in
      let cells = stride(from: row, to: names.count, by: rowCount).map { names[$0] }
      let padded = cells.dropLast().map { $0.padded(to: column) }
      return (padded + cells.suffix(1)).joined().clipped(to: width)
    }
  }

  private static func described(
    _ candidates: [Completions.Candidate], width: Int
  ) -> [String] {
    let column = (candidates.map { DisplayWidth.of($0.replacement) }.max() ?? 0) + 2
    return candidates.map { candidate in
      guard let summary = candidate.summary else { return candidate.replacement }
      return (candidate.replacement.padded(to: column) + summary).clipped(to: width)
    }
  }
}

extension String {
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - DisplayWidth.of(self)))
  }

  /// The text if it fits, else as much of it as leaves room for `…`.
  func clipped(to width: Int) -> String {
    guard DisplayWidth.of(self) > width else { return self }
    var result = ""
    var used = 0
    for character in self {
      used += character.unicodeScalars.reduce(0) { $0 + DisplayWidth.of($1) }
      if used >= width { break }
      result.append(character)
    }
    return result + "…"
  }
}
