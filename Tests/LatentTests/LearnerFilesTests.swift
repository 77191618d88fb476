import Datasets
import Evaluation
import Foundation
import Notebook
import Syntax
import Terminal
import Testing

@testable import latent

/// What a learner has done is kept, whatever happens to the files.
@Suite final class LearnerFilesTests {
  private let folder = FileManager.default.temporaryDirectory
    .appending(path: "latent-\(UUID())").path
  private var said = ""

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  private func files() -> LearnerFiles {
    LearnerFiles(folder: folder) { [unowned self] in said += $0 }
  }

  private var progressPath: String { folder + "/progress.json" }

  private func text(of path: String) throws -> String {
    String(decoding: try SystemFiles.contents(of: path, calledBy: path), as: UTF8.self)
  }

  private func write(_ text: String, to path: String) throws {
    try SystemFiles().write(Array(text.utf8), to: path)
  }

  @Test func twoSittingsKeepBothLessons() throws {
    let (one, other) = (files(), files())
    let (first, second) = (one.progress(), other.progress())
    _ = one.keep(LessonProgress(doneCells: [1]), of: "a", in: first)
    let all = other.keep(LessonProgress(doneCells: [2]), of: "b", in: second)
    #expect(all.lessons.keys.sorted() == ["a", "b"])
    #expect(files().progress() == all)
  }

  @Test func whatWasSolvedStaysSolved() throws {
    let (one, other) = (files(), files())
    let solved = ExerciseProgress(attempts: 2, hintsSeen: 1, outcome: .solved)
    let skipped = ExerciseProgress(attempts: 3, outcome: .skipped)
    _ = one.keep(
      LessonProgress(doneCells: [1, 2], exercises: ["e": solved], finishedAt: 7), of: "a",
      in: Progress())
    let all = other.keep(
      LessonProgress(doneCells: [1], exercises: ["e": skipped]), of: "a", in: Progress())
    #expect(
      all["a"].exercises["e"] == ExerciseProgress(attempts: 3, hintsSeen: 1, outcome: .solved))
    #expect(all["a"].finishedAt == 7)
    #expect(all["a"].doneCells == [1])
  }

  @Test func aDamagedFileIsSetAsideUnderAFreeName() throws {
    for content in ["{", "", "{\"version\":1,\"lessons\":["] {
      try write(content, to: progressPath)
      #expect(files().progress() == Progress())
    }
    #expect(try text(of: progressPath + ".damaged") == "{")
    #expect(try text(of: progressPath + ".damaged-2") == "")
    #expect(try text(of: progressPath + ".damaged-3").hasSuffix("["))
    #expect(said.contains(progressPath + ".damaged-3"))
  }

  @Test func damageInTheMiddleOfASittingLosesNothing() throws {
    let files = files()
    let before = files.keep(LessonProgress(doneCells: [1]), of: "a", in: Progress())
    try write("\0", to: progressPath)
    let all = files.keep(LessonProgress(doneCells: [2]), of: "b", in: before)
    #expect(all.lessons.keys.sorted() == ["a", "b"])
    #expect(try Progress(encoded: text(of: progressPath)) == all)
  }

  @Test func aNewerFileStaysAsItIs() throws {
    let newer = "{\"version\":9,\"chapters\":{}}"
    try write(newer, to: progressPath)
    let files = files()
    #expect(files.progress() == Progress())
    let all = files.keep(LessonProgress(doneCells: [1]), of: "a", in: Progress())
    #expect(all["a"].doneCells == [1])
    #expect(try text(of: progressPath) == newer)
    #expect(said.contains("newer Latent (version 9)"))
    let lesson = lesson()
    files.keepPlace(1, try session("x = 1"), of: lesson, LessonKey(lesson, isOnShelf: true))
    #expect(SystemFiles.realPath(folder + "/lessons/a.session") == nil)
    #expect(!files.hasKeptAll)
  }

  @Test func aFileThatCannotBeReadStaysAsItIs() throws {
    try write("", to: progressPath + "/something")
    let files = files()
    _ = files.keep(LessonProgress(doneCells: [1]), of: "a", in: files.progress())
    #expect(try text(of: progressPath + "/something") == "")
    #expect(said.split(separator: "\n").count == 1, "\(said)")
  }

  @Test func withoutAFolderNothingIsKept() {
    let files = LearnerFiles(folder: nil) { [unowned self] in said += $0 }
    let all = files.keep(LessonProgress(doneCells: [1]), of: "a", in: files.progress())
    #expect(all["a"].doneCells == [1])
    #expect(!files.hasKeptAll)
    #expect(said.contains("HOME"))
  }

  @Test func whatKeepsALearnerFromGoingOnIsSaid() throws {
    #expect(LearnerFiles.problem(in: folder) == nil)
    #expect(SystemFiles.realPath(folder) == nil)
    try write(Progress().encoded, to: progressPath)
    #expect(LearnerFiles.problem(in: folder) == nil)
    #expect(SystemFiles.names(in: folder) == ["progress.json"])
    try write("{", to: progressPath)
    #expect(LearnerFiles.problem(in: folder)?.contains("damaged") == true)
    #expect(try text(of: progressPath) == "{")
    try write("{\"version\":9}", to: progressPath)
    #expect(LearnerFiles.problem(in: folder)?.contains("newer Latent (version 9)") == true)
    let file = folder + "/file"
    try write("", to: file)
    #expect(LearnerFiles.problem(in: file)?.contains("nothing can be written in \(file)") == true)
    #expect(LearnerFiles.problem(in: "/proc/none")?.contains("/proc") == true)
  }

  @Test func whatKilledLearnersLeaveIsRemoved() throws {
    let left = folder + "/lessons/a.session.\(pid_t.max).partial"
    try write("", to: left)
    _ = files()
    #expect(SystemFiles.realPath(left) == nil)
  }

  // MARK: Places

  private static let text = """
    ---
    seed: 3
    ---
    One.

    ```latent
    x = 1
    ```

    Two.

    ```latent
    x = x + 1
    ```

    Three.

    ```latent
    x
    ```

    """

  private func lesson(_ text: String = LearnerFilesTests.text) -> Lesson {
    LessonParser.parse(text, path: folder + "/a.md")
  }

  private func session(_ program: String) throws -> Session {
    var session = Session(host: try host())
    #expect(session.run(Source(name: "test", text: program)).succeeded)
    return session
  }

  private func host() throws -> Evaluation.Host {
    try SessionOptions.parse(["--threads", "1"]).makeHost(interruption: Interruption())
  }

  private func variables(_ session: Session?) -> [String] {
    session?.variables.map(\.name) ?? []
  }

  @Test func aPlaceComesBackWithWhatWasTyped() throws {
    let (files, lesson) = (files(), lesson())
    let key = LessonKey(lesson, isOnShelf: true)
    files.keepPlace(1, try session("x = 1"), of: lesson, key)
    #expect(variables(files.place(of: lesson, key, try host())?.typed) == [])
    files.keepTyped(1, try session("x = 1\ny = 2"), of: lesson, key)
    let place = try #require(files.place(of: lesson, key, try host()))
    #expect(place.position == 1)
    #expect(variables(place.state) == ["x"])
    #expect(variables(place.typed) == ["x", "y"])
    files.keepPlace(2, try session("x = 2"), of: lesson, key)
    #expect(files.place(of: lesson, key, try host())?.typed == nil)
    files.forgetPlace(of: key)
    #expect(files.place(of: lesson, key, try host()) == nil)
  }

  @Test(arguments: [
    ("One.", "Uno.", true), ("x\n", "x * 2\n", true), ("x = 1", "x = 9", false),
    ("seed: 3", "seed: 4", false),
  ])
  func aPlaceIsOfTheCellsAboveIt(_ old: String, _ new: String, _ holds: Bool) throws {
    let (files, lesson) = (files(), lesson())
    let key = LessonKey(lesson, isOnShelf: true)
    files.keepPlace(2, try session("x = 2"), of: lesson, key)
    let changed = self.lesson(LearnerFilesTests.text.replacing(old, with: new))
    #expect((files.place(of: changed, key, try host()) != nil) == holds)
    #expect(said.contains("changed above") != holds)
  }

  @Test func aDamagedPlaceIsSetAside() throws {
    let (files, lesson) = (files(), lesson())
    let key = LessonKey(lesson, isOnShelf: true)
    let path = folder + "/lessons/a.session"
    files.keepPlace(1, try session("x = 1"), of: lesson, key)
    let bytes = try SystemFiles.contents(of: path, calledBy: path)
    for end in stride(from: 0, to: bytes.count, by: 7) {
      try SystemFiles().write(Array(bytes[..<end]), to: path)
      #expect(files.place(of: lesson, key, try host()) == nil)
      #expect(SystemFiles.realPath(path) == nil)
    }
    #expect(said.contains("a.session.damaged"))
  }

  @Test func aLessonIsOpenOnce() throws {
    let key = LessonKey(lesson(), isOnShelf: true)
    let first = files().lock(key)
    guard case .held = first else { return #expect(Bool(false), "not held") }
    guard case .taken = files().lock(key) else { return #expect(Bool(false), "not taken") }
    withExtendedLifetime(first) {}
  }

  @Test func lessonsElsewhereHaveKeysOfTheirOwn() throws {
    let (ours, theirs) = (lesson(), LessonParser.parse("", path: "/elsewhere/a.md"))
    #expect(LessonKey(ours, isOnShelf: true).text == "a")
    #expect(
      LessonKey(ours, isOnShelf: false).text != LessonKey(theirs, isOnShelf: false).text)
  }
}
