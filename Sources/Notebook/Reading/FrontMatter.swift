/// The `key: value` lines between two `---` at the top of a lesson.
package struct FrontMatter: Sendable, Hashable {
  /// The lines as they stand, fences included; empty if there are none.
  package var text: String
  package var title: String?
  package var summary: String?
  /// How long a learner needs, in minutes.
  package var minutes: Double?
  /// What the random numbers of the lesson start from.
  package var seed: UInt64?
  /// How long one of its cells may take, in seconds, if not as long as usual.
  package var limitSeconds: Double?
  /// Names of the lessons to read first.
  package var needs: [String]

  package init(
    text: String = "", title: String? = nil, summary: String? = nil, minutes: Double? = nil,
    seed: UInt64? = nil, limitSeconds: Double? = nil, needs: [String] = []
  ) {
    self.text = text
    self.title = title
    self.summary = summary
    self.minutes = minutes
    self.seed = seed
    self.limitSeconds = limitSeconds
    self.needs = needs
  }
}

/// Reads front matter; what it cannot read becomes a finding and stays in the text.
struct FrontMatterReader {
  let path: String
  private(set) var frontMatter = FrontMatter()
  private(set) var findings: [Finding] = []
  private var seenKeys: Set<String> = []

  init(path: String) {
    self.path = path
  }

  /// Reads from the top of `lines` and gives the number of lines that front matter takes.
  mutating func read(_ lines: [TextLine]) -> Int {
    guard let first = lines.first, Self.isRule(first, strippingMark: true) else { return 0 }
    guard let end = lines.dropFirst().firstIndex(where: { Self.isRule($0) }) else {
      report(1, "the front matter is never closed: write --- on a line below it")
      return 0
    }
    for index in 1..<end { readField(lines[index], line: index + 1) }
    frontMatter.text = lines[...end].map { String($0.content) + $0.ending }.joined()
    return end + 1
  }

  /// Whether a line is `---`; the first line of a file may begin with a byte order mark.
  private static func isRule(_ line: TextLine, strippingMark: Bool = false) -> Bool {
    var scalars = line.content.unicodeScalars
    if strippingMark, scalars.first == "\u{FEFF}" { scalars.removeFirst() }
    let bytes = String(scalars).utf8
    return bytes.starts(with: "---".utf8)
      && bytes.dropFirst(3).allSatisfy { $0 == .space || $0 == .tab }
  }

  private mutating func readField(_ line: TextLine, line number: Int) {
    if line.isBlank || line.content.hasPrefix("#") { return }
    guard let colon = line.content.firstIndex(of: ":") else {
      return report(number, "this line of the front matter is not of the form key: value")
    }
    let key = line.content[..<colon].trimmed
    let value = Self.unquoted(line.content[line.content.index(after: colon)...].trimmed)
    guard seenKeys.insert(key).inserted else {
      return report(number, "\(key) stands twice in the front matter")
    }
    switch key {
    case "title": frontMatter.title = value.isEmpty ? nil : value
    case "summary": frontMatter.summary = value.isEmpty ? nil : value
    case "minutes":
      frontMatter.minutes = Self.positive(value)
      if frontMatter.minutes == nil { report(number, "minutes is not a number above 0") }
    case "seed":
      frontMatter.seed = UInt64(value)
      if frontMatter.seed == nil { report(number, "seed is not a whole number from 0 on") }
    case "limit":
      frontMatter.limitSeconds = Self.positive(value)
      if frontMatter.limitSeconds == nil {
        report(number, "limit is not a number of seconds above 0")
      }
    case "needs": readNeeds(value, line: number)
    default:
      report(
        number,
        "the front matter knows no \(key); it has title, summary, minutes, "
          + "seed, limit and needs")
    }
  }

  private static func positive(_ value: String) -> Double? {
    Double(value).flatMap { $0.isFinite && $0 > 0 ? $0 : nil }
  }

  private mutating func readNeeds(_ value: String, line: Int) {
    guard value.hasPrefix("["), value.hasSuffix("]"), value.utf8.count >= 2 else {
      return report(line, "needs is not a list of lesson names such as [02-generative-modelling]")
    }
    frontMatter.needs = value.dropFirst().dropLast().split(separator: ",")
      .map { Self.unquoted($0.trimmed) }
      .filter { !$0.isEmpty }
  }

  private static func unquoted(_ text: String) -> String {
    for quote in ["\"", "'"] where text.count >= 2 {
      if text.hasPrefix(quote), text.hasSuffix(quote) {
        return String(text.dropFirst().dropLast())
      }
    }
    return text
  }

  private mutating func report(_ line: Int, _ message: String) {
    findings.append(Finding(.frontMatter, path: path, line: line, message: message))
  }
}
