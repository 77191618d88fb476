import ArgumentParser
import Datasets
import Evaluation
import Notebook
import Rendering
import Syntax
import Terminal

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Runs lessons as exact regression tests.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run lessons and compare every output byte for byte.",
    discussion: """
      A folder stands for the Markdown files in it and below. Files that a lesson writes go to a \
      folder of their own and are compared by their SHA-256.

      exit codes: 0 all as expected, 1 a difference or error, 66 a file that cannot be read.
      """)

  @ArgumentParser.Argument(help: ArgumentHelp("Lessons, or folders of lessons.", valueName: "path"))
  var paths: [String]

  @Option(help: ArgumentHelp("Lessons to run at the same time.", valueName: "n"))
  var jobs: Int?

  @Option(help: ArgumentHelp("Judge only this cell of each lesson.", valueName: "cell"))
  var only: Int?

  @Option(help: ArgumentHelp("Also write the report as JUnit XML.", valueName: "file"))
  var junit: String?

  @Option(help: ArgumentHelp("Longest time for one cell, in seconds.", valueName: "seconds"))
  var limit: Double = 120

  @Flag(help: "Check again whenever a lesson is saved, until Ctrl-C.")
  var watch = false

  @OptionGroup var options: SessionOptions

  func run() throws {
    guard watch else { return try check(try LessonFiles.lessons(at: paths)) }
    var watcher = FileWatch()
    while true {
      let changed = try LessonFiles.files(at: paths).filter { watcher.hasChanged($0) }
      if changed.isEmpty {
        usleep(300_000)
        continue
      }
      try? check(try LessonFiles.lessons(at: changed))
      StandardStream.output.write("\nwatching; Ctrl-C ends\n")
    }
  }

  private func check(_ lessons: [Lesson]) throws {
    let nameWidth = lessons.map { $0.name.displayWidth }.max() ?? 0
    let runs = LessonFiles.runner(options, limit: limit, only: only, jobs: jobCount)
      .run(lessons, jobs: jobCount) { run in
        StandardStream.output.write(run.report.line(nameWidth: nameWidth) + "\n")
      }
    let report = Report(runs.map(\.report))
    for lesson in report.lessons {
      for finding in lesson.findings { StandardStream.output.write("\n" + finding.text + "\n") }
    }
    StandardStream.output.write("\n" + report.summary + "\n")
    if let junit { try SystemFiles().write(Array(report.junit.utf8), to: junit) }
    if report.failedCount > 0 { throw ExitCode.failure }
  }

  private var jobCount: Int { max(1, jobs ?? 1) }
}

/// Writes received outputs into lessons.
struct Promote: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write what the cells print into the lessons, as the expected output.",
    discussion: "Lines `...` that still match stay. Read the difference before you keep it.")

  @ArgumentParser.Argument(help: ArgumentHelp("Lessons, or folders of lessons.", valueName: "path"))
  var paths: [String]

  @Option(help: ArgumentHelp("Promote only this cell of each lesson.", valueName: "cell"))
  var only: Int?

  @OptionGroup var options: SessionOptions

  func run() throws {
    var isComplete = true
    for lesson in try LessonFiles.lessons(at: paths) {
      let run = LessonFiles.runner(options, limit: nil, only: only, jobs: 1).run(lesson)
      let text = Promotion.promoted(run, only: only)
      let isChanged = text != LessonPrinter.print(lesson)
      if isChanged { try SystemFiles().write(Array(text.utf8), to: lesson.path) }
      StandardStream.output.write("\(isChanged ? "promoted" : "unchanged")  \(lesson.path)\n")
      let failures = run.findings.filter { $0.kind != .output }
      for finding in failures { StandardStream.output.write(finding.text + "\n") }
      isComplete = isComplete && failures.isEmpty
    }
    if !isComplete { throw ExitCode.failure }
  }
}

/// Notices which files have been saved.
private struct FileWatch {
  private var seen: [String: Int] = [:]

  /// Whether a file is new or has changed since it was last asked about.
  mutating func hasChanged(_ path: String) -> Bool {
    var status = stat()
    guard stat(path, &status) == 0 else { return false }
    #if canImport(Glibc)
      let time = status.st_mtim
    #else
      let time = status.st_mtimespec
    #endif
    let stamp = time.tv_sec &* 1_000_000_000 &+ time.tv_nsec
    return seen.updateValue(stamp, forKey: path) != stamp
  }
}

/// Finding, reading and running lessons.
enum LessonFiles {
  /// The Markdown files at some paths.
  static func files(at paths: [String]) throws -> [String] {
    var files: [String] = []
    for path in paths { files += try markdownFiles(at: path) }
    guard !files.isEmpty else {
      StandardStream.error.write("latent: no lessons at \(paths.joined(separator: ", "))\n")
      throw Input.missing
    }
    return files
  }

  static func lessons(at paths: [String]) throws -> [Lesson] {
    try files(at: paths).map { LessonParser.parse(try Input.text(of: $0), path: $0) }
  }

  /// The file itself, or the Markdown files below a folder in order of name.
  private static func markdownFiles(at path: String) throws -> [String] {
    guard let folder = opendir(path) else {
      // Not a folder: whether it can be read shows when it is.
      return [path]
    }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    var files: [String] = []
    let base = path.hasSuffix("/") ? String(path.dropLast()) : path
    for name in names.sorted() {
      let child = base + "/" + name
      if name.hasSuffix(".md"), name != "README.md" {
        files.append(child)
      } else if let inner = opendir(child) {
        closedir(inner)
        files += try markdownFiles(at: child)
      }
    }
    return files
  }

  static func runner(
    _ options: SessionOptions, limit: Double?, only: Int? = nil, jobs: Int,
    files: @escaping @Sendable (Lesson) -> ScratchFiles = { ScratchFiles(inputFolder: $0.folder) }
  ) -> Runner<Session> {
    let threads = max(1, options.threadCount / jobs)
    return Runner(
      cellTimeLimitSeconds: limit, onlyCell: only,
      makeSession: { lesson, interruption in
        let host = options.makeHost(
          interruption: interruption, files: files(lesson), threads: threads)
        return Session(host: host, seed: options.seed)
      },
      render: { PlainRenderer().text($0) })
  }
}

/// Reads from a lesson's folder; what the lesson writes is kept in memory, where it can read it
/// again, and leaves no trace.
final class ScratchFiles: FileAccess, @unchecked Sendable {
  private let source: SystemFiles
  private let written = MemoryFiles()

  init(inputFolder: String) { source = SystemFiles(inputFolder: inputFolder, isConfined: true) }

  func read(_ path: String) throws -> [UInt8] {
    if let bytes = written.files[path] { return bytes }
    return try source.read(path)
  }

  func write(_ bytes: [UInt8], to path: String) throws { try written.write(bytes, to: path) }
}

extension Lesson {
  /// The folder that the lesson's file is in.
  var folder: String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
