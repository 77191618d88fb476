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

/// Guided lessons.
struct Learn: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Walk through a lesson cell by cell, or choose one from the menu.",
    discussion: """
      Enter runs the next cell; anything else is evaluated, and cannot break the lesson. At an \
      exercise the prompt takes the answer: :hint, :solution and :skip help. Leave with :quit or \
      Ctrl-D; the lesson goes on where you left, with variables and weights as they were.

      examples:
        latent learn           the menu
        latent learn 4         the lesson of this number
        latent learn gans      the lesson whose name begins so
      """)

  @ArgumentParser.Argument(
    help: ArgumentHelp("A number, the beginning of a name, or a file.", valueName: "lesson"))
  var lesson: String?

  @Flag(help: "Begin the lesson again.")
  var again = false

  @OptionGroup var figures: FigureOptions
  @OptionGroup var options: SessionOptions

  func run() throws {
    try onLargeStack {
      let shelf = try LessonShelf()
      guard let word = lesson else { return try Classroom(Console(options, figures), shelf).menu() }
      let lesson = try shelf.lesson(matching: word)
      try Classroom(Console(options, figures), shelf).teach(lesson, again: again)
    }
  }
}

/// The lessons that there are, and how far the learner is in each.
struct LessonShelf {
  let curriculum: Curriculum

  init() throws {
    let folder = Machine.lessons
    let files = try LessonFiles.files(at: [folder]).filter { !$0.contains("/guides/") }
    curriculum = Curriculum(
      try files.map { LessonParser.parse(try Input.text(of: $0), path: $0) })
  }

  /// What Tab offers where a lesson is named.
  var names: [Completions.Candidate] {
    curriculum.lessons.map { .init(replacement: $0.name, summary: $0.title) }
  }

  func lesson(matching word: String) throws -> Lesson {
    if let lesson = curriculum.lesson(matching: word) { return lesson }
    if word.hasSuffix(".md") { return LessonParser.parse(try Input.text(of: word), path: word) }
    StandardStream.error.write(
      "latent: there is no lesson `\(word)`; `latent learn` lists what there is\n")
    throw Input.missing
  }
}

/// What a learner has done, under the state folder.
struct LearnerFiles {
  private let folder: String

  init() {
    let state =
      environment("XDG_STATE_HOME") ?? (environment("HOME").map { $0 + "/.local/state" } ?? ".")
    folder = state + "/latent"
  }

  private var progressPath: String { folder + "/progress.json" }

  private func sessionPath(_ lesson: Lesson) -> String {
    folder + "/lessons/\(lesson.name).session"
  }

  /// Progress as it was kept. A file that cannot be read is set aside, never lost.
  func progress() -> Progress {
    guard let bytes = try? SystemFiles.contents(of: progressPath, calledBy: progressPath) else {
      return Progress()
    }
    if let progress = try? Progress(encoded: String(decoding: bytes, as: UTF8.self)) {
      return progress
    }
    setAside(progressPath, "how far you are")
    return Progress()
  }

  func save(_ progress: Progress) { write(Array(progress.encoded.utf8), to: progressPath) }

  /// A lesson's session and the number of the stop at which it was left.
  func session(of lesson: Lesson, _ host: Host) -> (position: Int, state: Session)? {
    let path = sessionPath(lesson)
    guard let bytes = try? SystemFiles.contents(of: path, calledBy: path), !bytes.isEmpty else {
      return nil
    }
    var reader = ArchiveFile(bytes)
    if let position = reader.position(ofText: LessonPrinter.print(lesson)),
      let state = try? Session(archive: reader.rest, host: host)
    {
      return (position, state)
    }
    if reader.isOfAnotherText {
      StandardStream.error.write("the lesson has changed since you left it: it begins anew\n")
    } else {
      setAside(path, "where you left the lesson")
    }
    return nil
  }

  func save(_ position: Int, _ state: Session, of lesson: Lesson) {
    guard let archive = try? state.archived() else { return }
    let head = ArchiveFile.head(position: position, text: LessonPrinter.print(lesson))
    write(head + archive, to: sessionPath(lesson))
  }

  func forget(_ lesson: Lesson) { unlink(sessionPath(lesson)) }

  private func write(_ bytes: [UInt8], to path: String) {
    do {
      try SystemFiles().write(bytes, to: path)
    } catch {
      StandardStream.error.write("latent: cannot keep your progress: \(error)\n")
    }
  }

  private func setAside(_ path: String, _ what: String) {
    let damaged = path + ".damaged"
    rename(path, damaged)
    StandardStream.error.write("cannot read \(what): the file is set aside as \(damaged)\n")
  }
}

/// The head of a kept lesson: where it was left, and of which text.
private struct ArchiveFile {
  private let bytes: [UInt8]
  private(set) var isOfAnotherText = false

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  static func head(position: Int, text: String) -> [UInt8] {
    Array("latent lesson \(position) \(digest(text))\n".utf8)
  }

  mutating func position(ofText text: String) -> Int? {
    guard let end = bytes.prefix(100).firstIndex(of: UInt8(ascii: "\n")) else { return nil }
    let words = String(decoding: bytes[..<end], as: UTF8.self).split(separator: " ")
    guard words.count == 4, words[0] == "latent", let position = Int(words[2]) else { return nil }
    isOfAnotherText = words[3] != ArchiveFile.digest(text)
    return isOfAnotherText ? nil : position
  }

  var rest: [UInt8] {
    bytes.firstIndex(of: UInt8(ascii: "\n")).map { Array(bytes[($0 + 1)...]) } ?? []
  }

  /// FNV-1a of the lesson's text.
  private static func digest(_ text: String) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return String(hash, radix: 16)
  }
}

extension Machine {
  /// The folder of lessons: LATENT_LESSONS, else `Lessons` here, else beside the data sets.
  static var lessons: String {
    if let folder = environment("LATENT_LESSONS") { return folder }
    if access("Lessons/README.md", F_OK) == 0 { return "Lessons" }
    return assets.hasSuffix("/Assets") ? assets.dropLast("Assets".count) + "Lessons" : "Lessons"
  }
}
