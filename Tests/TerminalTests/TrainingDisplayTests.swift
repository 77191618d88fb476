import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The progress of `train` on a pseudo-terminal of 90 columns.
@Suite struct TrainingDisplayTests {
  /// `make build` comes before the tests.
  private var program: String {
    let root = String(#filePath).split(separator: "/").dropLast(3).joined(separator: "/")
    return "/\(root)/.build/release/latent"
  }

  private static let training = """
    w = parameter(randn(200, 200)); x = randn(200, 200)
    train 1000000 { track loss: mean((x @ w)^2), size: norm(w); minimize w { mean((x @ w)^2) } }
    """

  private func start(_ arguments: [String], _ environment: [String: String] = [:]) throws
    -> Pseudoterminal
  {
    var template = Array("/tmp/latent-training-XXXXXX".utf8CString)
    let folder = String(cString: try #require(mkdtemp(&template)))
    let base = [
      "TERM": "xterm", "HOME": folder, "XDG_STATE_HOME": folder + "/state", "LANG": "C.UTF-8",
    ]
    return try #require(
      Pseudoterminal(
        program, arguments + ["--threads", "1"],
        environment: base.merging(environment) { $1 }))
  }

  /// The screen's columns that a text takes, without escape sequences.
  private func columns(_ drawing: Substring) -> Int {
    var count = 0
    var isEscape = false
    for character in drawing {
      if character == "\u{1B}" { isEscape = true }
      if !isEscape { count += 1 }
      if isEscape, character.isLetter { isEscape = false }
    }
    return count
  }

  @Test func ctrlCLeavesAPromptOnACleanLine() throws {
    let terminal = try start([])
    #expect(terminal.waits(for: ":quit leaves"), "\(terminal.text)")
    for line in Self.training.split(separator: "\n") { terminal.type(String(line)) }
    #expect(terminal.waits(for: " left"), "\(terminal.text)")
    #expect(terminal.waits(for: "size "), "\(terminal.text)")
    terminal.press("\u{03}")
    #expect(terminal.waits(for: "by Ctrl-C after step"), "\(terminal.text)")
    terminal.type("print \"alive {1 + 1}\"")
    #expect(terminal.waits(for: "alive 2"), "\(terminal.text)")
    terminal.end(SIGKILL)

    let drawings = terminal.text.components(from: "\u{1B}[?7l", to: "\u{1B}[?7h")
    #expect(!drawings.isEmpty)
    // One line each, erased behind its end, with a curve for each tracked value.
    for drawing in drawings {
      #expect(columns(drawing) <= 90 && !drawing.contains("\n") && drawing.hasSuffix("\u{1B}[J"))
    }
    #expect(drawings.contains { $0.contains { "▂▃▄▅▆▇█".contains($0) } })
    let last = try #require(terminal.text.ranges(of: "\u{1B}[?7h").last)
    let message = try #require(terminal.text.firstRange(of: "by Ctrl-C after step"))
    #expect(terminal.text[last.upperBound..<message.lowerBound].contains("\r\u{1B}[J"))
  }

  @Test func aDumbTerminalIsLeftAlone() throws {
    let terminal = try start(
      ["run", "-e", "train 400 { x = randn(99, 99) @ randn(99, 99) }; 5"],
      ["TERM": "dumb"])
    #expect(terminal.waits(for: "5"), "\(terminal.text)")
    terminal.end(SIGKILL)
    #expect(!terminal.text.contains("\u{1B}") && !terminal.text.contains("left"))
  }
}

extension String {
  /// The texts between two marks.
  fileprivate func components(from start: String, to end: String) -> [Substring] {
    ranges(of: start).compactMap { range in
      let rest = self[range.upperBound...]
      return rest.firstRange(of: end).map { rest[..<$0.lowerBound] }
    }
  }
}
