import Testing

@testable import Notebook

@Suite struct ReportTests {
  private static let report = Report([
    LessonReport(
      path: "Lessons/00-start.md", name: "00-start", cellCount: 1,
      cases: [.init(cell: 1, line: 3, name: "cell", seconds: 0.25)], seconds: 0.26, findings: []),
    LessonReport(
      path: "Lessons/04-autoencoders.md", name: "04-autoencoders", cellCount: 12,
      cases: [
        .init(cell: 1, line: 3, name: "cell", seconds: 1),
        .init(cell: 2, line: 9, name: "check", seconds: 2.2),
      ], seconds: 3.24,
      findings: [
        Finding(
          .output, path: "Lessons/04-autoencoders.md", line: 6, cell: 1, message: "a < b",
          details: "   7 - c\n\n     + \u{1B}"),
        Finding(
          .exercise, path: "Lessons/04-autoencoders.md", line: 9, message: "no \"hint\" & more"),
      ]),
  ])

  @Test func readsWellOnATerminal() {
    #expect(
      Self.report.text == """
        ok    00-start           1 cell      0.3 s
        FAIL  04-autoencoders   12 cells     3.2 s

        Lessons/04-autoencoders.md:6 (cell 1): a < b
             7 - c

               + \u{1B}

        Lessons/04-autoencoders.md:9: no "hint" & more

        1 passed, 1 failed

        """)
  }

  @Test func saysOnlyWhatThereIsToSay() {
    #expect(Report([]).text == "0 passed, 0 failed\n")
    #expect(
      Report([Self.report.lessons[0]]).text == """
        ok    00-start    1 cell      0.3 s
        1 passed, 0 failed

        """)
  }

  @Test func writesJUnit() {
    #expect(
      Self.report.junit == """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="latent check" tests="4" failures="2" time="3.500">
          <testsuite name="00-start" file="Lessons/00-start.md" tests="1" failures="0" time="0.260">
            <testcase classname="00-start" name="cell 1 (cell, line 3)" time="0.250"/>
          </testsuite>
          <testsuite name="04-autoencoders" file="Lessons/04-autoencoders.md" tests="3" \
        failures="2" time="3.240">
            <testcase classname="04-autoencoders" name="lesson" time="0.000">
              <failure type="exercise" message="no &quot;hint&quot; &amp; more">\
        Lessons/04-autoencoders.md:9: no &quot;hint&quot; &amp; more</failure>
            </testcase>
            <testcase classname="04-autoencoders" name="cell 1 (cell, line 3)" time="1.000">
              <failure type="output" message="a &lt; b">\
        Lessons/04-autoencoders.md:6 (cell 1): a &lt; b
             7 - c

               + \u{FFFD}</failure>
            </testcase>
            <testcase classname="04-autoencoders" name="cell 2 (check, line 9)" time="2.200"/>
          </testsuite>
        </testsuites>

        """)
  }

  @Test(arguments: [
    (0.05, 1, "0.1"), (3.24, 1, "3.2"), (0, 3, "0.000"), (-1.5, 0, "-2"), (12.007, 2, "12.01"),
    (-0.001, 2, "0.00"),
  ])
  func writesDecimals(_ number: Double, _ digits: Int, _ text: String) {
    #expect(number.decimal(digits: digits) == text)
  }
}
