/// Writes what cells print into the lesson, and leaves every other byte alone.
package struct Promotion {
  private let run: LessonRun
  /// Numbers of the only cells to promote; nil stands for all.
  private let only: Set<Int>?
  private var blocks: [Lesson.Block]

  /// The lesson's text with the outputs of `run` in it; promoting twice is promoting once.
  ///
  /// A lesson that was cut short stays as it is: new outputs above old ones would be those of no
  /// run. A volatile cell keeps its output, unless it is one of those that the run was about.
  package static func promoted(_ run: LessonRun) -> String {
    guard !run.isCutShort else { return LessonPrinter.print(run.lesson) }
    var promotion = Promotion(run: run)
    // From the bottom up, so that the indices of the blocks above stay valid.
    for (index, cell) in run.lesson.cells.reversed() { promotion.promote(cell, at: index) }
    var lesson = run.lesson
    lesson.blocks = promotion.blocks
    return LessonPrinter.print(lesson)
  }

  private init(run: LessonRun) {
    self.run = run
    only = run.chosen
    blocks = run.lesson.blocks
  }

  private mutating func promote(_ cell: Cell, at index: Int) {
    guard cell.role.printsIntoLesson, only?.contains(cell.number) ?? true,
      let cellRun = run.cells[index], cellRun.succeeded != cell.options.contains(.error),
      !cell.closing.isEmpty
    else { return }
    let received = Expectation.lines(of: cellRun.text)
    let output = run.lesson.output(after: index)
    if only == nil {
      if cell.options.contains(.volatile) || output?.cell.role == .output(isVolatile: true) {
        return
      }
    }
    if let output {
      replace(output.cell, at: output.index, after: index, with: received)
    } else if cell.role == .code, !received.isEmpty {
      insert(received, after: cell, at: index)
    }
  }

  private mutating func replace(
    _ output: Cell, at outputIndex: Int, after cellIndex: Int, with received: [String]
  ) {
    let expected = output.contentLines
    if Expectation(lines: expected).matches(received) { return }
    if received.isEmpty {
      // Blank lines between a cell and its output go with the output.
      blocks.removeSubrange((cellIndex + 1)...outputIndex)
      return
    }
    var block = output
    block.write(Self.merged(expected, received))
    blocks[outputIndex] = .cell(block)
  }

  private mutating func insert(_ received: [String], after cell: Cell, at index: Int) {
    let fence = Fence(
      marker: .backtick, length: 3, indentation: cell.fence.indentation, info: "output")
    let ending = cell.opening.hasSuffix("\r\n") ? "\r\n" : "\n"
    let indentation = String(repeating: " ", count: fence.indentation)
    var block = Cell(
      role: .output(isVolatile: false), options: [], number: cell.number,
      firstLine: cell.firstLine, fence: fence, opening: indentation + "```output" + ending,
      body: "", closing: indentation + "```" + ending)
    block.write(received)
    var above = cell
    if !above.closing.utf8.hasLineEnd {
      above.closing += ending
      block.closing = Substring(block.closing.utf8.dropLast(ending.utf8.count)).description
      blocks[index] = .cell(above)
    }
    blocks.insert(.cell(block), at: index + 1)
  }

  /// The received lines, with every `...` kept that stands beside a line that is still right.
  private static func merged(_ expected: [String], _ received: [String]) -> [String] {
    let steps = Alignment(expected: expected, received: received).steps
    func isRight(_ index: Int) -> Bool {
      guard steps.indices.contains(index) else { return true }
      if case .same = steps[index] { return true }
      return false
    }
    var lines: [String] = []
    for (index, step) in steps.enumerated() {
      switch step {
      case .same(_, let new), .replaced(_, let new), .added(let new): lines.append(received[new])
      case .removed: break
      case .wildcard(_, let range):
        let isKept = isRight(index - 1) || isRight(index + 1)
        lines += isKept ? [Expectation.wildcard] : Array(received[range])
      }
    }
    return lines
  }
}

extension String.UTF8View {
  fileprivate var hasLineEnd: Bool { last == .newline }
}

extension Cell {
  /// Puts lines between the fences, which grow if a line looks like their end.
  fileprivate mutating func write(_ lines: [String]) {
    let ending = opening.hasSuffix("\r\n") ? "\r\n" : "\n"
    let indentation = String(repeating: " ", count: fence.indentation)
    body = lines.map { ($0.isEmpty ? "" : indentation + $0) + ending }.joined()
    if !opening.utf8.hasLineEnd { opening += ending }
    let marker = String(UnicodeScalar(fence.marker.rawValue))
    let longestRun =
      lines.map { line in
        line.utf8.drop { $0 == .space }.prefix { $0 == fence.marker.rawValue }.count
      }.max() ?? 0
    let length = max(fence.length, longestRun >= fence.length ? longestRun + 1 : 0)
    let growth = String(repeating: marker, count: length - fence.length)
    fence.length = length
    opening = indentation + growth + Substring(opening.utf8.dropFirst(fence.indentation))
    if closing.isEmpty {
      closing = indentation + String(repeating: marker, count: length) + ending
    } else if !growth.isEmpty {
      let spaces = closing.utf8.prefix { $0 == .space }.count
      closing =
        String(repeating: " ", count: spaces) + growth
        + Substring(closing.utf8.dropFirst(spaces))
    }
  }
}
