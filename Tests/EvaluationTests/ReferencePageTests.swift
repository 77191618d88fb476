import Testing

@testable import Evaluation

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct ReferencePageTests {
  /// The page in the repository, outputs left out.
  private func pageWithoutOutputs() throws -> String {
    let root = String(#filePath).split(separator: "/").dropLast(3).joined(separator: "/")
    let file = try #require(fopen("/\(root)/Lessons/guides/reference.md", "r"))
    defer { fclose(file) }
    var lines: [String] = []
    var fence: Substring?
    while let line = readLine(from: file) {
      if let open = fence {
        if line == open { fence = nil }
      } else if line.drop(while: { $0 == "`" }).hasPrefix("output"), line.hasPrefix("```") {
        fence = line.prefix { $0 == "`" }
      } else {
        lines.append(line)
      }
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private func readLine(from file: UnsafeMutablePointer<FILE>) -> String? {
    var line: UnsafeMutablePointer<CChar>?
    var capacity = 0
    let length = getline(&line, &capacity, file)
    defer { free(line) }
    guard length >= 0, let line else { return nil }
    let text = String(cString: line)
    return text.hasSuffix("\n") ? String(text.dropLast()) : text
  }

  @Test func thePageIsTheOneThatTheTableGives() throws {
    #expect(
      try pageWithoutOutputs() == ReferencePage.markdown,
      "`make reference` writes the page anew")
  }
}
