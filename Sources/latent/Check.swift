import ArgumentParser
import Datasets
import Dispatch
import Evaluation
import Notebook
import Synchronization
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
      A folder stands for the Markdown files in it and below. Files that a lesson writes stay in \
      memory and are compared by their SHA-256. A cell may take 120 seconds, or what the front \
      matter says (`limit: 300`).

      Cells are numbered from 1, top to bottom; every fence of the lesson that begins with \
      `latent` counts, and outputs do not.

      examples:
        latent check Lessons                          everything
        latent check Lessons/04-autoencoders.md --only 7
        latent check Lessons/04-autoencoders.md --only bottleneck
        latent check Lessons --junit report.xml       for a build server
        latent check my-lesson.md --watch             again at every save

      exit codes: 0 all as expected, 1 a difference or error, 66 a file that is not there, \
      130 stopped by Ctrl-C.
      """)

  @OptionGroup var selection: LessonSelection

  @Option(
    help: ArgumentHelp(
      "Judge only this cell, by its number, or this exercise, by its name, after running those "
        + "above it.", valueName: "cell"))
  var only: CellChoice?

  @Option(
    help: ArgumentHelp("Also write the report as JUnit XML.", valueName: "file"),
    completion: .file(extensions: ["xml"]))
  var junit: String?

  @Option(
    help: ArgumentHelp("Longest time for one cell, whatever a lesson says.", valueName: "seconds"))
  var limit: Double?

  @Flag(help: "Check again, from the first cell that changed, at every save, until Ctrl-C.")
  var watch = false

  @OptionGroup var options: SessionOptions

  func validate() throws {
    if let limit, !(limit > 0 && limit.isFinite) {
      throw ValidationError("--limit must be a number of seconds above 0")
    }
  }

  func run() throws {
    OutputFile.endBetweenFiles()
    guard watch else { return try check(selection.paths) }
    let memory = LessonMemory<Session>()
    var watcher = FileWatch()
    while true {
      let changed = try LessonFiles.files(at: selection.paths).filter { watcher.hasChanged($0) }
      if changed.isEmpty {
        usleep(200_000)
        continue
      }
      do {
        try check(changed, memory)
      } catch is ExitCode {
        // What is wrong has been said; the next save may put it right.
      }
      StandardStream.output.write("watching; Ctrl-C ends\n\n")
    }
  }

  private func check(_ paths: [String], _ memory: LessonMemory<Session>? = nil) throws {
    let (lessons, unread) = try LessonFiles.readable(at: paths)
    let jobs = selection.jobCount(lessons, options)
    let view = CheckView(lessons)
    var runner = LessonFiles.runner(options, jobs: jobs, limit: limit, only: only)
    runner.memory = memory
    runner.isRepeatable = { ($0.host.files as? ScratchFiles)?.isUntouched ?? false }
    runner.adopt = { remembered, current in
      var session = remembered
      session.host = current.host
      return session
    }
    runner.willRun = { view.willRun($1, of: $0) }
    unread.forEach(view.didFail)
    let runs = runner.run(lessons, jobs: jobs) { view.didRun($0) }
    let report = Report(unread + runs.map(\.report))
    view.show(report)
    if let junit { try OutputFile.write(report.junit, to: junit) }
    if report.failedCount > 0 { throw ExitCode.failure }
  }
}

extension CellChoice: ExpressibleByArgument {
  public init?(argument: String) {
    guard !argument.isEmpty else { return nil }
    self.init(argument)
  }
}

/// Writing what the command line names.
enum OutputFile {
  /// Code for a file that cannot be written, as in sysexits.h.
  static let refused = ExitCode(73)
  /// Held while a file is written.
  private static let writing = Mutex(())

  /// From now on Ctrl-C ends the process before a file is written or after, and in no other place.
  ///
  /// To be called before there are other threads, which inherit that they do not get the signals.
  static func endBetweenFiles() {
    var signals = sigset_t()
    sigemptyset(&signals)
    for signal in [SIGINT, SIGTERM] where !isIgnored(signal) { sigaddset(&signals, signal) }
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    DispatchQueue(label: "signals").async { [signals] in
      var (awaited, signal) = (signals, Int32(0))
      guard sigwait(&awaited, &signal) == 0 else { return }
      writing.withLock { _ in
        // The shell's next prompt does not begin behind what was under way.
        if isatty(STDERR_FILENO) != 0 { StandardStream.error.write("\n") }
        _exit(128 + signal)
      }
    }
  }

  /// Whether who started the process wants it to go on whatever happens (`nohup`).
  private static func isIgnored(_ signal: Int32) -> Bool {
    var action = sigaction()
    sigaction(signal, nil, &action)
    #if canImport(Glibc)
      let handler = action.__sigaction_handler.sa_handler
    #else
      let handler = action.__sigaction_u.__sa_handler
    #endif
    return unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  static func write(_ text: String, to path: String) throws {
    try write(Array(text.utf8), to: path)
  }

  static func write(_ bytes: [UInt8], to path: String) throws {
    do {
      try writing.withLock { _ in try SystemFiles().write(bytes, to: path) }
    } catch let error as FileError {
      StandardStream.error.write("latent: \(error.reason)\n")
      throw refused
    }
  }
}

/// Notices which files have been saved.
struct FileWatch {
  private var seen: [String: [Int]] = [:]

  /// Whether a file is new or has changed since it was last asked about.
  mutating func hasChanged(_ path: String) -> Bool {
    var status = stat()
    guard stat(path, &status) == 0 else { return false }
    #if canImport(Glibc)
      let time = status.st_mtim
    #else
      let time = status.st_mtimespec
    #endif
    // Editors that replace a file give it another number, even within one tick of the clock.
    let stamp = [
      time.tv_sec, time.tv_nsec, Int(status.st_size), Int(truncatingIfNeeded: status.st_ino),
    ]
    return seen.updateValue(stamp, forKey: path) != stamp
  }
}
