/// Where printed lines differ from the expected ones, as text with the lesson's line numbers.
package struct LineDiff: Sendable {
  /// Number of equal lines shown around a change.
  private static let context = 3

  private struct Row {
    var number: Int?
    var mark: Character
    var text: String
  }

  private let rows: [Row]

  /// `firstLine` is the lesson's line of the first expected line.
  package init(expected: [String], received: [String], firstLine: Int) {
    var rows: [Row] = []
    // Removed lines come before the added ones of the same change.
    var added: [Row] = []
    func settle() {
      rows += added
      added = []
    }
    func remove(_ index: Int) {
      rows.append(Row(number: firstLine + index, mark: "-", text: Self.visible(expected[index])))
    }
    func add(_ index: Int) {
      added.append(Row(number: nil, mark: "+", text: Self.visible(received[index])))
    }
    for step in Alignment(expected: expected, received: received).steps {
      switch step {
      case .same(let index, _), .wildcard(let index, _):
        settle()
        rows.append(Row(number: firstLine + index, mark: " ", text: expected[index]))
      case .replaced(let old, let new):
        remove(old)
        add(new)
        let isTwin = Self.visible(expected[old]) == Self.visible(received[new])
        if isTwin, !expected[old].hasSameBytes(as: received[new]) {
          added.append(
            Row(number: nil, mark: " ", text: "(the same characters in another encoding)"))
        }
      case .removed(let index): remove(index)
      case .added(let index): add(index)
      }
    }
    settle()
    self.rows = rows
  }

  /// The changes with the lines around them; `⋮` stands for equal lines that are left out.
  package var text: String {
    let changes = rows.indices.filter { rows[$0].mark != " " }
    var shown = Set<Int>()
    for change in changes {
      shown.formUnion(
        max(0, change - Self.context)...min(rows.count - 1, change + Self.context))
    }
    let width = max(4, rows.compactMap(\.number).max().map { String($0).utf8.count } ?? 0)
    var lines: [String] = []
    var isGap = false
    for (index, row) in rows.enumerated() {
      guard shown.contains(index) else {
        isGap = true
        continue
      }
      if isGap { lines.append(String(repeating: " ", count: width) + " ⋮") }
      isGap = false
      let number = row.number.map(String.init) ?? ""
      let padding = String(repeating: " ", count: width - number.utf8.count)
      let line = padding + number + " \(row.mark) " + row.text
      lines.append(row.text.isEmpty ? String(line.dropLast()) : line)
    }
    if isGap, !lines.isEmpty { lines.append(String(repeating: " ", count: width) + " ⋮") }
    return lines.joined(separator: "\n")
  }

  /// The line with spaces at its end and control characters made visible.
  private static func visible(_ line: String) -> String {
    var text = ""
    for scalar in line.unicodeScalars {
      let isControl = scalar.value < 0x20 || scalar.value == 0x7F
      text += isControl ? "\\u{\(String(scalar.value, radix: 16))}" : String(scalar)
    }
    let end = text.utf8.reversed().prefix { $0 == .space }.count
    return Substring(text.utf8.dropLast(end)) + String(repeating: "·", count: end)
  }
}
