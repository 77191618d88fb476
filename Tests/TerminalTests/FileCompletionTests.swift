import Foundation
import Testing

@testable import Terminal

@Suite struct FileCompletionTests {
  @Test func listsFilesThatBeginAsTyped() throws {
    let folder = FileManager.default.temporaryDirectory.path + "/\(UUID().uuidString)/"
    try FileManager.default.createDirectory(
      atPath: folder + "notes", withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for name in ["night.md", "other.md", ".hidden"] {
      #expect(FileManager.default.createFile(atPath: folder + name, contents: nil))
    }
    #expect(
      FileCompletion.candidates(for: folder + "n").map(\.replacement)
        == [folder + "night.md", folder + "notes/"])
    #expect(
      FileCompletion.candidates(for: folder + ".").map(\.replacement) == [folder + ".hidden"])
    #expect(FileCompletion.candidates(for: folder + "none/").isEmpty)
  }
}
