import Codecs

/// A table of text: columns of numbers and columns of words.
package struct TextTable: Sendable, Hashable {
  package enum Column: Sendable, Hashable {
    case numbers([Float])
    case words([String])
  }

  /// From the header, if there is one.
  package let names: [String]?
  package let columns: [Column]

  package init(names: [String]?, columns: [Column]) {
    self.names = names
    self.columns = columns
  }

  package var rowCount: Int {
    switch columns.first {
    case .numbers(let values): values.count
    case .words(let values): values.count
    case nil: 0
    }
  }
}

/// Values separated by commas or tabs.
///
/// Source: RFC 4180.
package enum CSV {
  package enum Header: Sendable, Hashable {
    case present, absent
    /// Present if no cell of the first line is a number.
    case guessed
  }

  /// A column is of numbers if its first cell that is not empty is one; empty cells and `NA` are
  /// then not-a-number. `words` names columns, by header or by `column_1` and so on, that are kept
  /// as words whatever they hold.
  ///
  /// Throws: `FormatError`.
  package static func decode(
    _ bytes: [UInt8], separator: Unicode.Scalar = ",", header: Header = .guessed,
    words: Set<String> = [], limit: Int
  ) throws(FormatError) -> TextTable {
    var scanner = CellScanner(bytes, separator: UInt8(ascii: separator))
    guard let first = try scanner.row() else {
      return TextTable(names: nil, columns: [])
    }
    let hasHeader =
      switch header {
      case .present: true
      case .absent: false
      case .guessed: !first.contains { $0.number != nil }
      }
    let names = columnNames(hasHeader ? first : first.map { _ in Cell(text: "", line: 1) })
    var builders = names.map { ColumnBuilder(name: $0, isOfWords: words.contains($0)) }
    if let unknown = words.subtracting(names).min() {
      throw FormatError(
        format: "CSV",
        .unexpected(found: "columns \(names.joined(separator: ", "))", expected: "`\(unknown)`"),
        at: .cell(line: 1, column: 1))
    }
    var byteCount = hasHeader ? 0 : first.count * MemoryLayout<Float>.size
    if !hasHeader { try add(first, to: &builders) }
    while let row = try scanner.row() {
      guard row.count == names.count else {
        throw FormatError(
          format: "CSV",
          .unexpected(found: "\(row.count) cells", expected: "\(names.count) as in the first line"),
          at: .cell(line: row[0].line, column: min(row.count, names.count)))
      }
      byteCount += row.count * MemoryLayout<Float>.size
      guard byteCount <= limit else {
        throw FormatError(
          format: "CSV", .tooLarge(part: "the table", byteCount: byteCount, limit: limit))
      }
      try add(row, to: &builders)
    }
    return TextTable(names: hasHeader ? names : nil, columns: builders.map(\.column))
  }

  private static func add(
    _ row: [Cell], to builders: inout [ColumnBuilder]
  ) throws(FormatError) {
    for (index, cell) in row.enumerated() { try builders[index].add(cell, column: index + 1) }
  }

  /// Names that are all different; empty ones are called after their place.
  private static func columnNames(_ header: [Cell]) -> [String] {
    var used: Set<String> = []
    return header.enumerated().map { index, cell in
      let base = cell.text.isEmpty ? "column_\(index + 1)" : cell.text
      var name = base
      var number = 2
      while !used.insert(name).inserted {
        name = "\(base)_\(number)"
        number += 1
      }
      return name
    }
  }

  /// The shortest text of each number that reads back as the same; words are quoted where they
  /// must be.
  package static func encode(_ table: TextTable, separator: Unicode.Scalar = ",") -> [UInt8] {
    let mark = Character(separator)
    var text = ""
    if let names = table.names {
      text += names.map { quoted($0, mark) }.joined(separator: String(mark)) + "\n"
    }
    for row in 0..<table.rowCount {
      let cells = table.columns.map { column in
        switch column {
        case .numbers(let values): CSV.text(of: values[row])
        case .words(let values): quoted(values[row], mark)
        }
      }
      text += cells.joined(separator: String(mark)) + "\n"
    }
    return Array(text.utf8)
  }

  private static func text(of number: Float) -> String {
    let text = number.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  private static func quoted(_ text: String, _ separator: Character) -> String {
    let isPlain = !text.contains { $0 == separator || $0 == "\"" || $0.isNewline }
    return isPlain
      ? text : "\"" + text.map { $0 == "\"" ? "\"\"" : String($0) }.joined() + "\""
  }
}

private struct Cell {
  let text: String
  let line: Int

  /// What it says as a number, if it does.
  var number: Float? {
    // `Float` also reads hexadecimal numbers, which nobody means in a table.
    guard let first = text.utf8.first, first != UInt8(ascii: " "), !text.utf8.contains(120),
      !text.utf8.contains(88)
    else { return nil }
    return Float(text)
  }

  var isEmpty: Bool { text.isEmpty || text == "NA" || text == "NaN" || text == "nan" }
}

/// Collects a column, whose kind shows at its first cell that is not empty.
private struct ColumnBuilder {
  let name: String
  let isOfWords: Bool
  /// What the cells say as long as all of them are empty.
  private var emptyCells: [String] = []
  private(set) var column: TextTable.Column

  init(name: String, isOfWords: Bool) {
    self.name = name
    self.isOfWords = isOfWords
    column = isOfWords ? .words([]) : .numbers([])
  }

  mutating func add(_ cell: Cell, column place: Int) throws(FormatError) {
    switch column {
    case .words(var values):
      column = .words([])
      values.append(cell.text)
      column = .words(values)
    case .numbers(var values):
      column = .numbers([])
      if let number = cell.number {
        values.append(number)
      } else if cell.isEmpty {
        if emptyCells.count == values.count { emptyCells.append(cell.text) }
        values.append(.nan)
      } else if emptyCells.count == values.count {
        column = .words(emptyCells + [cell.text])
        return
      } else {
        throw FormatError(
          format: "CSV",
          .unexpected(found: "`\(cell.text)`", expected: "a number, as above in `\(name)`"),
          at: .cell(line: cell.line, column: place))
      }
      column = .numbers(values)
    }
  }
}

/// Cuts a table into rows of cells.
private struct CellScanner {
  private let bytes: [UInt8]
  private let separator: UInt8
  private var place = 0
  private var line = 1

  init(_ bytes: [UInt8], separator: UInt8) {
    self.bytes = bytes
    self.separator = separator
    if bytes.starts(with: [0xef, 0xbb, 0xbf]) { place = 3 }
  }

  /// The next line that is not empty.
  mutating func row() throws(FormatError) -> [Cell]? {
    while skipLineEnd() {}
    guard place < bytes.count else { return nil }
    var cells: [Cell] = []
    while true {
      cells.append(try cell(column: cells.count + 1))
      if place < bytes.count, bytes[place] == separator {
        place += 1
        continue
      }
      _ = skipLineEnd()
      return cells
    }
  }

  private mutating func cell(column: Int) throws(FormatError) -> Cell {
    let start = line
    if place < bytes.count, bytes[place] == UInt8(ascii: "\"") {
      return Cell(text: try quoted(column), line: start)
    }
    let first = place
    while place < bytes.count, bytes[place] != separator, bytes[place] != 10, bytes[place] != 13 {
      place += 1
    }
    // Spaces around a value are no part of it.
    var range = first..<place
    while let byte = bytes[range].first, byte == 32 { range = range.lowerBound + 1..<place }
    while let byte = bytes[range].last, byte == 32 {
      range = range.lowerBound..<range.upperBound - 1
    }
    return Cell(text: try text(bytes[range], column), line: start)
  }

  private mutating func quoted(_ column: Int) throws(FormatError) -> String {
    let start = line
    var content: [UInt8] = []
    place += 1
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      if byte == 10 { line += 1 }
      guard byte == UInt8(ascii: "\"") else {
        content.append(byte)
        continue
      }
      guard place < bytes.count, bytes[place] == byte else {
        guard place == bytes.count || [separator, 10, 13].contains(bytes[place]) else {
          throw error(nil, "a separator behind the closing quote", line: line, column)
        }
        return try text(content[...], column)
      }
      content.append(byte)
      place += 1
    }
    throw error(nil, "a closing quote", line: start, column)
  }

  private func text(_ bytes: ArraySlice<UInt8>, _ column: Int) throws(FormatError) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw error(nil, "UTF-8 text", line: line, column)
    }
    return text
  }

  private mutating func skipLineEnd() -> Bool {
    guard place < bytes.count, bytes[place] == 10 || bytes[place] == 13 else { return false }
    if bytes[place] == 13, place + 1 < bytes.count, bytes[place + 1] == 10 { place += 1 }
    place += 1
    line += 1
    return true
  }

  private func error(
    _ found: String?, _ expected: String, line: Int, _ column: Int
  ) -> FormatError {
    FormatError(
      format: "CSV", .unexpected(found: found, expected: expected),
      at: .cell(line: line, column: column))
  }
}
