import Foundation
import Testing

@testable import Terminal

@Suite struct HistoryFileTests {
  private func withFile(_ body: (HistoryFile) throws -> Void) rethrows {
    let folder = FileManager.default.temporaryDirectory.path + "/\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(HistoryFile(path: folder + "/state/history"))
  }

  @Test(arguments: ["a", "a\nb", "\\n", "\\\n\\", "x̂ = \"μ\\n\"", "a\r\n b", " lead"])
  func entriesAreOneLineAndExact(input: String) {
    let line = HistoryFile.encoded(input)
    #expect(!line.utf8.contains(10) && !line.utf8.contains(13))
    #expect(HistoryFile.decoded(line[...]).unicodeScalars.elementsEqual(input.unicodeScalars))
  }

  @Test func inputsAreKeptInOrder() {
    withFile { file in
      #expect(file.load().isEmpty)
      for input in ["a", "train {\n  x̂\n}", "b", "b"] { file.append(input) }
      #expect(file.load() == ["a", "train {\n  x̂\n}", "b"])
    }
  }

  @Test func twoSessionsKeepEachOthersInputs() {
    withFile { file in
      let other = HistoryFile(path: file.path)
      file.append("a")
      other.append("b")
      file.append("c")
      #expect(other.load() == ["a", "b", "c"])
    }
  }

  @Test func oldestInputsGoFirst() throws {
    try withFile { file in
      file.append("first")
      let lines = (0..<HistoryFile.capacity).map { "\($0)\n" }.joined()
      try lines.write(toFile: file.path, atomically: true, encoding: .utf8)
      file.append("last")
      let inputs = file.load()
      #expect(inputs.count == HistoryFile.capacity)
      #expect(inputs.first == "1")
      #expect(inputs.last == "last")
    }
  }

  @Test func brokenBytesAreNoReasonToStop() throws {
    try withFile { file in
      file.append("a")
      try Data([0x61, 0xFF, 0x0A, 0x62, 0x5C]).write(to: URL(fileURLWithPath: file.path))
      #expect(file.load() == ["a\u{FFFD}", "b"])
    }
  }

  @Test func unwritablePlaceIsIgnored() {
    let file = HistoryFile(path: "/dev/null/history")
    file.append("a")
    #expect(file.load().isEmpty)
  }
}
