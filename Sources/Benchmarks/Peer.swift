#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A framework's times for a workload, from a script in `Peers`.
struct Peer {
  let median: Double
  let least: Double

  /// Nil if the script fails, for example because the framework is not installed.
  static func run(
    _ python: String, script: String, _ workload: String, threads: Int, seconds: Double
  ) -> Peer? {
    let words = script.split(separator: " ")
    let extra = words.dropFirst().joined(separator: " ")
    let (output, status) = Shell.run(
      "'\(python)' Sources/Benchmarks/Peers/\(words[0]) \(workload) \(threads) \(seconds) \(extra)"
        + " 2>/dev/null")
    let fields = output.split(separator: "\t").compactMap { Double($0) }
    guard status == 0, fields.count >= 2 else { return nil }
    return Peer(median: fields[0], least: fields[1])
  }
}

enum Shell {
  static func flush() { fflush(nil) }

  /// The standard output of a command without its last line end, and its status.
  static func run(_ command: String) -> (output: String, status: Int32) {
    guard let pipe = popen(command, "r") else { return ("", -1) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = fread(&buffer, 1, buffer.count, pipe)
      if count == 0 { break }
      bytes += buffer[..<count]
    }
    let status = pclose(pipe)
    while bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
    return (String(decoding: bytes, as: UTF8.self), status)
  }
}
