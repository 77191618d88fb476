import ArgumentParser
import Notebook
import Terminal

/// Writes received outputs into lessons.
struct Promote: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write what the cells print into the lessons, as the expected output.",
    discussion: """
      Lines `...` that still match stay, and so do volatile outputs. A lesson of which a cell \
      fails is not written at all. Read the difference before you keep it.

      examples:
        latent promote Lessons/04-autoencoders.md            all of its cells
        latent promote Lessons/04-autoencoders.md --only 7   the seventh

      exit codes: 0 all is written, 1 something is not, 66 a file that is not there, 73 a file \
      that cannot be written, 130 stopped by Ctrl-C.
      """)

  @OptionGroup var selection: LessonSelection

  @Option(
    help: ArgumentHelp(
      "Promote only this cell, by its number, or this exercise, by its name.", valueName: "cell"))
  var only: CellChoice?

  @OptionGroup var options: SessionOptions

  func run() throws {
    OutputFile.endBetweenFiles()
    let (lessons, unread) = try LessonFiles.readable(at: selection.paths)
    let jobs = selection.jobCount(lessons, options)
    let runs = LessonFiles.runner(options, jobs: jobs, only: only).run(lessons, jobs: jobs)
    var worst = unread.isEmpty ? ExitCode.success : .failure
    for report in unread { say("not written", report.path, report.findings) }
    for run in runs {
      let failures = run.findings.filter { $0.kind != .output }
      if !failures.isEmpty { worst = .failure }
      var outcome = "not written"
      do { outcome = try promote(run) } catch let code as ExitCode { worst = code }
      say(outcome, run.lesson.path, failures)
    }
    if worst != .success { throw worst }
  }

  private func say(_ outcome: String, _ path: String, _ findings: [Finding]) {
    StandardStream.output.write("\(outcome.padded(to: 13))\(path)\n")
    for finding in findings { StandardStream.output.write(finding.text + "\n") }
  }

  /// Writes what has changed, and says what became of the lesson.
  private func promote(_ run: LessonRun) throws -> String {
    if run.isCutShort { return "not written" }
    let before = LessonPrinter.print(run.lesson)
    let text = Promotion.promoted(run)
    if text.utf8.elementsEqual(before.utf8) { return "unchanged" }
    // The author may have gone on writing while the cells ran.
    guard try Input.text(of: run.lesson.path).utf8.elementsEqual(before.utf8) else {
      StandardStream.error.write(
        "latent: \(run.lesson.path) was saved while its cells ran: promote once more\n")
      throw ExitCode.failure
    }
    try OutputFile.write(text, to: run.lesson.path)
    return "promoted"
  }
}
