/// Reads a lesson. No text is refused: what makes no sense is prose with a finding.
package struct LessonParser {
  private let path: String
  private let lines: [TextLine]
  private var position = 0
  private var blocks: [Lesson.Block] = []
  private var findings: [Finding] = []
  private var cellCount = 0
  /// First line, from 0, of the prose that is being collected.
  private var proseStart = 0

  package static func parse(_ text: String, path: String) -> Lesson {
    var reader = FrontMatterReader(path: path)
    let lines = text.textLines
    let bodyStart = reader.read(lines)
    var parser = LessonParser(path: path, lines: lines, position: bodyStart)
    parser.parseBody()
    var lesson = Lesson(
      path: path, frontMatter: reader.frontMatter, blocks: parser.blocks,
      findings: reader.findings + parser.findings)
    lesson.findings += lesson.structureFindings
    lesson.findings.sort { $0.line < $1.line }
    return lesson
  }

  private init(path: String, lines: [TextLine], position: Int) {
    self.path = path
    self.lines = lines
    self.position = position
    proseStart = position
  }

  private mutating func parseBody() {
    while position < lines.count {
      if let fence = Fence(opening: lines[position]) {
        parseFenced(fence)
      } else if Self.opensComment(lines[position]) {
        skipComment()
      } else {
        position += 1
      }
    }
    flushProse(upTo: lines.count)
  }

  /// An HTML comment hides the cells inside it, as it does for every Markdown viewer.
  private static func opensComment(_ line: TextLine) -> Bool {
    line.indentation <= 3 && line.content.utf8.dropFirst(line.indentation).starts(with: "<!--".utf8)
  }

  private mutating func skipComment() {
    while position < lines.count {
      let closes = lines[position].content.containsText("-->")
      position += 1
      if closes { return }
    }
  }

  private mutating func parseFenced(_ fence: Fence) {
    let opening = position
    var closing = opening + 1
    while closing < lines.count, !fence.isClosed(by: lines[closing]) { closing += 1 }
    position = min(closing + 1, lines.count)
    guard CellInfo.isCell(fence.info) else { return }

    flushProse(upTo: opening)
    proseStart = position
    let info = CellInfo(fence.info)
    if !info.isOutput { cellCount += 1 }
    let cell = Cell(
      role: info.role, options: info.options, number: cellCount, firstLine: opening + 1,
      fence: fence, opening: text(opening..<opening + 1), body: text(opening + 1..<closing),
      closing: text(closing..<position))
    blocks.append(.cell(cell))
    if let problem = info.problem {
      findings.append(
        Finding(
          .unknownWord, path: path, line: opening + 1, cell: cell.number, message: problem))
    }
    if closing >= lines.count {
      let marker = String(
        repeating: Character(UnicodeScalar(fence.marker.rawValue)), count: fence.length)
      findings.append(
        Finding(
          .unclosedFence, path: path, line: opening + 1, cell: cell.number,
          message: "this \(cell.role.name) is never closed: write \(marker) below it"))
    }
  }

  private mutating func flushProse(upTo end: Int) {
    guard proseStart < end else { return }
    blocks.append(
      .prose(Lesson.Prose(text: text(proseStart..<end), firstLine: proseStart + 1)))
    proseStart = end
  }

  private func text(_ range: Range<Int>) -> String {
    guard range.lowerBound < range.upperBound else { return "" }
    return lines[range].reduce(into: "") { text, line in
      text += line.content
      text += line.ending
    }
  }
}

extension StringProtocol {
  /// Whether the bytes of `text` stand somewhere in this string.
  func containsText(_ text: String) -> Bool {
    let needle = Array(text.utf8)
    guard let first = needle.first else { return true }
    var rest = Substring(self).utf8[...]
    while let start = rest.firstIndex(of: first) {
      if rest[start...].starts(with: needle) { return true }
      rest = rest[rest.index(after: start)...]
    }
    return false
  }
}
