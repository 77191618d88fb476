import Datasets
import Evaluation
import Notebook
import Terminal

/// What a learner has done, under the state folder. Several may learn at the same time.
final class LearnerFiles {
  private let folder: String?
  private let say: (String) -> Void
  /// Each complaint is made once, not at every stop.
  private var complaints: Set<String> = []
  /// There is a progress file that must stay as it is, so nothing is kept.
  private var isReadOnly = false {
    didSet { hasKeptAll = hasKeptAll && !isReadOnly }
  }
  /// Whether all that was to be kept has been.
  private(set) var hasKeptAll = true

  /// Without a folder nothing is kept.
  init(
    folder: String? = StateFolder.standard,
    say: @escaping (String) -> Void = { StandardStream.error.write($0) }
  ) {
    self.folder = folder
    self.say = say
    hasKeptAll = folder != nil
    if let folder {
      for place in StateFiles.places(in: folder) { SystemFiles.removePartials(in: place) }
    } else {
      complain("nothing is kept: neither XDG_STATE_HOME nor HOME is set")
    }
  }

  // MARK: Progress

  private var progressPath: String? { folder.map(Self.progressPath) }

  private static func progressPath(in folder: String) -> String { folder + "/progress.json" }

  /// Progress as it was kept. A file that cannot be read is never lost.
  func progress() -> Progress { readProgress() ?? Progress() }

  /// Keeps how far a lesson is, along with what others have written since; gives all progress.
  func keep(_ own: LessonProgress, of lesson: String, in known: Progress) -> Progress {
    let lock = folder.flatMap { FileLock.waiting(for: $0 + "/progress.lock") }
    defer { withExtendedLifetime(lock) {} }
    var all = readProgress() ?? known
    all.keep(own, of: lesson)
    if let progressPath { write(Array(all.encoded.utf8), to: progressPath) }
    return all
  }

  /// Nothing if there is no file that can be read.
  private func readProgress() -> Progress? {
    guard let path = progressPath, !isReadOnly else { return nil }
    do {
      return try Self.progress(at: path)
    } catch FileError.notFound {
      return nil
    } catch ProgressError.newer(let version) {
      isReadOnly = true
      complain(
        "\(path) was written by a newer Latent (version \(version)): it stays as it is, and what "
          + "you do now is not kept")
    } catch is ProgressError {
      setAside(path, "how far you are")
    } catch {
      isReadOnly = true
      complain("your progress cannot be read: \((error as? FileError)?.reason ?? "\(error)")")
    }
    return nil
  }

  /// Throws: `FileError`, `ProgressError`.
  private static func progress(at path: String) throws -> Progress {
    let bytes = try SystemFiles.contents(of: path, calledBy: path)
    return try Progress(encoded: String(decoding: bytes, as: UTF8.self))
  }

  /// What would keep a learner from going on, found without changing anything; nil if all is well.
  static func problem(in folder: String) -> String? {
    let path = progressPath(in: folder)
    do {
      _ = try progress(at: path)
    } catch FileError.notFound {
      // Nobody has learned anything yet.
    } catch ProgressError.newer(let version) {
      return "not kept: \(path) was written by a newer Latent (version \(version))"
    } catch is ProgressError {
      return "\(path) is damaged: learn will set it aside and begin anew"
    } catch {
      return "not kept: \((error as? FileError)?.reason ?? "\(error)")"
    }
    for place in StateFiles.places(in: folder) {
      if let reason = StateFiles.writingProblem(in: place) { return "not kept: \(reason)" }
    }
    return nil
  }

  // MARK: Places

  /// Where a lesson was left.
  struct Place {
    let position: Int
    /// The lesson's session.
    let state: Session
    /// The session with what the learner has typed since.
    let typed: Session?
  }

  private func path(_ lesson: LessonKey, _ ending: String) -> String? {
    folder.map { "\($0)/lessons/\(lesson.text)\(ending)" }
  }

  /// Held while a lesson is open, so that two terminals do not keep two places of it.
  func lock(_ lesson: LessonKey) -> FileLock.Attempt {
    path(lesson, ".lock").map(FileLock.attempt) ?? .impossible
  }

  /// Files that the lesson writes; nothing without a state folder.
  func outputFolder(of lesson: LessonKey) -> String? { folder.map { "\($0)/files/\(lesson.text)" } }

  func place(of lesson: Lesson, _ key: LessonKey, _ host: Host) -> Place? {
    guard let (position, state) = session(of: lesson, path(key, ".session"), host) else {
      return nil
    }
    let typed = session(of: lesson, path(key, ".typed"), host)
    return Place(
      position: position, state: state,
      typed: typed.flatMap { $0.position == position ? $0.state : nil })
  }

  private func session(
    of lesson: Lesson, _ path: String?, _ host: Host
  ) -> (position: Int, state: Session)? {
    guard let path, !isReadOnly else { return nil }
    let bytes: [UInt8]
    do {
      bytes = try SystemFiles.contents(of: path, calledBy: path)
    } catch FileError.notFound {
      return nil
    } catch {
      complain("where you left the lesson cannot be read: \(path)")
      return nil
    }
    let file = KeptSession(bytes)
    guard let file, let state = try? Session(archive: file.archive, host: host) else {
      setAside(path, "where you left the lesson")
      return nil
    }
    guard file.digest == lesson.digest(above: file.position) else {
      complain("the lesson has changed above the place where you left it: it begins anew")
      return nil
    }
    return (file.position, state)
  }

  func keepPlace(_ position: Int, _ state: Session, of lesson: Lesson, _ key: LessonKey) {
    keep(position, state, of: lesson, path(key, ".session"))
    if let typed = path(key, ".typed"), !isReadOnly { SystemFiles.remove(typed) }
  }

  func keepTyped(_ position: Int, _ state: Session, of lesson: Lesson, _ key: LessonKey) {
    keep(position, state, of: lesson, path(key, ".typed"))
  }

  private func keep(_ position: Int, _ state: Session, of lesson: Lesson, _ path: String?) {
    guard let path, let archive = try? state.archived() else { return }
    write(
      KeptSession.head(position: position, digest: lesson.digest(above: position)) + archive,
      to: path)
  }

  func forgetPlace(of key: LessonKey) {
    if isReadOnly { return }
    for ending in [".session", ".typed"] { path(key, ending).map(SystemFiles.remove) }
  }

  // MARK: Writing

  private func write(_ bytes: [UInt8], to path: String) {
    if isReadOnly { return }
    do {
      try SystemFiles().write(bytes, to: path)
    } catch {
      hasKeptAll = false
      complain("your progress cannot be kept: \((error as? FileError)?.reason ?? "\(error)")")
    }
  }

  private func setAside(_ path: String, _ what: String) {
    if let name = StateFiles.setAside(path) {
      complain("\(what) cannot be read: the damaged file is kept as \(name)")
    } else {
      isReadOnly = isReadOnly || path == progressPath
      complain("\(what) cannot be read, and the damaged file cannot be renamed: \(path)")
    }
  }

  private func complain(_ text: String) {
    if complaints.insert(text).inserted { say("latent: \(text)\n") }
  }
}

/// The name under which a lesson is kept: lessons elsewhere may be called like one of ours.
struct LessonKey: Hashable {
  let text: String

  init(_ lesson: Lesson, isOnShelf: Bool) {
    let path = SystemFiles.realPath(lesson.path) ?? lesson.path
    text = isOnShelf ? lesson.name : "\(lesson.name)-\(StateFiles.digest(path))"
  }
}

/// A session in a file, behind a line that says where in which lesson it belongs.
private struct KeptSession {
  let position: Int
  let digest: String
  let archive: [UInt8]

  static func head(position: Int, digest: String) -> [UInt8] {
    Array("latent lesson \(position) \(digest)\n".utf8)
  }

  init?(_ bytes: [UInt8]) {
    guard let end = bytes.prefix(100).firstIndex(of: UInt8(ascii: "\n")) else { return nil }
    let words = String(decoding: bytes[..<end], as: UTF8.self).split(separator: " ")
    guard words.count == 4, words[0] == "latent", let position = Int(words[2]) else { return nil }
    self.position = position
    digest = String(words[3])
    archive = Array(bytes[(end + 1)...])
  }
}

extension Lesson {
  /// Stands for all that a session at a stop comes from; prose may change, and what comes below.
  fileprivate func digest(above position: Int) -> String {
    let stops = stops
    guard stops.indices.contains(position) else { return "" }
    let end = stops[position].blockIndex ?? blocks.count
    let programs = cells.filter { $0.index < end && $0.cell.isProgram }.map(\.cell.content)
    return StateFiles.digest(
      "\(frontMatter.seed ?? 0)\n" + programs.joined(separator: "\n\u{0}\n"))
  }
}

extension Cell {
  /// Whether it is part of what the lesson's session comes from.
  fileprivate var isProgram: Bool {
    switch role {
    case .code, .solution, .check: !options.contains(.skip)
    default: false
    }
  }
}
