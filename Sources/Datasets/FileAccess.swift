#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The one handle through which a program reads and writes files.
package protocol FileAccess: Sendable {
  /// Throws: `FileError`.
  func read(_ path: String) throws -> [UInt8]

  /// Replaces the file as a whole, or leaves it as it was.
  ///
  /// Throws: `FileError`.
  func write(_ bytes: [UInt8], to path: String) throws
}

/// Why a file could not be read or written: facts only.
package enum FileError: Error, Sendable, Hashable {
  case notFound(String)
  case isFolder(String)
  /// Outside of the folder that the program may use for this.
  case notPermitted(String, FileUse, allowed: String)
  case tooLarge(String, byteCount: Int, limit: Int)
  case failed(String, reason: String)
}

package enum FileUse: Sendable, Hashable { case reading, writing }

/// Files of the machine.
package struct SystemFiles: FileAccess {
  /// Folder that relative paths are read from.
  private let inputFolder: String
  /// Folder that relative paths are written to.
  private let outputFolder: String
  /// Whether paths must stay inside these two folders.
  private let isConfined: Bool

  /// Most bytes that are read from one file.
  package static let largestSize = 2 << 30

  package init(inputFolder: String = ".", outputFolder: String = ".", isConfined: Bool = false) {
    self.inputFolder = inputFolder
    self.outputFolder = outputFolder
    self.isConfined = isConfined
  }

  package func read(_ path: String) throws -> [UInt8] {
    let place = try resolve(path, .reading)
    try checkLinks(place, .reading, path)
    return try SystemFiles.contents(of: place, calledBy: path)
  }

  package func write(_ bytes: [UInt8], to path: String) throws {
    let place = try resolve(path, .writing)
    if isConfined { try SystemFiles.makeFolder(outputFolder) }
    try checkLinks(place.folder, .writing, path)
    try SystemFiles.makeFolder(place.folder)
    // A link in the place of the file is followed, so it must not lead out either.
    try checkLinks(place, .writing, path)
    try SystemFiles.replace(place, with: bytes, calledBy: path)
  }

  private func folder(for use: FileUse) -> String {
    use == .reading ? inputFolder : outputFolder
  }

  private func resolve(_ path: String, _ use: FileUse) throws -> String {
    let folder = folder(for: use)
    if isConfined, SystemFiles.leavesFolder(path) {
      throw FileError.notPermitted(path, use, allowed: folder)
    }
    return path.hasPrefix("/") || folder == "." ? path : folder + "/" + path
  }

  /// Whether a path would lead out of the folder that it is meant to be in.
  package static func leavesFolder(_ path: String) -> Bool {
    path.hasPrefix("/") || path.split(separator: "/").contains("..")
  }

  /// A link inside a folder must not lead out of it; of what does not exist yet, the nearest
  /// folder that does is looked at.
  private func checkLinks(_ place: String, _ use: FileUse, _ path: String) throws {
    guard isConfined else { return }
    var existing = place
    while SystemFiles.realPath(existing) == nil, existing != existing.folder {
      existing = existing.folder
    }
    let folder = folder(for: use)
    guard let root = SystemFiles.realPath(folder) else { throw FileError.notFound(folder) }
    guard let real = SystemFiles.realPath(existing), real == root || real.hasPrefix(root + "/")
    else { throw FileError.notPermitted(path, use, allowed: folder) }
  }

  package static func realPath(_ path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
  }

  package static func contents(
    of place: String, calledBy path: String, limit: Int = largestSize
  ) throws -> [UInt8] {
    let file = open(place, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw error(path) }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw error(path) }
    if status.st_mode & S_IFMT == S_IFDIR { throw FileError.isFolder(path) }
    guard status.st_size <= limit else {
      throw FileError.tooLarge(path, byteCount: Int(status.st_size), limit: limit)
    }
    var bytes = [UInt8]()
    bytes.reserveCapacity(Int(status.st_size))
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = readBytes(file, &block, block.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw error(path) }
      if count == 0 { return bytes }
      bytes.append(contentsOf: block[..<count])
      // Devices and pipes do not say how much they hold.
      guard bytes.count <= limit else {
        throw FileError.tooLarge(path, byteCount: bytes.count, limit: limit)
      }
    }
  }

  /// A link stays a link, and what it leads to keeps its permissions.
  private static func replace(_ place: String, with bytes: [UInt8], calledBy path: String) throws {
    let before = try replaceable(place, calledBy: path)
    if let before, before.st_mode & S_IFMT != S_IFREG {
      // A device or a pipe, such as /dev/stdout, takes bytes and cannot be replaced.
      let file = open(place, O_WRONLY | O_CLOEXEC)
      guard file >= 0 else { throw error(path) }
      defer { close(file) }
      return try write(bytes, to: file, calledBy: path)
    }
    let target = realPath(place) ?? place
    let temporary = "\(target).\(getpid())\(partialEnding)"
    // Whatever has this name is left over from a program that was killed; a link is not followed.
    unlink(temporary)
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
    let file = open(temporary, flags, before == nil ? 0o644 : 0o600)
    guard file >= 0 else { throw error(path) }
    do {
      if let before { keepPermissions(before, of: file) }
      let result = Result { try write(bytes, to: file, calledBy: path) }
      guard close(file) == 0 else { throw error(path) }
      try result.get()
      guard rename(temporary, target) == 0 else { throw error(path) }
    } catch {
      unlink(temporary)
      throw error
    }
  }

  /// What is in the place of a file that is to be written; nil if nothing is.
  ///
  /// Throws: `FileError` if it must stay.
  private static func replaceable(_ place: String, calledBy path: String) throws -> stat? {
    var status = stat()
    guard stat(place, &status) == 0 else {
      guard errno == ENOENT else { throw error(path) }
      guard lstat(place, &status) != 0 else {
        throw FileError.failed(path, reason: "this link leads nowhere")
      }
      return nil
    }
    if status.st_mode & S_IFMT == S_IFDIR { throw FileError.isFolder(path) }
    // The superuser may write everything, and a file that nobody may write was locked on purpose.
    guard status.st_mode & 0o222 != 0, access(place, W_OK) == 0 else {
      throw FileError.failed(path, reason: "this file may only be read")
    }
    return status
  }

  private static func keepPermissions(_ status: stat, of file: Int32) {
    // Only the superuser can give a file away; others own what they replace.
    _ = fchown(file, status.st_uid, status.st_gid)
    _ = fchmod(file, status.st_mode & 0o7777)
  }

  private static func write(_ bytes: [UInt8], to file: Int32, calledBy path: String) throws {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes {
        writeBytes(file, $0.baseAddress! + written, bytes.count - written)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw error(path) }
      written += count
    }
  }

  private static let partialEnding = ".partial"

  /// Removes from a folder what is left of files whose writers were killed.
  package static func removePartials(in folder: String) {
    for name in names(in: folder) ?? [] where name.hasSuffix(partialEnding) {
      let words = name.dropLast(partialEnding.count).split(separator: ".")
      let writer = words.last.flatMap { pid_t($0) }
      guard let writer, writer > 0, kill(writer, 0) != 0, errno == ESRCH else { continue }
      unlink(folder + "/" + name)
    }
  }

  /// The names in a folder in order, without those that begin with a dot; nil if it is no folder.
  package static func names(in folder: String) -> [String]? {
    guard let entries = opendir(folder) else { return nil }
    defer { closedir(entries) }
    var names: [String] = []
    while let entry = readdir(entries) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }

  /// Makes the folder that a file is to be in, and those above it.
  package static func makeFolder(of path: String) throws { try makeFolder(path.folder) }

  /// Removes a file if it is there.
  package static func remove(_ path: String) { unlink(path) }

  private static func makeFolder(_ folder: String) throws {
    if folder.isEmpty || folder == "." || access(folder, F_OK) == 0 { return }
    try makeFolder(folder.folder)
    guard mkdir(folder, 0o755) == 0 || errno == EEXIST else { throw error(folder) }
  }

  private static func error(_ path: String) -> FileError {
    switch errno {
    case ENOENT, ENOTDIR: .notFound(path)
    case EISDIR: .isFolder(path)
    default: .failed(path, reason: String(cString: strerror(errno)))
    }
  }
}

private func readBytes(_ file: Int32, _ bytes: UnsafeMutableRawPointer, _ count: Int) -> Int {
  read(file, bytes, count)
}

private func writeBytes(_ file: Int32, _ bytes: UnsafeRawPointer, _ count: Int) -> Int {
  write(file, bytes, count)
}

extension String {
  /// The folder part of a path; `.` if there is none.
  fileprivate var folder: String {
    guard let slash = lastIndex(of: "/") else { return "." }
    return slash == startIndex ? "/" : String(self[..<slash])
  }
}

/// Files in memory, for tests.
package final class MemoryFiles: FileAccess, @unchecked Sendable {
  package private(set) var files: [String: [UInt8]]

  package init(_ files: [String: [UInt8]] = [:]) { self.files = files }

  package func read(_ path: String) throws -> [UInt8] {
    guard let bytes = files[path] else { throw FileError.notFound(path) }
    return bytes
  }

  package func write(_ bytes: [UInt8], to path: String) throws { files[path] = bytes }
}
