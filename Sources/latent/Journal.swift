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
final class Journal {
  private let file: String?
  /// Tells other prompts that this one is alive.
  private var lock: FileLock?

  init(folder: String? = Journal.standardFolder) {
    // Process numbers come again, in containers at once.
    file = folder.map { "\($0)/\(time(nil))-\(getpid()).session" }
  }

  static var standardFolder: String? { StateFolder.standard.map { $0 + "/sessions" } }

  /// Whether the session is kept; one that cannot be is no reason to stop anybody.
  @discardableResult
  func keep(_ state: PromptState) -> Bool {
    guard let file, let session = try? state.session.archived() else { return false }
    if lock == nil, case .held(let held) = FileLock.attempt(Journal.lockPath(of: file)) {
      lock = held
    }
    let page = Array(state.page.markdown.utf8)
    let head = "latent prompt \(page.count) \(state.page.path ?? "")\n"
    return (try? SystemFiles().write(Array(head.utf8) + page + session, to: file)) != nil
  }

  func remove() {
    if let file { Journal.remove(file) }
    lock = nil
  }

  static func remove(_ file: String) {
    SystemFiles.remove(file)
    SystemFiles.remove(lockPath(of: file))
  }

  private static func lockPath(of file: String) -> String { file + ".lock" }

  /// Journals of prompts that no longer run, newest first.
  static func leftBehind(in folder: String? = standardFolder) -> [String] {
    guard let folder, let entries = opendir(folder) else { return [] }
    defer { closedir(entries) }
    var found: [(path: String, time: Int)] = []
    while let entry = readdir(entries) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      let path = "\(folder)/\(name)"
      var status = stat()
      guard name.hasSuffix(".session"), stat(path, &status) == 0 else { continue }
      if case .taken = FileLock.attempt(lockPath(of: path)) { continue }
      found.append((path, status.modified))
    }
    return found.sorted { $0.time > $1.time }.map(\.path)
  }

  /// The session that was cut off last, and its file, which is to go once the session is kept
  /// again; a file that cannot be read is set aside.
  static func recover(
    _ host: Host, in folder: String? = standardFolder
  ) -> (state: PromptState, file: String)? {
    for path in leftBehind(in: folder) {
      guard let bytes = try? SystemFiles.contents(of: path, calledBy: path) else { continue }
      if let state = PromptState(journal: bytes, host) { return (state, path) }
      let kept = StateFiles.setAside(path) ?? path
      StandardStream.error.write(
        "latent: a session could not be read; the damaged file is kept as \(kept)\n")
    }
    return nil
  }
}

extension PromptState {
  /// Nothing if this is no journal.
  fileprivate init?(journal bytes: [UInt8], _ host: Host) {
    guard let end = bytes.prefix(8_192).firstIndex(of: UInt8(ascii: "\n")) else { return nil }
    let head = String(decoding: bytes[..<end], as: UTF8.self)
      .split(separator: " ", maxSplits: 3, omittingEmptySubsequences: false)
    let rest = bytes[(end + 1)...]
    guard head.count == 4, head[0] == "latent", head[1] == "prompt", let count = Int(head[2]),
      (0...rest.count).contains(count),
      let session = try? Session(archive: Array(rest.dropFirst(count)), host: host)
    else { return nil }
    self.session = session
    page = Page(recovered: String(decoding: rest.prefix(count), as: UTF8.self))
    page.path = head[3].isEmpty ? nil : String(head[3])
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
