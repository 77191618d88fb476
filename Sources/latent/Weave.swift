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

      example: latent weave Lessons --to html -o woven
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case html, md, ipynb }

  @ArgumentParser.Argument(help: ArgumentHelp("Lessons, or folders of lessons.", valueName: "path"))
  var paths: [String]

  @Option(help: "What to make.")
  var to: Format = .html

  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp("Folder for the pages; it is made if needed.", valueName: "folder"))
  var output = "woven"

  @OptionGroup var options: SessionOptions

  func run() throws {
    let curriculum = Curriculum(try LessonFiles.lessons(at: paths))
    let pages = WovenPages(folder: output)
    let style = to == .html ? try WovenPages.style() : ""
    for lesson in curriculum.lessons {
      let files = ScratchFiles(inputFolder: lesson.folder)
      let runner = LessonFiles.runner(options, limit: nil, jobs: 1) { _ in files }
      let run = runner.run(lesson)
      let context = WeaveContext.standard(files)
      switch to {
      case .html:
        let page = WeaveHTML(css: style, context: context, highlight: Weave.highlight)
        try pages.write(
          page.page(
            run, previous: curriculum.neighbour(before: lesson),
            next: curriculum.neighbour(after: lesson)), to: lesson.name + ".html")
      case .md:
        let page = WeaveMarkdown.page(run, context: context)
        try pages.write(page.text, to: lesson.name + ".md")
        for (name, bytes) in page.files { try pages.write(bytes, to: name) }
      case .ipynb:
        try pages.write(
          WeaveNotebook.page(run, context: context), to: lesson.name + ".ipynb")
      }
      let isBroken = run.findings.contains { $0.kind == .failure }
      StandardStream.output.write(
        "\(isBroken ? "with errors" : "woven")  \(output)/\(lesson.name).\(to.rawValue)\n")
    }
    if to == .html { try writeIndex(curriculum, style, pages) }
  }

  private func writeIndex(_ curriculum: Curriculum, _ style: String, _ pages: WovenPages) throws {
    let context = WeaveContext.standard(ScratchFiles(inputFolder: "."))
    let page = WeaveHTML(css: style, context: context, highlight: Weave.highlight)
    let introduction = """
      Deep generative modelling, from labels to the minimax game: every number and picture on these \
      pages was computed by the cell above it.
      """
    try pages.write(
      page.index(title: "Lessons", introduction: introduction, lessons: curriculum.lessons),
      to: "index.html")
    StandardStream.output.write("woven  \(output)/index.html\n")
  }

  @Sendable private static func highlight(_ program: String) -> [WeaveHTML.Highlight] {
    Highlighter.highlights(Source(name: "cell", text: program), commands: Builtin.commands)
      .map { WeaveHTML.Highlight(span: $0.span, role: $0.role.rawValue) }
  }
}

/// The folder that pages are written to.
private struct WovenPages {
  private let files: SystemFiles

  init(folder: String) { files = SystemFiles(outputFolder: folder) }

  func write(_ text: String, to name: String) throws { try write(Array(text.utf8), to: name) }

  func write(_ bytes: [UInt8], to name: String) throws { try files.write(bytes, to: name) }

  /// The style sheet of the pages.
  static func style() throws -> String {
    let path = Machine.assets + "/Weave/page.css"
    return String(decoding: try SystemFiles().read(path), as: UTF8.self)
  }
}

extension WeaveContext {
  /// Charts as SVG, pictures and written picture files as PNG, everything else as text.
  fileprivate static func standard(_ files: ScratchFiles) -> WeaveContext {
    WeaveContext(
      render: { PlainRenderer().text($0) },
      figure: { output in
        switch output {
        case .chart(let chart):
          return Figure(.svg(SVGRenderer().svg(chart)), description: Description.describe(chart))
        case .image(let image):
          return Figure(
            .png(PNG.encode(image.grid.raster.enlarged)),
            description: Description.describe(image))
        case .file(let report):
          guard let bytes = try? files.read(report.path), let raster = Raster.decoded(bytes)
          else { return nil }
          return Figure(
            .png(PNG.encode(raster.enlarged)),
            description: "\(report.path): a picture of \(raster.width)×\(raster.height) pixels")
        default: return nil
        }
      },
      file: { try? files.read($0) })
  }
}

extension Raster {
  /// The picture in a file's bytes, if they are one.
  fileprivate static func decoded(_ bytes: [UInt8]) -> Raster? {
    (try? PNG.decode(bytes)) ?? (try? PGM.decode(bytes))
  }

  /// Small pictures are repeated pixel by pixel, because a page would smooth them.
  fileprivate var enlarged: Raster {
    let factor = max(1, 480 / max(width, 1))
    if factor == 1 { return self }
    var large = Raster(
      width: width * factor, height: height * factor, channels: channels, filledWith: 0)
    large.paste(self, x: 0, y: 0, scale: factor)
    return large
  }
}

extension Curriculum {
  fileprivate func neighbour(before lesson: Lesson) -> WeaveHTML.Neighbour? {
    self.lesson(before: lesson.name).map { .init(name: $0.name, title: $0.title) }
  }

  fileprivate func neighbour(after lesson: Lesson) -> WeaveHTML.Neighbour? {
    self.lesson(after: lesson.name).map { .init(name: $0.name, title: $0.title) }
  }
}
