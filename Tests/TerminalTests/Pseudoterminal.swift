import CPseudoterminal

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The program that is built along with these tests, or by `make build`.
var builtProgram: String? {
  let tests = CommandLine.arguments[0]
  let folder = tests.lastIndex(of: "/").map { tests[..<$0] } ?? "."
  let root = "/" + String(#filePath).split(separator: "/").dropLast(3).joined(separator: "/")
  return [folder + "/latent", folder + "/../../../latent", root + "/.build/release/latent"]
    .first { access($0, X_OK) == 0 }
}

/// A program on a terminal of its own, driven as a person would.
final class Pseudoterminal {
  private let terminal: Int32
  private let process: pid_t
  /// Everything that the program has shown.
  private(set) var text = ""
  private var searched = 0

  /// Nil if the system has no terminal to give or the program does not start.
  init?(_ program: String, _ arguments: [String], environment: [String: String]) {
    var argv = ([program] + arguments).map { strdup($0) } + [nil]
    var envp = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer {
      for pointer in argv + envp { free(pointer) }
    }
    var process = pid_t()
    terminal = startOnTerminal(program, &argv, &envp, &process)
    self.process = process
    if terminal < 0 { return nil }
  }

  func type(_ line: String) { press(line + "\r") }

  func press(_ keys: String) {
    let bytes = Array(keys.utf8)
    _ = write(terminal, bytes, bytes.count)
  }

  /// Waits until the program shows a text, after the last one that was waited for.
  func waits(for wanted: String, seconds: Int = 60) -> Bool {
    var buffer = [UInt8](repeating: 0, count: 4096)
    for _ in 0..<(seconds * 10) {
      let unseen = text.dropFirst(searched)
      if let found = unseen.firstRange(of: wanted) {
        searched = text.distance(from: text.startIndex, to: found.upperBound)
        return true
      }
      var ready = pollfd(fd: terminal, events: Int16(POLLIN), revents: 0)
      guard poll(&ready, 1, 100) > 0 else { continue }
      let count = read(terminal, &buffer, buffer.count)
      if count <= 0 { return false }
      text += String(decoding: buffer[..<count], as: UTF8.self)
    }
    return false
  }

  /// Sends a signal and gives whether the program has ended of it within a second.
  func endsOf(_ signal: Int32) -> Bool {
    kill(process, signal)
    var status: Int32 = 0
    for _ in 0..<100 {
      if waitpid(process, &status, WNOHANG) == process {
        close(terminal)
        return status & 0x7F == signal
      }
      usleep(10_000)
    }
    return false
  }

  /// Ends the program with a signal and waits for it.
  func end(_ signal: Int32) {
    kill(process, signal)
    var status: Int32 = 0
    waitpid(process, &status, 0)
    close(terminal)
  }
}
