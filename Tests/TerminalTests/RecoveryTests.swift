import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The real prompt on a pseudo-terminal, killed and brought back.
@Suite struct RecoveryTests {
  private func start(_ arguments: [String], _ folder: String) throws -> Pseudoterminal {
    let program = try #require(builtProgram)
    return try #require(
      Pseudoterminal(
        program, arguments + ["--threads", "1"],
        environment: [
          "TERM": "xterm", "HOME": folder, "XDG_STATE_HOME": folder + "/state",
          "LANG": "C.UTF-8",
        ]))
  }

  private func folder() throws -> String {
    var template = Array("/tmp/latent-recovery-XXXXXX".utf8CString)
    return String(cString: try #require(mkdtemp(&template)))
  }

  @Test func aKilledPromptComesBack() throws {
    let folder = try folder()
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

  @Test func whatWasTakenBackStaysTakenBack() throws {
    let folder = try folder()
    let first = try start([], folder)
    #expect(first.waits(for: ":quit leaves"), "\(first.text)")
    first.type("a = 6 * 7")
    first.type("a = 0")
    first.type(":undo")
    #expect(first.waits(for: "took back 1 input"), "\(first.text)")
    first.type(":note after :undo")
    first.type("print \"{1 + 1} is two\"")
    #expect(first.waits(for: "2 is two"), "\(first.text)")
    first.type(":undo")
    #expect(first.waits(for: "took back 1 input"), "\(first.text)")
    // The next prompt comes after the journal.
    first.type(":snapshot")
    #expect(first.waits(for: "kept;"), "\(first.text)")
    first.end(SIGKILL)

    let second = try start(["--recover"], folder)
    #expect(second.waits(for: "your session is back"), "\(second.text)")
    second.type("print \"a is {a}\"")
    #expect(second.waits(for: "a is 42"), "\(second.text)")
    second.type(":save \(folder)/page.md")
    #expect(second.waits(for: "2 cells;"), "\(second.text)")
    second.end(SIGKILL)
  }

  @Test(arguments: [SIGTERM, SIGHUP])
  func aSignalEndsThePromptAtOnce(_ signal: Int32) throws {
    let folder = try folder()
    let idle = try start([], folder)
    #expect(idle.waits(for: ":quit leaves"), "\(idle.text)")
    #expect(idle.endsOf(signal))
    let busy = try start([], folder)
    #expect(busy.waits(for: ":quit leaves"), "\(busy.text)")
    busy.type("while true { 1 }")
    // Whether it runs already or is still being read, the signal ends it.
    usleep(300_000)
    #expect(busy.endsOf(signal))
  }
}
