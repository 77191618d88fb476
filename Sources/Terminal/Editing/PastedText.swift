/// Text from the clipboard, which is often a piece of a session with its prompts and answers.
enum PastedText {
  /// The program in the text: Unix newlines, no control characters, no prompts.
  ///
  /// When a line begins with the prompt, the text is a transcript: lines without a mark are answers
  /// and go, except for a first line, whose prompt the selection may have missed.
  static func cleaned(_ text: String, style: PromptStyle) -> String {
    let lines = plain(text).split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.contains(where: { unmarked($0, style.prompt) != nil }) else {
      return lines.joined(separator: "\n")
    }
    var program: [Substring] = []
    var isInInput = true
    for line in lines {
      if let rest = unmarked(line, style.prompt) {
        program.append(rest)
        isInInput = true
      } else if isInInput, let rest = continuation(line, style) {
        program.append(rest)
      } else if program.isEmpty && !line.isEmpty {
        program.append(line)
      } else {
        isInInput = false
      }
    }
    // Whole lines stay whole lines when it was an answer that ended them.
    if lines.last == "", program.last != "" { program.append("") }
    return program.joined(separator: "\n")
  }

  private static func continuation(_ line: Substring, _ style: PromptStyle) -> Substring? {
    for mark in [style.continuation, "…", "..."] {
      if let rest = unmarked(line, mark) { return rest }
    }
    return nil
  }

  /// The line behind its mark and one space; nothing if it has no mark.
  private static func unmarked(_ line: Substring, _ mark: String) -> Substring? {
    guard line.hasPrefix(mark) else { return nil }
    let rest = line.dropFirst(mark.count)
    if rest.isEmpty { return rest }
    return rest.first == " " ? rest.dropFirst() : nil
  }

  private static func plain(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    var previous: Unicode.Scalar = "\n"
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\r": result.append("\n")
      case "\n": if previous != "\r" { result.append("\n") }
      case "\t": result.append(scalar)
      case "\u{A0}": result.append(" ")
      default: if scalar.properties.generalCategory != .control { result.append(scalar) }
      }
      previous = scalar
    }
    return String(result)
  }
}
