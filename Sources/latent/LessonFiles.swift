import ArgumentParser
import Datasets
import Evaluation
import Notebook
import Rendering
import Synchronization
import Terminal

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Which lessons a command is about, and how many of them it runs at a time.
struct LessonSelection: ParsableArguments {
  @ArgumentParser.Argument(
    help: ArgumentHelp("Lessons, or folders of lessons.", valueName: "path"),
    completion: .file(extensions: ["md"]))
  var paths: [String]

  @Option(
    help: ArgumentHelp("Lessons to run at the same time; they share the threads.", valueName: "n"))
  var jobs: Int?

  func validate() throws {
    if let jobs, !(1...64).contains(jobs) { throw ValidationError("--jobs must be 1 … 64") }
  }

  /// One lesson on each thread keeps all of them busy, unless there are fewer lessons.
  func jobCount(_ lessons: [Lesson], _ options: SessionOptions) -> Int {
    max(1, min(jobs ?? options.threadCount, lessons.count))
  }
}

/// Finding, reading and running lessons.
enum LessonFiles {
  /// The Markdown files at some paths, each once.
  static func files(at paths: [String]) throws -> [String] {
    var seen: Set<String> = []
    let files = paths.flatMap { markdownFiles(at: $0) }.filter { seen.insert($0).inserted }
    guard !files.isEmpty else {
      StandardStream.error.write("latent: no lessons at \(paths.joined(separator: ", "))\n")
      throw Input.missing
    }
    return files
  }

  /// The lessons at some paths, and a report on each file that cannot be read as one.
  ///
  /// Throws: `Input.missing` if a file that was named itself is not there.
  static func readable(at paths: [String]) throws -> (lessons: [Lesson], unread: [LessonReport]) {
    var lessons: [Lesson] = []
    var unread: [LessonReport] = []
    for path in try files(at: paths) {
      do {
        lessons.append(try lesson(at: path))
      } catch let FileError.notFound(name) where paths.contains(path) {
        StandardStream.error.write("latent: \(FileError.notFound(name).reason)\n")
        throw Input.missing
      } catch {
        let reason = (error as? FileError)?.reasonAlone ?? Input.notText
        let finding = Finding(.notText, path: path, line: 1, message: reason)
        unread.append(
          LessonReport(
            path: path, name: Lesson.name(ofPath: path), cellCount: 0, cases: [], seconds: 0,
            findings: [finding]))
      }
    }
    return (lessons, unread)
  }

  /// The lessons that stand in a folder itself, not in those below it; what cannot be read is none.
  static func lessons(in folder: String) -> [Lesson] {
    markdownFiles(at: folder, below: false).compactMap { try? lesson(at: $0) }
  }

  private struct NotText: Error {}

  /// Throws: `FileError` or `NotText`.
  private static func lesson(at path: String) throws -> Lesson {
    let bytes = try SystemFiles.contents(of: path == "-" ? "/dev/stdin" : path, calledBy: path)
    guard let text = String(validating: bytes, as: UTF8.self) else { throw NotText() }
    return LessonParser.parse(text, path: path)
  }

  /// The file itself, or the Markdown files of a folder in order of name.
  private static func markdownFiles(at path: String, below: Bool = true) -> [String] {
    // Not a folder: whether it can be read shows when it is.
    guard let names = SystemFiles.names(in: path) else { return [path] }
    let base = path.hasSuffix("/") ? String(path.dropLast()) : path
    return names.flatMap { name -> [String] in
      let child = base + "/" + name
      switch Entry(child) {
      case .folder: return below ? markdownFiles(at: child) : []
      case .file: return name.hasSuffix(".md") && name != "README.md" ? [child] : []
      case .other: return []
      }
    }
  }

  /// What stands in a folder under some name.
  private enum Entry {
    case folder
    /// Also a link that leads nowhere, as whoever made it should hear of that.
    case file
    /// A device or a pipe, which may never end.
    case other

    init(_ path: String) {
      var status = stat()
      guard stat(path, &status) == 0 else {
        self = .file
        return
      }
      switch status.st_mode & S_IFMT {
      case S_IFDIR: self = .folder
      case S_IFREG: self = .file
      default: self = .other
      }
    }
  }

  /// Runs lessons in sessions that have `options`; `jobs` of them share the threads.
  static func runner(
    _ options: SessionOptions, jobs: Int, limit: Double? = nil, only: CellChoice? = nil,
    files: @escaping @Sendable (Lesson) -> ScratchFiles = { ScratchFiles(inputFolder: $0.folder) }
  ) -> Runner<Session> {
    let threads = max(1, options.threadCount / jobs)
    return Runner(
      cellTimeLimitSeconds: limit, only: only,
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
  private let touched = Atomic(false)

  /// Whether nothing has been read or written.
  var isUntouched: Bool { !touched.load(ordering: .relaxed) }

  init(inputFolder: String) { source = SystemFiles(inputFolder: inputFolder, isConfined: true) }

  func read(_ path: String) throws -> [UInt8] {
    touched.store(true, ordering: .relaxed)
    if let bytes = written.files[path] { return bytes }
    return try source.read(path)
  }

  func write(_ bytes: [UInt8], to path: String) throws {
    touched.store(true, ordering: .relaxed)
    // What a reader could not write with `latent run` must not pass here either.
    guard !SystemFiles.leavesFolder(path) else {
      throw FileError.notPermitted(path, .writing, allowed: ".")
    }
    try written.write(bytes, to: path)
  }
}

/// Reads beside a page that was opened at the prompt, as checking it does, and else as the prompt
/// does.
struct PageFiles: FileAccess {
  let folder: String

  func read(_ path: String) throws -> [UInt8] {
    do { return try SystemFiles(inputFolder: folder).read(path) } catch FileError.notFound {
      return try SystemFiles().read(path)
    }
  }

  func write(_ bytes: [UInt8], to path: String) throws { try SystemFiles().write(bytes, to: path) }
}

/// Reads from a lesson's folder, and keeps what the lesson writes in another, where the learner can
/// look at it and the lesson can read it again.
final class LessonFolder: FileAccess, @unchecked Sendable {
  private let source: SystemFiles
  private let written: any FileAccess
  private let outputFolder: String?
  private let names = Mutex<(all: Set<String>, new: [String])>(([], []))

  /// Without a folder for them, files stay in memory.
  init(_ lesson: Lesson, written outputFolder: String?, isConfined: Bool = true) {
    source = SystemFiles(inputFolder: lesson.folder, isConfined: isConfined)
    self.outputFolder = outputFolder
    written =
      outputFolder.map {
        SystemFiles(inputFolder: $0, outputFolder: $0, isConfined: isConfined)
      } ?? ScratchFiles(inputFolder: lesson.folder)
  }

  /// Where files are that have been written for the first time since this was last asked.
  var newFiles: [String] {
    names.withLock { names in
      defer { names.new = [] }
      return names.new
    }
  }

  func read(_ path: String) throws -> [UInt8] {
    do { return try written.read(path) } catch FileError.notFound { return try source.read(path) }
  }

  func write(_ bytes: [UInt8], to path: String) throws {
    try written.write(bytes, to: path)
    guard let outputFolder else { return }
    names.withLock { names in
      if names.all.insert(path).inserted { names.new.append("\(outputFolder)/\(path)") }
    }
  }
}

extension FileError {
  /// The error without the name of the file.
  fileprivate var reasonAlone: String {
    switch self {
    case .notFound: "no such file"
    case .isFolder: "this is a folder"
    case .notPermitted(_, _, let allowed): "outside of \(allowed)"
    case .tooLarge(_, let byteCount, let limit):
      "\(byteCount) bytes are more than the limit of \(limit)"
    case .failed(_, let reason): reason
    }
  }
}

extension Lesson {
  /// The folder that the lesson's file is in.
  var folder: String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
