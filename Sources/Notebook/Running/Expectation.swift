/// The lines that a cell must print; a line `...` stands for any lines, also for none.
package struct Expectation: Sendable, Hashable {
  package static let wildcard = "..."

  package let lines: [String]

  package init(lines: [String]) {
    self.lines = lines
  }

  /// The lines of a rendered output. A newline at the end ends the last line and begins no other;
  /// carriage returns at the end of a line are no part of it.
  package static func lines(of rendered: String) -> [String] {
    rendered.textLines.map { line in
      var bytes = line.content.utf8
      while bytes.last == .carriageReturn { bytes.removeLast() }
      return String(Substring(bytes))
    }
  }

  /// Whether `received` is what is expected, byte for byte.
  ///
  /// Cost: linear in the number of lines, however many wildcards there are.
  package func matches(_ received: [String]) -> Bool {
    var ids = LineIDs()
    let received = received.map { ids.id(of: $0) }
    let segments = lines.split(separator: Self.wildcard, omittingEmptySubsequences: false)
      .map { segment in segment.map { ids.id(of: $0) } }
    guard let first = segments.first, let last = segments.last, segments.count > 1 else {
      return segments.first ?? [] == received
    }
    // The ends are anchored; between them each segment takes the first place where it fits.
    guard received.count >= first.count + last.count, received.starts(with: first),
      received.suffix(last.count).elementsEqual(last)
    else { return false }
    var rest = received[first.count..<(received.count - last.count)]
    for segment in segments.dropFirst().dropLast() {
      guard let place = rest.firstOccurrence(of: segment) else { return false }
      rest = rest[(place + segment.count)...]
    }
    return true
  }
}

/// Gives equal lines equal numbers, so that lines are compared by their bytes and only once.
struct LineIDs {
  private var ids: [[UInt8]: Int] = [:]

  mutating func id(of line: some StringProtocol) -> Int {
    let bytes = Array(line.utf8)
    if let id = ids[bytes] { return id }
    ids[bytes] = ids.count
    return ids.count - 1
  }
}

extension ArraySlice where Element == Int {
  /// Where `pattern` first stands in this slice.
  ///
  /// Source: Knuth, Morris, Pratt, DOI 10.1137/0206024.
  fileprivate func firstOccurrence(of pattern: [Int]) -> Int? {
    if pattern.isEmpty { return startIndex }
    var borders = [0]
    for index in pattern.indices.dropFirst() {
      var length = borders[index - 1]
      while length > 0, pattern[index] != pattern[length] { length = borders[length - 1] }
      borders.append(pattern[index] == pattern[length] ? length + 1 : 0)
    }
    var matched = 0
    for index in indices {
      while matched > 0, self[index] != pattern[matched] { matched = borders[matched - 1] }
      if self[index] == pattern[matched] { matched += 1 }
      if matched == pattern.count { return index + 1 - matched }
    }
    return nil
  }
}
