import ArgumentParser
import Datasets
import Evaluation
import Kernels
import Rendering
import Terminal

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What this machine has, and what of it is in use.
struct Doctor: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show what this machine has: processor, threads, terminal, data.",
    discussion: """
      One line for each thing, which begins with !! if it needs attention: a processor without \
      fused multiply-add, data that is not found, progress that cannot be kept or read. Show it \
      when you ask for help.

      example: latent doctor --threads 2

      exit codes: 0 all is well, 1 something is missing.
      """)

  @OptionGroup var options: SessionOptions

  func run() throws {
    var isWell = true
    for line in lines {
      StandardStream.output.write(
        "\(line.isWell ? "ok " : "!! ") \(line.name.padded(to: 11))\(line.text)\n")
      isWell = isWell && line.isWell
    }
    if !isWell { throw ExitCode.failure }
  }

  private struct Line {
    let name: String
    let text: String
    var isWell = true
  }

  private var lines: [Line] {
    [
      Line(name: "latent", text: Version.text), processor, threads, memory, speed, terminal,
      progress,
    ]
      + data
  }

  /// Where progress, history and sessions that were cut off are kept.
  private var progress: Line {
    guard let folder = StateFolder.standard else {
      return Line(
        name: "progress", text: "not kept: neither XDG_STATE_HOME nor HOME is set", isWell: false)
    }
    let problem = LearnerFiles.problem(in: folder)
    return Line(name: "progress", text: problem ?? folder, isWell: problem == nil)
  }

  private var processor: Line {
    Line(
      name: "processor",
      text: "\(Machine.processorName), kernels built for \(KernelBuild.description)"
        + (KernelBuild.fusesInHardware
          ? "" : "; results are the same, but slow: build with LATENT_MARCH=native"),
      isWell: KernelBuild.fusesInHardware)
  }

  private var threads: Line {
    let cores = sysconf(Int32(_SC_NPROCESSORS_ONLN))
    return Line(
      name: "threads",
      text: "\(options.threadCount) of \(cores) cores (--threads, LATENT_THREADS)")
  }

  private var memory: Line {
    let limit = options.memory?.bytes ?? Machine.memoryLimit
    return Line(name: "memory", text: "one step may take \(limit / 1_000_000) MB (--memory)")
  }

  /// A matrix product of 512×512 matrices, as many as fit in a fifth of a second.
  private var speed: Line {
    let pool = ThreadPool(threads: options.threadCount)
    let product = MatrixProduct(m: 512, n: 512, k: 512)
    guard let a = Storage(count: 512 * 512), let b = Storage(count: 512 * 512),
      let c = Storage(count: 512 * 512),
      let scratch = Storage(count: product.scratchFloats(threads: pool.threads))
    else { return Line(name: "speed", text: "no memory to measure it", isWell: false) }
    for storage in [a, b] { storage.buffer.base.update(repeating: 1, count: 512 * 512) }
    let clock = ContinuousClock()
    let start = clock.now
    var count = 0
    while clock.now - start < .milliseconds(200) {
      product.run(
        a: a.buffer, b: b.buffer, c: c.buffer, scratch: scratch.buffer, pool: pool)
      count += 1
    }
    let elapsed = (clock.now - start).components
    let seconds = Double(elapsed.seconds) + Double(elapsed.attoseconds) * 1e-18
    let rate = Double(count) * 2 * 512 * 512 * 512 / seconds / 1e9
    return Line(name: "speed", text: "\(Int(rate)) GFLOP/s in a matrix product of 512×512")
  }

  private var terminal: Line {
    let has = TerminalCapabilities.current()
    guard has.outputIsTerminal else {
      return Line(name: "terminal", text: "output goes elsewhere: plain text, 80 columns")
    }
    let pictures =
      switch has.pictures {
      case .kitty: "pictures by the kitty protocol"
      case .iTerm: "pictures inline, as iTerm2 shows them"
      case .sixel: "sixel pictures"
      case .none: "pictures as characters"
      }
    return Line(
      name: "terminal",
      text: "\(TerminalCapabilities.currentWidth()) columns, "
        + "\(has.showsUnicode ? "Unicode" : "ASCII"), \(has.showsColour ? "colour" : "no colour"), "
        + pictures)
  }

  private var data: [Line] {
    let location = DatasetLocation(folder: Machine.assets + "/Datasets")
    return ImageSource.allCases.map { source in
      guard let set = try? source.load(location) else {
        return Line(
          name: "data", text: "\(source.rawValue) is not in \(location.folder) (LATENT_ASSETS)",
          isWell: false)
      }
      return Line(
        name: "data",
        text: "\(set.name): \(NumberFormat.grouped(set.images.shape[0])) pictures "
          + "\(set.height)×\(set.width)")
    }
  }
}

extension Machine {
  fileprivate static var processorName: String {
    #if os(Linux)
      let bytes = (try? SystemFiles.contents(of: "/proc/cpuinfo", calledBy: "/proc/cpuinfo")) ?? []
      let name = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        .first { $0.hasPrefix("model name") }?.split(separator: ":").last
      return name.map { String($0.drop { $0 == " " }) } ?? "unknown processor"
    #else
      var size = 0
      sysctlbyname("machdep.cpu.brand_string", nil, &size, nil, 0)
      guard size > 0 else { return "unknown processor" }
      var name = [CChar](repeating: 0, count: size)
      sysctlbyname("machdep.cpu.brand_string", &name, &size, nil, 0)
      return String(cString: name)
    #endif
  }
}

extension String {
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(width - count, 1))
  }
}
