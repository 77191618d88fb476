import Datasets
import Evaluation
import Terminal

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The session of a prompt after its last cell, in a file that goes when the prompt is left: what
/// is still there belongs to prompts that were cut off.
struct Journal {
  private let file: String?

  init() { file = Journal.folder.map { "\($0)/\(getpid()).session" } }

  private static var folder: String? { StateFolder.standard.map { $0 + "/sessions" } }

  /// A journal that cannot be written costs nobody their session.
  func keep(_ state: PromptState) {
    guard let file, let bytes = try? state.session.archived() else { return }
    try? SystemFiles().write(Array(state.page.markdown.utf8), to: Journal.page(of: file))
    try? SystemFiles().write(bytes, to: file)
  }

  func remove() { if let file { Journal.remove(file) } }

  private static func remove(_ file: String) {
    unlink(file)
    unlink(page(of: file))
  }

  /// The page that is written along with a session.
  private static func page(of file: String) -> String { file + ".md" }

  /// Journals of prompts that no longer run, newest first.
  static var leftBehind: [String] {
    guard let folder, let entries = opendir(folder) else { return [] }
    defer { closedir(entries) }
    var found: [(path: String, time: Int)] = []
    while let entry = readdir(entries) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard name.hasSuffix(".session"), let process = Int32(name.dropLast(8)),
        kill(process, 0) != 0, errno == ESRCH
      else { continue }
      var status = stat()
      let path = "\(folder)/\(name)"
      if stat(path, &status) == 0 { found.append((path, status.modified)) }
    }
    return found.sorted { $0.time > $1.time }.map(\.path)
  }

  /// The session that was cut off last; a file that cannot be read is set aside.
  static func recover(_ host: Host) -> PromptState? {
    for path in leftBehind {
      guard let bytes = try? SystemFiles.contents(of: path, calledBy: path) else { continue }
      do {
        let session = try Session(archive: bytes, host: host)
        let page = (try? SystemFiles.contents(of: page(of: path), calledBy: path)) ?? []
        remove(path)
        return PromptState(
          session: session, page: Page(recovered: String(decoding: page, as: UTF8.self)))
      } catch {
        let kept = path + ".damaged"
        rename(path, kept)
        StandardStream.error.write(
          "latent: a session could not be read; the damaged file is kept as \(kept)\n")
      }
    }
    return nil
  }
}

extension stat {
  fileprivate var modified: Int {
    #if canImport(Glibc)
      st_mtim.tv_sec &* 1_000_000_000 &+ st_mtim.tv_nsec
    #else
      st_mtimespec.tv_sec &* 1_000_000_000 &+ st_mtimespec.tv_nsec
    #endif
  }
}
