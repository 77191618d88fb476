/// How a tensor is written: `14`, `[1, 2, 3]`, aligned rows of a matrix, long axes elided.
package struct TensorFormat: Sendable, Hashable {
  /// Longest line in columns; an axis that does not fit is elided.
  package var width: Int
  package var unicode: Bool

  /// Axes up to this length show every row.
  private static let longestAxis = 10
  /// Entries kept at each end of an elided axis.
  private static let edge = 3
  private static let significantDigits = 4

  package init(width: Int = 80, unicode: Bool = true) {
    self.width = width
    self.unicode = unicode
  }

  /// Writes `values`, laid out in rows, as a tensor of `shape`.
  package func text(shape: [Int], values: [Float]) -> String {
    let count = shape.reduce(1, *)
    precondition(values.count == count, "a tensor has as many values as its shape says")
    guard !shape.isEmpty else { return NumberFormat.format(values[0]) }
    guard count > 0 else { return shape == [0] ? "[]" : "[]\n\(name(of: shape))" }

    var kept = shape.indices.map { keptIndices(axis: $0, shape: shape) }
    var formatter = EntryFormatter(shape: shape, values: values, kept: kept)
    let columns = shape[shape.count - 1]
    for edge in stride(from: Self.edge, through: 1, by: -1)
    where columns > 2 * edge && lineWidth(formatter, rank: shape.count) > width {
      kept[shape.count - 1] = ends(of: columns, edge: edge)
      formatter = EntryFormatter(shape: shape, values: values, kept: kept)
    }
    let body = block(axis: 0, offset: 0, shape: shape, formatter: formatter)
    let isElided = zip(kept, shape).contains { $0.count < $1 }
    return isElided ? body + "\n" + name(of: shape) : body
  }

  /// `tensor 128×784`.
  package func name(of shape: [Int]) -> String {
    "tensor " + shape.map(String.init).joined(separator: unicode ? "×" : "x")
  }

  private func keptIndices(axis: Int, shape: [Int]) -> [Int] {
    let length = shape[axis]
    if axis < shape.count - 2 { return length > 3 ? ends(of: length, edge: 1) : Array(0..<length) }
    // Columns are elided only when a row does not fit; no line can hold more entries than this.
    let limit = axis == shape.count - 1 ? max(width / 2, 2 * Self.edge) : Self.longestAxis
    return length > limit ? ends(of: length, edge: Self.edge) : Array(0..<length)
  }

  private func ends(of length: Int, edge: Int) -> [Int] {
    Array(0..<edge) + Array((length - edge)..<length)
  }

  private func lineWidth(_ formatter: EntryFormatter, rank: Int) -> Int {
    let columns = formatter.kept[rank - 1].count
    let entries = formatter.entryWidth.map { $0 * columns } ?? formatter.totalWidth
    // Separators, the ellipsis with its own, brackets on both sides, and a comma.
    return entries + 2 * (columns - 1) + 5 + 2 * rank + 1
  }

  private func block(axis: Int, offset: Int, shape: [Int], formatter: EntryFormatter) -> String {
    let kept = formatter.kept[axis]
    let stride = shape[(axis + 1)...].reduce(1, *)
    var parts: [String] = []
    for (position, index) in kept.enumerated() {
      if position > 0, index > kept[position - 1] + 1 { parts.append(unicode ? "…" : "...") }
      let start = offset + index * stride
      parts.append(
        axis == shape.count - 1
          ? formatter.text(at: start)
          : block(axis: axis + 1, offset: start, shape: shape, formatter: formatter))
    }
    guard axis < shape.count - 1 else { return "[" + parts.joined(separator: ", ") + "]" }
    let blankLines = String(repeating: "\n", count: shape.count - 1 - axis)
    let indent = String(repeating: " ", count: axis + 1)
    return "[" + parts.joined(separator: "," + blankLines + indent) + "]"
  }
}

/// Writes the shown entries of one tensor so that they agree in digits, and in width in a matrix.
private struct EntryFormatter {
  let kept: [[Int]]
  let values: [Float]
  let decimals: Int?
  /// Width of every entry of a matrix; nothing for a vector, whose entries take what they need.
  let entryWidth: Int?
  let totalWidth: Int

  init(shape: [Int], values: [Float], kept: [[Int]]) {
    self.kept = kept
    self.values = values
    let shown = Self.offsets(shape: shape, kept: kept).map { Double(values[$0]) }
    decimals = Self.sharedDecimals(shown)
    let texts = shown.map { [decimals] in Self.text($0, decimals: decimals, keepsZeros: true) }
    entryWidth = shape.count > 1 ? texts.map(\.utf8.count).max() ?? 0 : nil
    totalWidth =
      shown.map { [decimals] in Self.text($0, decimals: decimals, keepsZeros: false).utf8.count }
      .reduce(0, +)
  }

  func text(at offset: Int) -> String {
    let text = Self.text(Double(values[offset]), decimals: decimals, keepsZeros: entryWidth != nil)
    guard let entryWidth else { return text }
    return String(repeating: " ", count: max(0, entryWidth - text.utf8.count)) + text
  }

  private static func offsets(shape: [Int], kept: [[Int]]) -> [Int] {
    var offsets = [0]
    for (axis, indices) in kept.enumerated() {
      offsets = offsets.flatMap { base in indices.map { base * shape[axis] + $0 } }
    }
    return offsets
  }

  /// Digits after the point that suit all entries; nothing when an exponent is needed.
  private static func sharedDecimals(_ entries: [Double]) -> Int? {
    let finite = entries.filter { $0.isFinite && $0 != 0 }.map(\.magnitude)
    guard let largest = finite.max() else { return 0 }
    if largest < 1e-3 || largest >= 1e9 { return nil }
    let needed = finite.map { NumberFormat.decimalsNeeded($0, significant: 4) }.max() ?? 0
    let leading = NumberFormat.exponent(of: largest)
    // Beside large entries, small ones need no more digits than the eye can compare.
    return min(needed, leading >= 3 ? 1 : max(4, 3 - leading))
  }

  private static func text(_ value: Double, decimals: Int?, keepsZeros: Bool) -> String {
    guard let decimals, value.isFinite else {
      return NumberFormat.format(value, significant: 4)
    }
    let text = NumberFormat.format(value, digits: decimals)
    guard !keepsZeros, decimals > 0 else { return text }
    var kept = Substring(text)
    while kept.last == "0" { kept.removeLast() }
    if kept.last == "." { kept.removeLast() }
    // What is not 0 must not read as 0.
    if value != 0, kept == "0" || kept == "-0" {
      return NumberFormat.format(value, significant: 2)
    }
    return String(kept)
  }
}
