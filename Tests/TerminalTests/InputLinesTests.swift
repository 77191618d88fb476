import Foundation
import Testing

@testable import Terminal

@Suite struct InputLinesTests {
  private func lines(of text: String) -> [String] {
    let pipe = Pipe()
    pipe.fileHandleForWriting.write(Data(text.utf8))
    pipe.fileHandleForWriting.closeFile()
    let lines = InputLines(descriptor: pipe.fileHandleForReading.fileDescriptor)
    var result: [String] = []
    while let line = lines.next() { result.append(line) }
    #expect(lines.next() == nil)
    return result
  }

  @Test func linesEndAtNewlines() {
    #expect(lines(of: "") == [])
    #expect(lines(of: "a\n\nμ\r\nend") == ["a", "", "μ", "end"])
    #expect(lines(of: "a\n") == ["a"])
  }

  @Test func linesMayBeLong() {
    let long = String(repeating: "x", count: 20_000)
    #expect(lines(of: long + "\nb") == [long, "b"])
  }
}
