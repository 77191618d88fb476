import ArgumentParser
import Datasets
import Evaluation
import Notebook
import Rendering
import Syntax
import Terminal

/// Makes pages to read from lessons and what they show.
struct Weave: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run lessons and make pages of them: HTML, Markdown or Jupyter notebooks.",
    discussion: """
      HTML pages are self-contained, one for each lesson and an index with a search. Markdown \
      pages have their pictures beside them. Notebooks open in Jupyter and on GitHub.

      examples:
        latent weave Lessons                          pages in woven/
        latent weave Lessons --to ipynb -o notebooks
        latent weave my-lesson.md --to md -o .

      exit codes: 0 all is woven, 1 a cell failed or a file is no lesson, 66 a file that is not \
      there, 73 a file that cannot be written, 130 stopped by Ctrl-C.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case html, md, ipynb }

  @OptionGroup var selection: LessonSelection

  @Option(help: ArgumentHelp("What to make: html, md or ipynb.", valueName: "format"))
  var to: Format = .html

  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp("Folder for the pages; it is made if needed.", valueName: "folder"),
    completion: .directory)
  var output = "woven"

  @OptionGroup var options: SessionOptions

  func run() throws {
    OutputFile.endBetweenFiles()
    let (lessons, unread) = try LessonFiles.readable(at: selection.paths)
    try refuseSharedNames(lessons)
    let files = Dictionary(
      lessons.map { ($0.path, ScratchFiles(inputFolder: $0.folder)) },
      uniquingKeysWith: { first, _ in first })
    let jobs = selection.jobCount(lessons, options)
    let runner = LessonFiles.runner(options, jobs: jobs) { files[$0.path]! }
    let loom = try Loom(lessons, format: to, folder: output)
    var isWhole = unread.isEmpty
    for finding in unread.flatMap(\.findings) { StandardStream.error.write(finding.text + "\n") }
    for run in runner.run(lessons, jobs: jobs) {
      let failures = run.findings.filter { [.failure, .timeLimit].contains($0.kind) }
      try loom.weave(run, files[run.lesson.path]!)
      StandardStream.output.write("woven  \(output)/\(run.lesson.name).\(to.rawValue)\n")
      for failure in failures { StandardStream.error.write(failure.text + "\n") }
      isWhole = isWhole && failures.isEmpty
    }
    if to == .html {
      try loom.weaveIndex()
      StandardStream.output.write("woven  \(output)/index.html\n")
    }
    if !isWhole { throw ExitCode.failure }
  }

  /// A page is called like its lesson, so two of one name would be one page.
  private func refuseSharedNames(_ lessons: [Lesson]) throws {
    for (name, sharing) in Dictionary(grouping: lessons, by: \.name) where sharing.count > 1 {
      let paths = sharing.map(\.path).joined(separator: " and ")
      throw ValidationError(
        "\(paths) would both become \(name).\(to.rawValue): weave them into folders of their own")
    }
  }
}

/// Writes one page after another.
private struct Loom {
  private let format: Weave.Format
  private let folder: String
  private let lessons: [Lesson]
  /// What has an order; guides have none.
  private let course: Curriculum
  private let links: PageLinks
  private let style: String
  private let script: String

  init(_ lessons: [Lesson], format: Weave.Format, folder: String) throws {
    self.format = format
    self.folder = folder
    self.lessons = Curriculum(lessons).lessons
    links = PageLinks(
      lessons: lessons.map(\.name), ending: format.rawValue,
      index: format == .html ? "index.html" : nil)
    course = Curriculum(lessons.filter { $0.number != nil })
    style = format == .html ? try Input.text(of: Machine.assets + "/Weave/page.css") : ""
    script = format == .html ? try Input.text(of: Machine.assets + "/Weave/page.js") : ""
  }

  func weave(_ run: LessonRun, _ files: ScratchFiles) throws {
    let name = run.lesson.name
    let context = WeaveContext.standard(files, format, links)
    switch format {
    case .html:
      let titles = Dictionary(
        lessons.map { ($0.name, $0.title) }, uniquingKeysWith: { first, _ in first })
      let page = html(context).page(
        run, previous: neighbour(course.lesson(before: name)),
        next: neighbour(course.lesson(after: name)), titles: titles)
      try write(Array(page.utf8), to: name + ".html")
    case .md:
      let page = WeaveMarkdown.page(run, context: context)
      try write(Array(page.text.utf8), to: name + ".md")
      for (name, bytes) in page.files { try write(bytes, to: name) }
    case .ipynb:
      try write(Array(WeaveNotebook.page(run, context: context).utf8), to: name + ".ipynb")
    }
  }

  func weaveIndex() throws {
    let introduction = """
      Deep generative modelling, from labels to the minimax game. Every number and picture on \
      these pages was computed by the cell above it, and comes out the same, bit for bit, on \
      any machine.
      """
    let page = html(.standard(ScratchFiles(inputFolder: "."), format, links)).index(
      title: "Lessons", introduction: introduction, lessons: lessons)
    try write(Array(page.utf8), to: "index.html")
  }

  private func html(_ context: WeaveContext) -> WeaveHTML {
    WeaveHTML(css: style, script: script, context: context) { program in
      Highlighter.highlights(Source(name: "cell", text: program), commands: Builtin.commands)
        .map { WeaveHTML.Highlight(span: $0.span, role: $0.role.rawValue) }
    }
  }

  private func neighbour(_ lesson: Lesson?) -> WeaveHTML.Neighbour? {
    lesson.map { .init(name: $0.name, title: $0.title) }
  }

  private func write(_ bytes: [UInt8], to name: String) throws {
    try OutputFile.write(bytes, to: folder + "/" + name)
  }
}

extension WeaveContext {
  /// Charts as SVG, pictures and written picture files as PNG, everything else as text.
  fileprivate static func standard(
    _ files: ScratchFiles, _ format: Weave.Format, _ links: PageLinks
  ) -> WeaveContext {
    WeaveContext(
      render: { PlainRenderer().text($0) },
      figure: { output, place in
        switch output {
        case .chart(let chart):
          // Drawn as wide as they are shown, so that letters have one size.
          let renderer =
            place == .alone || format != .html
            ? SVGRenderer(width: 600, height: 360) : SVGRenderer(width: 370, height: 260)
          return Figure(
            .svg(renderer.svg(chart)),
            description: Description.describe(chart))
        case .image(let image):
          return Figure(
            .png(image.png), description: Description.describe(image), title: image.title)
        case .file(let report):
          guard let bytes = try? files.read(report.path), let raster = Raster.decoded(bytes)
          else { return nil }
          return Figure(
            .png(APNG.isAnimated(bytes) ? bytes : PNG.encode(raster.enlarged)),
            description: "\(report.path): a picture of \(raster.width)×\(raster.height) pixels")
        default: return nil
        }
      },
      file: { try? files.read($0) }, links: links)
  }
}

extension Raster {
  /// The picture in a file's bytes, if they are one.
  fileprivate static func decoded(_ bytes: [UInt8]) -> Raster? {
    ((try? PNG.decode(bytes)) ?? (try? Netpbm.decode(bytes)))?.raster
  }
}
