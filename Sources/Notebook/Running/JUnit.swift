extension Report {
  /// The report in the XML that continuous integration services read.
  package var junit: String {
    let suites = lessons.map(\.junitSuite).joined()
    let seconds = lessons.map(\.seconds).reduce(0, +)
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="latent check" tests="\(lessons.map(\.testCount).reduce(0, +))" \
      failures="\(lessons.map(\.failureCount).reduce(0, +))" time="\(seconds.decimal(digits: 3))">
      \(suites)</testsuites>

      """
  }
}

extension LessonReport {
  /// Findings by cell; those of no cell that ran belong to the lesson itself, under nil.
  private var findingsByCell: [Int?: [Finding]] {
    let known = Set(cases.map(\.cell))
    return Dictionary(grouping: findings) { finding in
      finding.cell.flatMap { known.contains($0) ? $0 : nil }
    }
  }

  fileprivate var testCount: Int { cases.count + (findingsByCell[nil] == nil ? 0 : 1) }
  fileprivate var failureCount: Int { findingsByCell.count }

  fileprivate var junitSuite: String {
    let byCell = findingsByCell
    var tests = ""
    if let own = byCell[nil] {
      tests += testCase(name: "lesson", seconds: 0, findings: own)
    }
    for test in cases {
      tests += testCase(
        name: "cell \(test.cell) (\(test.name), line \(test.line))", seconds: test.seconds,
        findings: byCell[test.cell] ?? [])
    }
    return """
        <testsuite name="\(name.xmlEscaped)" file="\(path.xmlEscaped)" tests="\(testCount)" \
      failures="\(failureCount)" time="\(seconds.decimal(digits: 3))">
      \(tests)  </testsuite>

      """
  }

  private func testCase(name: String, seconds: Double, findings: [Finding]) -> String {
    let head =
      "    <testcase classname=\"\(self.name.xmlEscaped)\" name=\"\(name.xmlEscaped)\" "
      + "time=\"\(seconds.decimal(digits: 3))\""
    guard let first = findings.first else { return head + "/>\n" }
    let body = findings.map(\.text).joined(separator: "\n\n").xmlEscaped
    return head + ">\n      <failure type=\"\(first.kind.rawValue)\" "
      + "message=\"\(first.message.xmlEscaped)\">\(body)</failure>\n    </testcase>\n"
  }
}

extension StringProtocol {
  /// The text for XML and HTML; characters that XML forbids become `�`.
  var xmlEscaped: String {
    var text = ""
    for scalar in unicodeScalars {
      switch scalar {
      case "&": text += "&amp;"
      case "<": text += "&lt;"
      case ">": text += "&gt;"
      case "\"": text += "&quot;"
      case "\n", "\t": text.unicodeScalars.append(scalar)
      case "\r": text += "&#13;"
      case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF:
        text += "\u{FFFD}"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}
