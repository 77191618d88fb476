import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The real prompt on a pseudo-terminal, killed and brought back.
@Suite struct RecoveryTests {
  /// `make build` comes before the tests.
  private var program: String {
    let root = String(#filePath).split(separator: "/").dropLast(3).joined(separator: "/")
    return "/\(root)/.build/release/latent"
  }

  private func start(_ arguments: [String], _ folder: String) throws -> Pseudoterminal {
    try #require(
      Pseudoterminal(
        program, arguments + ["--threads", "1"],
        environment: [
          "TERM": "xterm", "HOME": folder, "XDG_STATE_HOME": folder + "/state",
          "LANG": "C.UTF-8",
        ]))
  }

  @Test func aKilledPromptComesBack() throws {
    var template = Array("/tmp/latent-recovery-XXXXXX".utf8CString)
    let folder = String(cString: try #require(mkdtemp(&template)))
    let first = try start([], folder)
    #expect(first.waits(for: ":quit leaves"), "\(first.text)")
    first.type("treasure = 6 * 7")
    first.type("print \"it is {treasure}\"")
    #expect(first.waits(for: "it is 42"), "\(first.text)")
    // A prompt answers only after it has kept the cell before.
    first.type("print \"then {treasure + 1}\"")
    #expect(first.waits(for: "then 43"), "\(first.text)")
    first.end(SIGKILL)

    let second = try start(["--recover"], folder)
    #expect(second.waits(for: "your session is back"), "\(second.text)")
    second.type("print \"still {treasure}\"")
    #expect(second.waits(for: "still 42"), "\(second.text)")
    second.end(SIGKILL)
  }
}
