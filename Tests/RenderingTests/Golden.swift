import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Compares text with `Golden/<name>.txt`; a missing file is written, to be looked at.
func expectGolden(
  _ name: String, _ text: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")
  let file = folder.appending(path: name + ".txt")
  guard let stored = try? String(contentsOf: file, encoding: .utf8) else {
    try text.write(to: file, atomically: true, encoding: .utf8)
    Issue.record("Golden/\(name).txt is new: look at it", sourceLocation: sourceLocation)
    return
  }
  guard stored != text else { return }
  let difference = difference(expected: stored, received: text)
  Issue.record("\(name) differs\n\(difference)", sourceLocation: sourceLocation)
}

/// The lines that differ, `-` expected and `+` received.
private func difference(expected: String, received: String) -> String {
  let old = expected.split(separator: "\n", omittingEmptySubsequences: false)
  let new = received.split(separator: "\n", omittingEmptySubsequences: false)
  return (0..<max(old.count, new.count)).flatMap { index -> [String] in
    let before = index < old.count ? String(old[index]) : nil
    let after = index < new.count ? String(new[index]) : nil
    if before == after { return [] }
    return [before.map { "- " + $0 }, after.map { "+ " + $0 }].compactMap(\.self)
  }.joined(separator: "\n")
}
