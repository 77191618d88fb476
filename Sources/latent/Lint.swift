import ArgumentParser
import Datasets
import Notebook
import Terminal

/// What an author wants to know before anybody else reads a lesson.
struct Lint: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Look a lesson over for its author.",
    discussion: """
      Every exercise needs a hint, a solution that passes its check, and an untouched form and a \
      wrong answer that do not; links and addresses must lead somewhere, outputs be promoted, \
      minutes honest. Exercises are run, so lint takes as long as check.

      exit codes: 0 nothing to say, 1 findings, 66 a file that cannot be read.
      """)

  @ArgumentParser.Argument(help: ArgumentHelp("Lessons, or folders of lessons.", valueName: "path"))
  var paths: [String]

  @Flag(help: "Read only; run nothing.")
  var quick = false

  @OptionGroup var options: SessionOptions

  func run() throws {
    let lessons = try LessonFiles.lessons(at: paths)
    let curriculum = Curriculum(lessons)
    var count = 0
    for lesson in curriculum.lessons {
      let findings = findings(in: lesson)
      for finding in findings { StandardStream.output.write(finding.text + "\n") }
      count += findings.count
    }
    for finding in curriculum.findings { StandardStream.output.write(finding.text + "\n") }
    count += curriculum.findings.count
    let lessonCount = "\(lessons.count) lesson\(lessons.count == 1 ? "" : "s")"
    StandardStream.output.write(
      count == 0 ? "\(lessonCount): nothing to say\n" : "\(lessonCount): \(count) to look at\n")
    if count > 0 { throw ExitCode.failure }
  }

  private func findings(in lesson: Lesson) -> [Finding] {
    let files = SystemFiles(inputFolder: lesson.folder)
    let read = LessonLint.findings(
      in: lesson, fileExists: { (try? files.read($0)) != nil },
      anchors: { path in
        (try? files.read(path)).map { bytes in
          LessonParser.parse(String(decoding: bytes, as: UTF8.self), path: path).anchors
        }
      })
    if quick { return read }
    let run = LessonFiles.runner(options, limit: nil, only: nil, jobs: 1).run(lesson)
    // The runner repeats what its parser found.
    return read + run.findings.filter { !read.contains($0) }
  }
}
