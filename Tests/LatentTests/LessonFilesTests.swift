import Datasets
import Foundation
import Notebook
import Testing

@testable import latent

@Suite struct LessonFilesTests {
  /// A folder that is gone after `body`.
  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "latent-\(UUID())")
    try FileManager.default.createDirectory(
      at: folder.appending(path: "guides/deep"), withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder.path)
  }

  private func write(_ text: String, to path: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
  }

  @Test func findsLessonsBelowAFolderInOrder() throws {
    try withFolder { folder in
      for name in ["b.md", "a.md", "README.md", "c.txt", ".d.md", "guides/deep/e.md"] {
        try write("", to: folder + "/" + name)
      }
      let files = try LessonFiles.files(at: [folder + "/", folder + "/b.md"])
      #expect(files == ["a.md", "b.md", "guides/deep/e.md"].map { folder + "/" + $0 })
      #expect(LessonFiles.lessons(in: folder).map(\.name) == ["a", "b"])
    }
  }

  @Test func aFolderWithoutLessonsIsAnError() throws {
    try withFolder { folder in
      #expect(throws: (any Error).self) { try LessonFiles.files(at: [folder]) }
    }
  }

  @Test func aFileThatIsNoTextFailsAloneAndOthersRun() throws {
    try withFolder { folder in
      try write("# Fine", to: folder + "/a.md")
      try Data([0xFF, 0xFE]).write(to: URL(fileURLWithPath: folder + "/b.md"))
      #expect(symlink("none.md", folder + "/c.md") == 0)
      let (lessons, unread) = try LessonFiles.readable(at: [folder])
      #expect(lessons.map(\.name) == ["a"])
      #expect(unread.map(\.name) == ["b", "c"] && unread.allSatisfy { !$0.passed })
      #expect(
        unread.flatMap(\.findings).map(\.message) == ["this is not UTF-8 text", "no such file"])
      #expect(try LessonFiles.readable(at: [folder + "/a.md"]).unread.isEmpty)
      #expect(LessonFiles.lessons(in: folder).map(\.name) == ["a"])
      #expect(throws: (any Error).self) { try LessonFiles.readable(at: [folder + "/none.md"]) }
    }
  }

  @Test func aFolderIsNoLessonWhateverItIsCalled() throws {
    try withFolder { folder in
      try FileManager.default.createDirectory(
        atPath: folder + "/attic.md", withIntermediateDirectories: true)
      try write("", to: folder + "/attic.md/b.md")
      try write("", to: folder + "/a.md")
      #expect(mkfifo(folder + "/pipe.md", 0o600) == 0)
      let files = try LessonFiles.files(at: [folder])
      #expect(files == ["a.md", "attic.md/b.md"].map { folder + "/" + $0 })
      #expect(LessonFiles.lessons(in: folder).map(\.name) == ["a"])
    }
  }

  @Test func whatALessonWritesElsewhereItCanRead() throws {
    try withFolder { folder in
      try write("old", to: folder + "/in.txt")
      let lesson = LessonParser.parse("# A", path: folder + "/a.md")
      let files = LessonFolder(lesson, written: folder + "/out")
      #expect(try files.read("in.txt") == Array("old".utf8))
      try files.write([1], to: "in.txt")
      #expect(try files.read("in.txt") == [1])
      #expect(files.newFiles == [folder + "/out/in.txt"] && files.newFiles.isEmpty)
      #expect(try String(contentsOfFile: folder + "/in.txt", encoding: .utf8) == "old")
    }
  }

  @Test func aSavedFileIsNoticedOnce() throws {
    try withFolder { folder in
      let path = folder + "/a.md"
      var watch = FileWatch()
      var heard: [Bool] = [watch.hasChanged(path)]
      for text in ["a", "ab"] {
        try write(text, to: path)
        heard += [watch.hasChanged(path), watch.hasChanged(path)]
      }
      #expect(heard == [false, true, false, true, false])
    }
  }

  @Test func whatALessonWritesLeavesNoTrace() throws {
    try withFolder { folder in
      try write("old", to: folder + "/in.txt")
      let files = ScratchFiles(inputFolder: folder)
      try files.write([1, 2], to: "in.txt")
      #expect(try files.read("in.txt") == [1, 2])
      #expect(try String(contentsOfFile: folder + "/in.txt", encoding: .utf8) == "old")
      #expect(throws: FileError.self) { try files.read("../in.txt") }
    }
  }

  @Test(arguments: [(nil, 4, 10, 4), (nil, 4, 2, 2), (3, 8, 10, 3), (9, 1, 2, 2), (nil, 4, 0, 1)])
  func lessonsShareTheThreads(_ jobs: Int?, _ threads: Int, _ lessons: Int, _ count: Int) throws {
    var selection = try LessonSelection.parse(["a.md"])
    selection.jobs = jobs
    let options = try SessionOptions.parse(["--threads", "\(threads)"])
    let some = (0..<lessons).map { LessonParser.parse("", path: "\($0).md") }
    #expect(selection.jobCount(some, options) == count)
  }
}
