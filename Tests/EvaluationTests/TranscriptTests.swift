import Foundation
import Testing

/// The transcripts are the specification of the language: each message has its place in one.
@Suite struct TranscriptTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// Ids that no text of a cell can bring about alone, each with the reason.
  private static let unreachable: [String: String] = [
    "interrupted": "needs Ctrl-C",
    "internal": "stands for a defect of the program",
    "syntax": "closes the table, for facts that have a sentence above it",
    "file-failed": "the file system decides",
    "file-is-folder": "needs a folder that is named like a file",
    "file-too-large": "needs a file of gigabytes",
    "not-converged": "needs a matrix that defeats the iteration",
  ]

  private static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  private static func ids() throws -> Set<String> {
    let faults =
      try text("Sources/Evaluation/FaultMessages.swift")
      + text("Sources/Evaluation/FaultMessages+Files.swift")
      + text("Sources/Evaluation/FaultMessages+Tensors.swift")
    let syntax = try text("Sources/Syntax/SyntaxMessages.swift")
    let kebab = #/id: "([a-z-]+)"/#
    let first = #/\(\s*"([a-z]+(?:-[a-z]+)*)",\s/#
    return Set(faults.matches(of: kebab).map { String($0.1) })
      .union(syntax.matches(of: first).map { String($0.1) })
  }

  @Test func everyMessageHasATranscript() throws {
    let folder = TranscriptTests.root.appending(path: "Tests/Transcripts")
    var shown = ""
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    while let file = files?.nextObject() as? URL {
      if file.pathExtension == "md" { shown += try String(contentsOf: file, encoding: .utf8) }
    }
    let ids = try TranscriptTests.ids()
    #expect(ids.count > 50)
    for id in ids.sorted() where TranscriptTests.unreachable[id] == nil {
      #expect(shown.contains("error[\(id)]"), "\(id) has no transcript")
    }
    for id in TranscriptTests.unreachable.keys {
      #expect(ids.contains(id), "\(id) is no message any more")
    }
  }
}
