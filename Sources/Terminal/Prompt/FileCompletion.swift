import Evaluation

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

enum FileCompletion {
  /// Paths that begin as typed; folders end in a slash, and hidden files need their dot.
  static func candidates(for typed: String) -> [Completions.Candidate] {
    let slash = typed.lastIndex(of: "/").map(typed.index(after:)) ?? typed.startIndex
    let folder = String(typed[..<slash])
    let name = typed[slash...]
    let path = folder.isEmpty ? "." : expandingHome(folder)
    let entries = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return entries.filter { $0.hasPrefix(name) && (name.hasPrefix(".") || !$0.hasPrefix(".")) }
      .sorted()
      .map { entry in
        var isFolder = false
        _ = FileManager.default.fileExists(atPath: path + "/" + entry, isDirectory: &isFolder)
        return Completions.Candidate(replacement: folder + entry + (isFolder ? "/" : ""))
      }
  }

  private static func expandingHome(_ folder: String) -> String {
    guard folder.hasPrefix("~/"), let home = environmentVariable("HOME") else { return folder }
    return home + folder.dropFirst()
  }
}
