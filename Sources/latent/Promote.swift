import ArgumentParser
import Notebook
import Terminal

/// Writes received outputs into lessons.
struct Promote: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write what the cells print into the lessons, as the expected output.",
    discussion: """
      Lines `...` that still match stay, and so do volatile outputs and those of cells that fail. \
      Read the difference before you keep it.

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
      let text = Promotion.promoted(run, only: only)
      let isChanged = text != LessonPrinter.print(run.lesson)
      if isChanged { try OutputFile.write(text, to: run.lesson.path) }
      StandardStream.output.write(
        "\(isChanged ? "promoted" : "unchanged")  \(run.lesson.path)\n")
      let failures = run.findings.filter { $0.kind != .output }
      for finding in failures { StandardStream.output.write(finding.text + "\n") }
      isComplete = isComplete && failures.isEmpty
    }
    if !isComplete { throw ExitCode.failure }
  }
}
