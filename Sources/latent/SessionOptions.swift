import ArgumentParser
import Datasets
import Evaluation
import Kernels
import Notebook
import Rendering
import Syntax
import Tensors
import Terminal

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Options that every command which runs programs has.
struct SessionOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Threads to compute with; results do not depend on it.", valueName: "n"))
  var threads: Int?

  @Option(
    name: .customLong("seed"),
    help: ArgumentHelp(
      "Seed of the random numbers, 0 without it. `run` prefers it to a lesson's own.",
      valueName: "n"))
  var givenSeed: UInt64?

  var seed: UInt64 { givenSeed ?? 0 }

  @Option(
    help: ArgumentHelp("Most memory that one tensor or step may take.", valueName: "size"))
  var memory: MemorySize?

  func validate() throws {
    if let threads, !(1...64).contains(threads) {
      throw ValidationError("--threads must be 1 … 64")
    }
  }

  /// The option, else LATENT_THREADS, else the cores that there are.
  var threadCount: Int {
    if let threads { return threads }
    if let text = environment("LATENT_THREADS"), let count = Int(text), (1...64).contains(count) {
      return count
    }
    return max(1, min(Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))), 8))
  }

  func makeHost(
    interruption: Interruption, files: any FileAccess = SystemFiles(), threads: Int? = nil
  ) -> Host {
    Host(
      engine: Engine(
        threads: threads ?? threadCount, memoryLimit: memory?.bytes ?? Machine.memoryLimit),
      files: files, datasets: DatasetLocation(folder: Machine.assets + "/Datasets"),
      interruption: interruption)
  }
}

/// Options of every command that shows figures to somebody.
struct FigureOptions: ParsableArguments {
  @Flag(help: "Say in words, under each figure, what it shows.")
  var describe = false
}

/// A number of bytes such as `2GB`.
struct MemorySize: ExpressibleByArgument {
  let bytes: Int

  init?(argument: String) {
    let units = ["kb": 1_000, "mb": 1_000_000, "gb": 1_000_000_000, "b": 1]
    let text = argument.lowercased()
    let unit = ["kb", "mb", "gb", "b"].first { text.hasSuffix($0) }
    guard let number = Double(text.dropLast(unit?.count ?? 0)), number > 0, number < 1e9 else {
      return nil
    }
    bytes = Int(number * Double(units[unit ?? "b"]!))
  }
}

/// What the command line knows of the machine.
enum Machine {
  /// Three quarters of the memory.
  static var memoryLimit: Int {
    let pages = Int(sysconf(Int32(_SC_PHYS_PAGES)))
    return max(1 << 28, pages / 4 * 3 * Int(sysconf(Int32(_SC_PAGESIZE))))
  }

  /// The folder of data sets and style sheets: LATENT_ASSETS, or `Assets` in a folder above the
  /// program or the working folder.
  static var assets: String {
    if let folder = environment("LATENT_ASSETS") { return folder }
    for start in [executableFolder, "."].compactMap({ $0 }) {
      guard let real = realpath(start, nil) else { continue }
      var folder = String(cString: real)
      free(real)
      while true {
        for candidate in [folder + "/Assets", folder + "/share/latent/Assets"]
        where access(candidate + "/Datasets", F_OK) == 0 { return candidate }
        guard let slash = folder.lastIndex(of: "/"), slash != folder.startIndex else { break }
        folder = String(folder[..<slash])
      }
    }
    return "Assets"
  }

  private static var executableFolder: String? {
    #if os(Linux)
      let path = "/proc/self/exe"
      guard let real = realpath(path, nil) else { return nil }
      defer { free(real) }
      let program = String(cString: real)
    #else
      var size: UInt32 = 0
      _NSGetExecutablePath(nil, &size)
      var bytes = [CChar](repeating: 0, count: Int(size) + 1)
      guard _NSGetExecutablePath(&bytes, &size) == 0, let real = realpath(bytes, nil) else {
        return nil
      }
      defer { free(real) }
      let program = String(cString: real)
    #endif
    return program.lastIndex(of: "/").map { String(program[..<$0]) }
  }
}

func environment(_ name: String) -> String? {
  guard let value = getenv(name), value.pointee != 0 else { return nil }
  return String(cString: value)
}

/// Runs `body` on a thread with a stack that deep recursion in a program cannot exhaust.
func onLargeStack(_ body: @escaping @Sendable () throws -> Void) throws {
  final class Box: @unchecked Sendable {
    let body: () throws -> Void
    var failure: (any Error)?
    init(_ body: @escaping () throws -> Void) { self.body = body }
  }
  let box = Box(body)
  var attributes = pthread_attr_t()
  pthread_attr_init(&attributes)
  pthread_attr_setstacksize(&attributes, 512 << 20)
  #if canImport(Glibc)
    var thread = pthread_t()
  #else
    var thread: pthread_t?
  #endif
  let status = pthread_create(
    &thread, &attributes,
    { context in
      #if canImport(Glibc)
        let context = context!
      #endif
      let box = Unmanaged<Box>.fromOpaque(context).takeRetainedValue()
      do { try box.body() } catch { box.failure = error }
      return nil
    }, Unmanaged.passRetained(box).toOpaque())
  guard status == 0 else { return try body() }
  #if canImport(Glibc)
    pthread_join(thread, nil)
  #else
    pthread_join(thread!, nil)
  #endif
  if let failure = box.failure { throw failure }
}

/// How outputs are written here and now.
struct Screen {
  let capabilities = TerminalCapabilities.current()
  /// Whether figures are also said in words.
  var describesFigures = false

  var context: RenderContext {
    guard capabilities.outputIsTerminal else {
      return RenderContext(describesFigures: describesFigures)
    }
    return RenderContext(
      width: TerminalCapabilities.currentWidth(), unicode: capabilities.showsUnicode,
      color: capabilities.showsColour, trueColor: environment("COLORTERM") != nil,
      graphics: graphics,
      canvas: capabilities.showsUnicode ? .braille : .ascii, describesFigures: describesFigures)
  }

  /// Where no colour is wanted, pixels are not wanted either.
  private var graphics: RenderContext.Graphics {
    guard capabilities.showsColour else { return .none }
    return switch capabilities.pictures {
    case .none: .none
    case .kitty: .kitty
    case .iTerm: .iTerm
    case .sixel: .sixel
    }
  }

  func text(_ outputs: [Output]) -> String {
    let context = context
    return context.color
      ? ANSIRenderer(context).text(outputs) : PlainRenderer(context).text(outputs)
  }

  func print(_ outputs: [Output]) { StandardStream.output.write(text(outputs)) }

  /// Draws the progress of training on a terminal; elsewhere it stays silent unless asked. A prompt
  /// hides the keys itself that are pressed while something runs.
  func progressBar(tenths: Bool = false, hidesKeys: Bool = true) -> ProgressBar {
    let isDrawn = capabilities.errorIsTerminal && !capabilities.isDumb
    let capabilities = capabilities
    return ProgressBar(
      style: isDrawn ? .redraw : tenths ? .tenths : .silent,
      echo: isDrawn && hidesKeys ? TerminalEcho() : nil
    ) { progress, width in
      let context = RenderContext(
        width: width, unicode: capabilities.errorIsTerminal && capabilities.showsUnicode,
        color: isDrawn && capabilities.showsColour)
      return ProgressLine.text(
        ProgressSnapshot(
          step: progress.step, stepCount: progress.stepCount,
          elapsedSeconds: progress.elapsedSeconds,
          curves: progress.curves.map { .init(name: $0.name, history: $0.values) }), context)
    }
  }
}
