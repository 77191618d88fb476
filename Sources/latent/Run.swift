import ArgumentParser
import Datasets
import Evaluation
import Notebook
import Rendering
import Syntax
import Terminal

/// Runs programs and lessons without a prompt.
struct Run: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run programs or lessons and print what they show.",
    discussion: """
      A file that ends in .md is run as a lesson: its cells, top to bottom. `-` stands for the \
      standard input.

      examples:
        latent run Lessons/04-autoencoders.md -o pictures
        latent run Lessons/04-autoencoders.md --seed 7   do its claims hold elsewhere?
        echo 'print mean(randn(100))' | latent run --seed 7 -
        latent run -e '2^10'

      exit codes: 0 all ran, 1 an error in a program, 66 a file that cannot be read, \
      130 stopped by Ctrl-C.
      """)

  @ArgumentParser.Argument(
    help: ArgumentHelp("Files to run, or - for the standard input.", valueName: "file"),
    completion: .file())
  var files: [String] = []

  @Option(
    name: [.customShort("e"), .customLong("evaluate")],
    help: ArgumentHelp("Run this text.", valueName: "text"))
  var text: String?

  @Flag(help: "Print a line for every tenth of a training, where there is no terminal.")
  var progress = false

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Folder for files that lessons write, which stay in memory without it.",
      valueName: "folder"),
    completion: .directory)
  var output: String?

  @Flag(help: "Let lessons read and write files outside of their folders.")
  var anywhere = false

  @OptionGroup var figures: FigureOptions
  @OptionGroup var options: SessionOptions

  func validate() throws {
    if files.isEmpty, text == nil { throw ValidationError("name a file, - or -e TEXT") }
  }

  func run() throws {
    try onLargeStack {
      if let text { try evaluate(Source(name: "text", text: text)) }
      for file in files { try runFile(file) }
    }
  }

  private func evaluate(_ source: Source) throws {
    try Run.evaluate(source, options, figures, tenths: progress)
  }

  private func runFile(_ path: String) throws {
    let text = try Input.text(of: path)
    let name = path == "-" ? "standard input" : path
    guard path.hasSuffix(".md") else {
      return try evaluate(Source(name: name, text: text))
    }
    let lesson = LessonParser.parse(text, path: path)
    let cells = lesson.cells.map(\.cell).filter {
      [.code, .solution, .check].contains($0.role) && !$0.options.contains(.skip)
    }
    var session = HeadlessSession(options, figures, tenths: progress, files: access(of: lesson))
    if options.givenSeed == nil, let seed = lesson.frontMatter.seed {
      _ = session.run(Source.seed(seed))
    }
    for cell in cells {
      let failure = session.run(lesson.source(of: cell))
      if let failure { StandardStream.output.write(failure) }
      if (failure != nil) != cell.options.contains(.error) { throw session.failureCode }
    }
  }

  /// Lessons come from others too: they read beside themselves and write where they are told.
  private func access(of lesson: Lesson) -> any FileAccess {
    LessonFolder(lesson, written: output ?? (anywhere ? "." : nil), isConfined: !anywhere)
  }

  /// Runs a text as one cell; errors go to the standard error.
  static func evaluate(
    _ source: Source, _ options: SessionOptions, _ figures: FigureOptions, tenths: Bool = false
  ) throws {
    var session = HeadlessSession(options, figures, tenths: tenths)
    guard let failure = session.run(source) else { return }
    StandardStream.error.write(failure)
    throw session.failureCode
  }
}

/// Reading what the command line names.
enum Input {
  /// Code for a file that cannot be read, as in sysexits.h.
  static let missing = ExitCode(66)

  static let notText = "this is not UTF-8 text"

  static func text(of path: String) throws -> String {
    guard let text = try validText(of: path) else {
      StandardStream.error.write("latent: \(path): \(notText)\n")
      throw ExitCode(65)
    }
    return text
  }

  /// Nil if the file holds something else than text.
  static func validText(of path: String) throws -> String? {
    do {
      let bytes = try SystemFiles.contents(of: path == "-" ? "/dev/stdin" : path, calledBy: path)
      // Some editors begin a file with a mark that is no text.
      let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
      return String(validating: bytes.starts(with: mark) ? bytes[3...] : bytes[...], as: UTF8.self)
    } catch let error as FileError {
      StandardStream.error.write("latent: \(error.reason)\n")
      throw missing
    }
  }
}

extension FileError {
  /// The error without a place in a program.
  var reason: String {
    switch self {
    case .notFound(let path): "\(path): no such file"
    case .isFolder(let path): "\(path): this is a folder"
    case .notPermitted(let path, _, let allowed): "\(path): outside of \(allowed)"
    case .tooLarge(let path, let byteCount, let limit):
      "\(path): \(byteCount) bytes are more than the limit of \(limit)"
    case .failed(let path, let reason): "\(path): \(reason)"
    }
  }
}
