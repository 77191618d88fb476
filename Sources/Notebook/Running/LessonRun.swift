import Rendering

/// What running a lesson headless gave: the input of reports, promotion and weaving.
package struct LessonRun: Sendable {
  package var lesson: Lesson
  /// By index into the lesson's blocks; a cell that did not run has none.
  package var cells: [Int: CellRun]
  package var findings: [Finding]
  package var seconds: Double
  /// Numbers of the only cells that were judged; nil stands for all.
  package var chosen: Set<Int>?

  package init(
    lesson: Lesson, cells: [Int: CellRun], findings: [Finding], seconds: Double,
    chosen: Set<Int>? = nil
  ) {
    self.lesson = lesson
    self.cells = cells
    self.findings = findings
    self.seconds = seconds
    self.chosen = chosen
  }

  /// Whether cells were left out because one above them failed or took too long.
  package var isCutShort: Bool {
    findings.contains { $0.kind == .failure || $0.kind == .timeLimit }
  }

  package var report: LessonReport {
    let cases = lesson.cells.compactMap { index, cell in
      cells[index].map { run in
        LessonReport.Case(
          cell: cell.number, line: cell.firstLine, name: cell.role.name, seconds: run.seconds)
      }
    }
    return LessonReport(
      path: lesson.path, name: lesson.name, cellCount: lesson.cells.count, chosen: chosen,
      cases: cases, seconds: seconds, findings: findings)
  }
}

package struct CellRun: Sendable {
  package var outputs: [Output]
  /// The outputs as plain text, which is what a lesson's output block holds.
  package var text: String
  package var succeeded: Bool
  package var seconds: Double

  package init(outputs: [Output], text: String, succeeded: Bool, seconds: Double) {
    self.outputs = outputs
    self.text = text
    self.succeeded = succeeded
    self.seconds = seconds
  }
}
