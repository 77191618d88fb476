/// What a check of lessons found.
package struct Report: Sendable, Hashable {
  package var lessons: [LessonReport]

  package init(_ lessons: [LessonReport]) {
    self.lessons = lessons
  }

  package var passedCount: Int { lessons.count { $0.passed } }
  package var failedCount: Int { lessons.count - passedCount }

  /// A line per lesson, the findings with their diffs, and a line that sums up.
  package var text: String {
    let width = lessons.map { $0.name.count }.max() ?? 0
    let lines = lessons.map { $0.line(nameWidth: width) }
    let findings = lessons.flatMap(\.findings).map { $0.text + "\n" }
    let gap = findings.isEmpty ? [] : [""]
    return (lines + gap + findings + [summary]).joined(separator: "\n") + "\n"
  }

  package var summary: String { "\(passedCount) passed, \(failedCount) failed" }
}

/// What the check of one lesson found.
package struct LessonReport: Sendable, Hashable {
  package var path: String
  package var name: String
  /// All cells of the lesson, which are numbered from 1.
  package var cellCount: Int
  /// Numbers of the only cells that were judged; nil stands for all.
  package var chosen: Set<Int>?
  /// The cells that ran.
  package var cases: [Case]
  package var seconds: Double
  package var findings: [Finding]

  package struct Case: Sendable, Hashable {
    package var cell: Int
    package var line: Int
    package var name: String
    package var seconds: Double
  }

  package init(
    path: String, name: String, cellCount: Int, chosen: Set<Int>? = nil, cases: [Case],
    seconds: Double, findings: [Finding]
  ) {
    self.path = path
    self.name = name
    self.cellCount = cellCount
    self.chosen = chosen
    self.cases = cases
    self.seconds = seconds
    self.findings = findings
  }

  package var passed: Bool { findings.isEmpty }

  /// `ok    04-autoencoders   12 cells    3.2 s`, with the name padded to `nameWidth`.
  package func line(nameWidth: Int) -> String {
    let padding = String(repeating: " ", count: max(0, nameWidth - name.count))
    let time = "\(seconds.decimal(digits: 1)) s"
    return (passed ? "ok    " : "FAIL  ") + name + padding
      + "  " + cellsText.leftPadded(to: 9) + "  " + time.leftPadded(to: 8)
  }
}

extension LessonReport {
  /// `12 cells`, or which of them were judged: `cell 7 of 12`.
  private var cellsText: String {
    guard let chosen, let first = chosen.min(), let last = chosen.max() else {
      return cellCount == 1 ? "1 cell " : "\(cellCount) cells"
    }
    return first == last
      ? "cell \(first) of \(cellCount)" : "cells \(first) to \(last) of \(cellCount)"
  }
}

extension Finding {
  /// The headline, and the details indented below it.
  package var text: String {
    guard let details else { return headline }
    let lines = details.textLines.map { line in
      line.isBlank ? "" : "  " + line.content
    }
    return ([headline] + lines).joined(separator: "\n")
  }
}

extension String {
  func leftPadded(to width: Int) -> String {
    String(repeating: " ", count: Swift.max(0, width - count)) + self
  }
}
