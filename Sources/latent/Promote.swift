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

      exit codes: 0 all is written, 1 a cell failed, 66 a file that cannot be read.
      """)

  @OptionGroup var selection: LessonSelection

  @Option(help: ArgumentHelp("Promote only this cell of each lesson.", valueName: "cell"))
  var only: Int?

  @OptionGroup var options: SessionOptions

  func run() throws {
    let lessons = try LessonFiles.lessons(at: selection.paths)
    let jobs = selection.jobCount(lessons, options)
    let runs = LessonFiles.runner(options, jobs: jobs, only: only).run(lessons, jobs: jobs)
    var isComplete = true
    for run in runs {
      StandardStream.output.write("\(try promote(run).padded(to: 13))\(run.lesson.path)\n")
      let failures = run.findings.filter { $0.kind != .output }
      for finding in failures { StandardStream.output.write(finding.text + "\n") }
      isComplete = isComplete && failures.isEmpty
    }
    if !isComplete { throw ExitCode.failure }
  }

  /// Writes what has changed, and says what became of the lesson.
  private func promote(_ run: LessonRun) throws -> String {
    if run.isCutShort { return "not written" }
    let before = LessonPrinter.print(run.lesson)
    let text = Promotion.promoted(run, only: only)
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
