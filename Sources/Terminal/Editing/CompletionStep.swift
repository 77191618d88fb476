import Evaluation

/// What one press of Tab does.
enum CompletionStep: Hashable {
  /// Nothing fits.
  case nothing
  /// Replaces UTF-8 offsets `start ..< end` of the text.
  case replace(start: Int, end: Int, text: String)
  /// Several fit and nothing more is common to them: a beep, and a list on the next press.
  case ambiguous([Completions.Candidate])

  init(_ completions: Completions, in text: String) {
    let candidates = completions.candidates
    guard let first = candidates.first else {
      self = .nothing
      return
    }
    let typed = Self.slice(of: text, from: completions.start, to: completions.end)
    let common = candidates.dropFirst().reduce(first.replacement) {
      Self.commonPrefix($0, $1.replacement)
    }
    // A common part that does not extend what was typed (`\s` for `σ` and `∑`) would destroy it.
    let extends = common.hasPrefix(typed) && common.utf8.count > typed.utf8.count
    if candidates.count == 1 ? common != typed : extends {
      self = .replace(start: completions.start, end: completions.end, text: common)
    } else if candidates.count == 1 {
      self = .nothing
    } else {
      self = .ambiguous(candidates)
    }
  }

  static func commonPrefix(_ a: String, _ b: String) -> String {
    String(zip(a, b).prefix { $0 == $1 }.map(\.0))
  }

  private static func slice(of text: String, from start: Int, to end: Int) -> String {
    let bytes = Array(text.utf8)
    guard 0 <= start, start <= end, end <= bytes.count else { return "" }
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }
}
