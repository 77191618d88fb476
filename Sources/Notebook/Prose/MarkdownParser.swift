/// Reads lines into blocks: what CommonMark calls block structure, with tables and formulas.
struct MarkdownParser {
  private let lines: [String]
  private let depth: Int
  private var position = 0
  private var blocks: [Markdown] = []

  /// Quotes and lists nested deeper than this are plain paragraphs.
  private static let deepest = 12

  static func parse(_ lines: [String], depth: Int = 0) -> [Markdown] {
    var parser = MarkdownParser(lines: lines, depth: depth)
    parser.parse()
    return parser.blocks
  }

  private init(lines: [String], depth: Int) {
    self.lines = lines
    self.depth = depth
  }

  private mutating func parse() {
    while position < lines.count {
      let line = lines[position]
      if line.trimmed.isEmpty {
        position += 1
      } else if let fence = Fence(opening: TextLine(content: line[...], ending: "")) {
        parseFence(fence)
      } else if line.indentation >= 4 {
        parseIndentedCode()
      } else if line.trimmed.hasPrefix("<!--") {
        skipComment()
      } else if let heading = Self.heading(line) {
        blocks.append(heading)
        position += 1
      } else if Self.isRule(line) {
        blocks.append(.rule)
        position += 1
      } else if line.trimmed.hasPrefix("$$") {
        parseFormula()
      } else if line.trimmed.hasPrefix(">"), depth < Self.deepest {
        parseQuote()
      } else if let marker = ListMarker(line), depth < Self.deepest {
        parseList(marker)
      } else if let table = parseTable() {
        blocks.append(table)
      } else {
        parseParagraph()
      }
    }
  }

  // MARK: Code, comments, formulas

  private mutating func parseFence(_ fence: Fence) {
    position += 1
    var body: [String] = []
    while position < lines.count {
      let line = TextLine(content: lines[position][...], ending: "")
      position += 1
      if fence.isClosed(by: line) { break }
      body.append(lines[position - 1].droppingSpaces(fence.indentation))
    }
    blocks.append(.code(language: fence.info, lines: body))
  }

  private mutating func parseIndentedCode() {
    var body: [String] = []
    while position < lines.count, lines[position].indentation >= 4 || isBlank(position) {
      body.append(lines[position].droppingSpaces(4))
      position += 1
    }
    while body.last?.trimmed.isEmpty == true { body.removeLast() }
    blocks.append(.code(language: "", lines: body))
  }

  private mutating func skipComment() {
    while position < lines.count {
      position += 1
      if lines[position - 1].containsText("-->") { return }
    }
  }

  private mutating func parseFormula() {
    var latex = ""
    var text = lines[position].trimmed.dropFirst(2).trimmed
    position += 1
    while true {
      if let end = text.lastRange(of: "$$") {
        latex += text[..<end]
        break
      }
      latex += text + "\n"
      guard position < lines.count, !isBlank(position) else { break }
      text = lines[position].trimmed
      position += 1
    }
    blocks.append(.formula(latex: latex.trimmed))
  }

  // MARK: Containers

  private mutating func parseQuote() {
    var inner: [String] = []
    while position < lines.count {
      let text = lines[position].trimmed
      if text.hasPrefix(">") {
        let rest = text.dropFirst()
        inner.append(String(rest.hasPrefix(" ") ? rest.dropFirst() : rest))
      } else if !text.isEmpty, !startsBlock(position), inner.last?.isEmpty == false {
        inner.append(text)
      } else {
        break
      }
      position += 1
    }
    blocks.append(.quote(Self.parse(inner, depth: depth + 1)))
  }

  private mutating func parseList(_ first: ListMarker) {
    var list = Markdown.List(start: first.number, isTight: true, items: [])
    while position < lines.count, let marker = ListMarker(lines[position]),
      marker.isSameKind(as: first), !Self.isRule(lines[position])
    {
      var inner = [lines[position].droppingBytes(marker.contentColumn)]
      position += 1
      var endsWithBlank = false
      while position < lines.count {
        if isBlank(position) {
          inner.append("")
        } else if lines[position].indentation >= marker.contentColumn {
          inner.append(lines[position].droppingSpaces(marker.contentColumn))
        } else if inner.last?.isEmpty == false, !startsBlock(position),
          ListMarker(lines[position]) == nil
        {
          inner.append(lines[position].trimmed)
        } else {
          break
        }
        position += 1
      }
      while inner.last?.trimmed.isEmpty == true {
        inner.removeLast()
        endsWithBlank = true
      }
      let item = Self.parse(inner, depth: depth + 1)
      list.items.append(item)
      let isFollowed =
        position < lines.count
        && ListMarker(lines[position])?.isSameKind(as: first) == true
      let isLoose = item.count > 1 && inner.contains { $0.trimmed.isEmpty }
      if isLoose || endsWithBlank && isFollowed { list.isTight = false }
    }
    blocks.append(.list(list))
  }

  private mutating func parseTable() -> Markdown? {
    guard position + 1 < lines.count, lines[position].utf8.contains(UInt8(ascii: "|")),
      let alignments = Self.tableAlignments(lines[position + 1])
    else { return nil }
    let header = Self.tableCells(lines[position])
    guard header.count == alignments.count else { return nil }
    position += 2
    var rows: [[[Markdown.Inline]]] = []
    while position < lines.count, !isBlank(position), !startsBlock(position) {
      let cells = Self.tableCells(lines[position])
      rows.append(
        alignments.indices.map { $0 < cells.count ? InlineParser.parse(cells[$0]) : [] })
      position += 1
    }
    return .table(
      .init(alignments: alignments, header: header.map { InlineParser.parse($0) }, rows: rows))
  }

  private mutating func parseParagraph() {
    var text: [String] = []
    while position < lines.count, !isBlank(position) {
      let line = lines[position]
      if !text.isEmpty {
        if let level = Self.setextLevel(line) {
          position += 1
          blocks.append(.heading(level: level, InlineParser.parse(joined(text))))
          return
        }
        if startsBlock(position) { break }
      }
      text.append(line.droppingSpaces(line.indentation))
      position += 1
    }
    let inlines = InlineParser.parse(joined(text))
    if !inlines.isEmpty { blocks.append(.paragraph(inlines)) }
  }

  private func joined(_ text: [String]) -> String { text.joined(separator: "\n").trimmed }

  // MARK: What a line is

  private func isBlank(_ index: Int) -> Bool { lines[index].trimmed.isEmpty }

  /// Whether the line ends a paragraph above it.
  private func startsBlock(_ index: Int) -> Bool {
    let line = lines[index]
    if Fence(opening: TextLine(content: line[...], ending: "")) != nil { return true }
    if line.indentation >= 4 { return false }
    if Self.heading(line) != nil || Self.isRule(line) { return true }
    let text = line.trimmed
    if text.hasPrefix(">") || text.hasPrefix("$$") || text.hasPrefix("<!--") { return true }
    return ListMarker(line).map { $0.number == nil || $0.number == 1 } ?? false
  }

  private static func heading(_ line: String) -> Markdown? {
    guard line.indentation < 4 else { return nil }
    let text = line.trimmed
    let level = text.utf8.prefix { $0 == UInt8(ascii: "#") }.count
    let rest = text.dropFirst(level)
    guard (1...6).contains(level), rest.isEmpty || rest.hasPrefix(" ") else { return nil }
    var title = rest.trimmed
    // Closing `#` are decoration.
    let body = title.utf8.reversed().drop { $0 == UInt8(ascii: "#") }
    if body.count < title.utf8.count, body.first.map({ $0 == .space }) ?? true {
      title = Substring(title.utf8.prefix(body.count)).trimmed
    }
    return .heading(level: level, InlineParser.parse(title))
  }

  private static func isRule(_ line: String) -> Bool {
    let marks = line.utf8.filter { $0 != .space && $0 != .tab }
    guard line.indentation < 4, marks.count >= 3, let first = marks.first else { return false }
    return "*-_".utf8.contains(first) && marks.allSatisfy { $0 == first }
  }

  private static func setextLevel(_ line: String) -> Int? {
    let text = line.trimmed
    guard line.indentation < 4, let first = text.utf8.first,
      text.utf8.allSatisfy({ $0 == first })
    else { return nil }
    return first == UInt8(ascii: "=") ? 1 : first == UInt8(ascii: "-") ? 2 : nil
  }

  private static func tableAlignments(_ line: String) -> [Markdown.Table.Alignment]? {
    guard line.utf8.contains(UInt8(ascii: "-")), line.utf8.contains(UInt8(ascii: "|")) else {
      return nil
    }
    var alignments: [Markdown.Table.Alignment] = []
    for cell in tableCells(line) {
      guard cell.utf8.contains(UInt8(ascii: "-")),
        cell.utf8.allSatisfy({ $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ":") })
      else { return nil }
      let isTrailing = cell.hasSuffix(":")
      alignments.append(isTrailing ? cell.hasPrefix(":") ? .centre : .trailing : .leading)
    }
    return alignments
  }

  /// The cells between bars; bars in code and formulas and behind a backslash divide nothing.
  private static func tableCells(_ line: String) -> [String] {
    var cells: [String] = [""]
    var quote: Character?
    var isEscaped = false
    for character in line.trimmed {
      if character == "|", !isEscaped, quote == nil {
        cells.append("")
      } else {
        if !isEscaped, character == "`" || character == "$" {
          quote = quote == nil ? character : quote == character ? nil : quote
        }
        if character == "|", isEscaped { cells[cells.count - 1].removeLast() }
        cells[cells.count - 1].append(character)
      }
      isEscaped = character == "\\" && !isEscaped
    }
    if cells.first?.trimmed.isEmpty == true { cells.removeFirst() }
    if cells.last?.trimmed.isEmpty == true { cells.removeLast() }
    return cells.map(\.trimmed)
  }
}

/// The bullet or number at the beginning of a list item.
private struct ListMarker {
  /// Nil for a bullet.
  let number: Int?
  /// `-`, `*` or `+`, and `.` or `)` behind a number: another one begins another list.
  let delimiter: UInt8
  /// Column where the item's text begins.
  let contentColumn: Int

  init?(_ line: String) {
    let bytes = Array(line.utf8)
    var index = line.indentation
    guard index < 4, index < bytes.count else { return nil }
    let digits = bytes[index...].prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
    index += digits.count
    guard index < bytes.count, digits.count <= 9 else { return nil }
    number = Int(String(decoding: digits, as: UTF8.self))
    delimiter = bytes[index]
    guard (digits.isEmpty ? "-*+" : ".)").utf8.contains(delimiter) else { return nil }
    let spaces = bytes[(index + 1)...].prefix { $0 == .space }.count
    guard spaces > 0 || index + 1 == bytes.count else { return nil }
    // Text five columns behind the marker is code in the item.
    contentColumn = index + 1 + (spaces > 4 || spaces == 0 ? 1 : spaces)
  }

  func isSameKind(as other: ListMarker) -> Bool {
    delimiter == other.delimiter && (number == nil) == (other.number == nil)
  }
}

extension String {
  fileprivate var indentation: Int { utf8.prefix { $0 == .space }.count }

  /// The line without up to `count` spaces at its beginning.
  fileprivate func droppingSpaces(_ count: Int) -> String {
    droppingBytes(min(count, indentation))
  }

  fileprivate func droppingBytes(_ count: Int) -> String {
    String(Substring(utf8.dropFirst(count)))
  }

  /// Where `text` last begins.
  fileprivate func lastRange(of text: String) -> String.Index? {
    var index = utf8.endIndex
    while index > utf8.startIndex {
      index = utf8.index(before: index)
      if utf8[index...].starts(with: text.utf8) { return index }
    }
    return nil
  }
}
