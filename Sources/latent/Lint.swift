import ArgumentParser
import Datasets
import Notebook
import Terminal

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What an author wants to know before anybody else reads a lesson.
struct Lint: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Look a lesson over for its author.",
    discussion: """
      Every exercise needs a hint, a solution that passes its check, and an untouched form and a \
      wrong answer that do not. Links must lead somewhere, headings follow one another, outputs \
      be promoted, minutes honest. A lesson whose name begins with a number also needs a plot, a \
      grid of samples, an expect and an exercise. Cells are run, so lint takes as long as check.

      examples:
        latent lint Lessons
        latent lint --quick my-lesson.md     reads only, runs nothing

      exit codes: 0 nothing to say, 1 findings, 66 a file that is not there.
      """)

  @OptionGroup var selection: LessonSelection

  @Flag(help: "Read only; run nothing.")
  var quick = false

  @OptionGroup var options: SessionOptions

  func run() throws {
    let (lessons, unread) = try LessonFiles.readable(at: selection.paths)
    var findings = unread.flatMap(\.findings)
    for lesson in lessons { findings += read(lesson) }
    findings += needs(of: lessons)
    if !quick {
      let jobs = selection.jobCount(lessons, options)
      for run in LessonFiles.runner(options, jobs: jobs).run(lessons, jobs: jobs) {
        // The runner repeats what the parser found.
        findings += run.findings.filter { !run.lesson.findings.contains($0) }
      }
    }
    let order = Dictionary(
      lessons.enumerated().map { ($1.path, $0) }, uniquingKeysWith: { first, _ in first })
    findings.sort {
      (order[$0.path] ?? -1, $0.line) < (order[$1.path] ?? -1, $1.line)
    }
    for finding in findings { StandardStream.output.write(finding.text + "\n") }
    StandardStream.output.write(
      summary(lessonCount: lessons.count + unread.count, findingCount: findings.count) + "\n")
    if !findings.isEmpty { throw ExitCode.failure }
  }

  func summary(lessonCount: Int, findingCount: Int) -> String {
    let verdict = findingCount == 0 ? "nothing to say" : "\(findingCount) to look at"
    let limit = quick ? "; what cells print, and checks, are judged only without --quick" : ""
    return "\(lessonCount) lesson\(lessonCount == 1 ? "" : "s"): \(verdict)\(limit)"
  }

  /// Needs are names of lessons in the same folder, which may not all have been named, or of the
  /// course.
  private func needs(of lessons: [Lesson]) -> [Finding] {
    let course = LessonFiles.lessons(in: Machine.lessons)
    return Set(lessons.map(\.folder)).sorted().flatMap { folder in
      let named = lessons.filter { $0.folder == folder }
      let names = Set(named.map(\.name))
      let others = (LessonFiles.lessons(in: folder) + course).filter { !names.contains($0.name) }
      return Curriculum(named + others).findings.filter { finding in
        named.contains { $0.path == finding.path }
      }
    }
  }

  private func read(_ lesson: Lesson) -> [Finding] {
    LessonLint.findings(
      in: lesson, fileExists: { access(lesson.folder + "/" + $0, F_OK) == 0 },
      anchors: { path in
        let place = lesson.folder + "/" + path
        guard let bytes = try? SystemFiles.contents(of: place, calledBy: path) else { return nil }
        return LessonParser.parse(String(decoding: bytes, as: UTF8.self), path: path).anchors
      })
  }
}
