import Testing

@testable import Datasets

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Files in a folder that goes with the test.
@Suite final class FileAccessTests {
  private let folder: String

  init() throws {
    var template = Array("/tmp/latent-files-XXXXXX".utf8CString)
    let made = try #require(mkdtemp(&template))
    folder = String(cString: made)
  }

  deinit { FileAccessTests.remove(folder) }

  private static func remove(_ path: String) {
    if let stream = opendir(path) {
      while let entry = readdir(stream) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
          pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name != ".", name != ".." { remove(path + "/" + name) }
      }
      closedir(stream)
      rmdir(path)
    }
    unlink(path)
  }

  private func names(_ path: String) -> [String] {
    var names: [String] = []
    guard let stream = opendir(path) else { return [] }
    while let entry = readdir(stream) {
      names.append(
        withUnsafePointer(to: &entry.pointee.d_name) { pointer in
          pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        })
    }
    closedir(stream)
    return names.filter { !$0.hasPrefix(".") }.sorted()
  }

  private func confined() -> SystemFiles {
    SystemFiles(inputFolder: folder + "/in", outputFolder: folder + "/out", isConfined: true)
  }

  @Test func filesAreReplacedAsAWhole() throws {
    let files = SystemFiles(inputFolder: folder, outputFolder: folder)
    try files.write([1, 2, 3], to: "new/a.bin")
    try files.write([4], to: "new/a.bin")
    #expect(try files.read("new/a.bin") == [4])
    #expect(names(folder + "/new") == ["a.bin"])
    // What cannot be put in place leaves nothing behind.
    #expect(throws: FileError.self) { try files.write([5], to: "new") }
    #expect(names(folder) == ["new"] && names(folder + "/new") == ["a.bin"])
  }

  @Test func facts() {
    let files = SystemFiles(inputFolder: folder)
    #expect(throws: FileError.notFound("x")) { try files.read("x") }
    #expect(throws: FileError.isFolder(".")) { try files.read(".") }
  }

  /// A device says that it has no bytes and gives them without end.
  @Test func endlessFilesAreNotRead() throws {
    let failure = #expect(throws: FileError.self) {
      try SystemFiles.contents(of: "/dev/zero", calledBy: "zero", limit: 1 << 20)
    }
    guard case .tooLarge("zero", let count, 1_048_576)? = failure else {
      Issue.record("read without a limit")
      return
    }
    #expect(count <= 2 << 20)
  }

  @Test func aLessonStaysInItsFolders() throws {
    try SystemFiles().write([1], to: folder + "/in/a.bin")
    try SystemFiles().write([2], to: folder + "/secret.bin")
    let files = confined()
    #expect(try files.read("a.bin") == [1])
    for path in ["../secret.bin", folder + "/secret.bin", "x/../../secret.bin"] {
      #expect(throws: FileError.notPermitted(path, .reading, allowed: folder + "/in")) {
        try files.read(path)
      }
      #expect(throws: FileError.notPermitted(path, .writing, allowed: folder + "/out")) {
        try files.write([3], to: path)
      }
    }
    try files.write([4], to: "deep/er/b.bin")
    #expect(names(folder + "/out/deep/er") == ["b.bin"])
    #expect(try SystemFiles().read(folder + "/secret.bin") == [2])
  }

  @Test func linksDoNotLeadOut() throws {
    try SystemFiles().write([1], to: folder + "/in/a.bin")
    try SystemFiles().write([2], to: folder + "/out/a.bin")
    try SystemFiles().write([3], to: folder + "/elsewhere/secret.bin")
    for place in ["in", "out"] {
      #expect(symlink(folder + "/elsewhere", folder + "/\(place)/link") == 0)
    }
    #expect(symlink(folder + "/elsewhere/secret.bin", folder + "/out/file.bin") == 0)
    let files = confined()
    #expect(throws: FileError.notPermitted("link/secret.bin", .reading, allowed: folder + "/in")) {
      try files.read("link/secret.bin")
    }
    for path in ["link/new.bin", "link/new/er.bin"] {
      #expect(throws: FileError.notPermitted(path, .writing, allowed: folder + "/out")) {
        try files.write([4], to: path)
      }
    }
    // A link in the place of the file is followed, and what it leads to is elsewhere.
    #expect(throws: FileError.notPermitted("file.bin", .writing, allowed: folder + "/out")) {
      try files.write([5], to: "file.bin")
    }
    #expect(names(folder + "/elsewhere") == ["secret.bin"])
    #expect(try SystemFiles().read(folder + "/elsewhere/secret.bin") == [3])
  }

  private func mode(_ path: String) -> mode_t {
    var status = stat()
    return lstat(path, &status) == 0 ? status.st_mode : 0
  }

  @Test func aLinkStaysALink() throws {
    let files = SystemFiles(outputFolder: folder)
    try files.write([1], to: "deep/a.bin")
    #expect(symlink("deep/a.bin", folder + "/link.bin") == 0)
    try files.write([2], to: "link.bin")
    #expect(mode(folder + "/link.bin") & S_IFMT == S_IFLNK)
    #expect(try SystemFiles().read(folder + "/deep/a.bin") == [2])
    #expect(names(folder + "/deep") == ["a.bin"])
    #expect(symlink("none.bin", folder + "/dead.bin") == 0)
    #expect(throws: FileError.failed("dead.bin", reason: "this link leads nowhere")) {
      try files.write([3], to: "dead.bin")
    }
    #expect(names(folder) == ["dead.bin", "deep", "link.bin"])
  }

  @Test(arguments: [0o600, 0o644, 0o755] as [mode_t])
  func permissionsStay(_ permissions: mode_t) throws {
    let files = SystemFiles(outputFolder: folder)
    try files.write([1], to: "a.bin")
    #expect(chmod(folder + "/a.bin", permissions) == 0)
    try files.write([2], to: "a.bin")
    #expect(mode(folder + "/a.bin") & 0o777 == permissions)
    #expect(try SystemFiles().read(folder + "/a.bin") == [2])
  }

  @Test func aFileThatMayOnlyBeReadIsLeftAlone() throws {
    let files = SystemFiles(outputFolder: folder)
    try files.write([1], to: "a.bin")
    #expect(chmod(folder + "/a.bin", 0o444) == 0)
    #expect(throws: FileError.failed("a.bin", reason: "this file may only be read")) {
      try files.write([2], to: "a.bin")
    }
    #expect(try SystemFiles().read(folder + "/a.bin") == [1])
    #expect(names(folder) == ["a.bin"])
  }

  @Test func aDeviceTakesBytesAndStays() throws {
    #expect(symlink("/dev/null", folder + "/null") == 0)
    try SystemFiles().write([1, 2], to: folder + "/null")
    #expect(mode("/dev/null") & S_IFMT == S_IFCHR)
    #expect(names(folder) == ["null"])
  }

  @Test func whatKilledWritersLeaveIsRemoved() throws {
    let files = SystemFiles(outputFolder: folder)
    // No process has the largest number; this one is alive.
    let (dead, alive) = ("a.session.\(pid_t.max).partial", "b.session.\(getpid()).partial")
    for name in [dead, alive, "c.partial", "d.md"] { try files.write([1], to: name) }
    SystemFiles.removePartials(in: folder)
    #expect(names(folder) == [alive, "c.partial", "d.md"])
    SystemFiles.removePartials(in: folder + "/none")
  }
}
