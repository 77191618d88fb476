import Datasets

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What the files under the state folder need: locks between processes, names that nobody has.
enum StateFiles {
  /// The state folder and those in it in which files are written.
  static func places(in folder: String) -> [String] {
    [folder, folder + "/lessons", folder + "/sessions"]
  }

  /// What keeps files from being written in a folder, found by writing one in it or, if it is not
  /// there yet, in the nearest folder above that is.
  static func writingProblem(in folder: String) -> String? {
    var place = folder
    while access(place, F_OK) != 0, let slash = place.lastIndex(of: "/"), slash > place.startIndex {
      place = String(place[..<slash])
    }
    let probe = "\(place)/.latent-\(getpid())"
    do {
      try SystemFiles().write([], to: probe)
      SystemFiles.remove(probe)
      return nil
    } catch FileError.failed(_, let reason) {
      return "nothing can be written in \(place): \(reason)"
    } catch {
      return "nothing can be written in \(place)"
    }
  }

  /// Renames a file that cannot be read, and gives its new name; nothing if it had to stay.
  static func setAside(_ path: String) -> String? {
    for number in 1...999 {
      let name = path + (number == 1 ? ".damaged" : ".damaged-\(number)")
      let file = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
      if file < 0, errno == EEXIST { continue }
      guard file >= 0 else { return nil }
      close(file)
      if rename(path, name) == 0 { return name }
      unlink(name)
      return nil
    }
    return nil
  }

  static func digest(_ text: String) -> String {
    // FNV-1a.
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return String(hash, radix: 16)
  }
}

/// A lock between processes, held as long as the object lives; it goes with the process, however
/// that ends.
final class FileLock {
  private let file: Int32
  private let path: String

  enum Attempt {
    case held(FileLock)
    /// Another has it.
    case taken
    /// Nobody can lock a file there.
    case impossible
  }

  /// Waits for whoever has the lock. Nothing where files cannot be locked.
  static func waiting(for path: String) -> FileLock? {
    guard let lock = FileLock(path) else { return nil }
    while flock(lock.file, LOCK_EX) != 0 {
      guard errno == EINTR else { return nil }
    }
    return lock
  }

  static func attempt(_ path: String) -> Attempt {
    guard let lock = FileLock(path) else { return .impossible }
    if flock(lock.file, LOCK_EX | LOCK_NB) == 0 { return .held(lock) }
    return errno == EWOULDBLOCK ? .taken : .impossible
  }

  private init?(_ path: String) {
    // The folder may not be there yet.
    try? SystemFiles.makeFolder(of: path)
    file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    self.path = path
    if file < 0 { return nil }
  }

  deinit { close(file) }

  /// Removes the file, for a lock that nobody else waits for.
  func remove() { unlink(path) }
}
