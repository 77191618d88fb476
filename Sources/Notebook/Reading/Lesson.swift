import Syntax

/// A Markdown file as Latent reads it: front matter, then prose and cells in order.
///
/// Every block keeps its own text, so that printing gives the file back byte for byte.
package struct Lesson: Sendable, Hashable {
  /// The path as the user gave it.
  package var path: String
  package var frontMatter: FrontMatter
  package var blocks: [Block]
  /// What the parser could not make sense of, in order of lines.
  package var findings: [Finding]

  package init(path: String, frontMatter: FrontMatter, blocks: [Block], findings: [Finding]) {
    self.path = path
    self.frontMatter = frontMatter
    self.blocks = blocks
    self.findings = findings
  }

  package enum Block: Sendable, Hashable {
    case prose(Prose)
    case cell(Cell)
  }

  /// Lines of Markdown that Latent only shows, other fenced blocks included.
  package struct Prose: Sendable, Hashable {
    package var text: String
    package var firstLine: Int

    package init(text: String, firstLine: Int) {
      self.text = text
      self.firstLine = firstLine
    }

    package var isBlank: Bool { text.textLines.allSatisfy(\.isBlank) }
  }
}

extension Lesson {
  /// File name without folder and `.md`, for example `04-autoencoders`.
  package var name: String { Lesson.name(ofPath: path) }

  package static func name(ofPath path: String) -> String {
    let file = path.split(separator: "/").last.map(String.init) ?? path
    return file.hasSuffix(".md") ? String(file.dropLast(3)) : file
  }

  /// The title of the front matter, else the first heading's text, else the name.
  package var title: String {
    if let title = frontMatter.title { return title }
    for case .prose(let prose) in blocks {
      for line in prose.text.textLines where line.content.hasPrefix("# ") {
        return line.content.dropFirst(2).trimmed
      }
    }
    return name
  }

  /// All cells but outputs, top to bottom, each with its index in `blocks`.
  package var cells: [(index: Int, cell: Cell)] {
    blocks.enumerated().compactMap { index, block in
      guard case .cell(let cell) = block, !cell.isOutput else { return nil }
      return (index, cell)
    }
  }

  /// The output that belongs to the cell at `index`: the next block, but for blank lines.
  package func output(after index: Int) -> (index: Int, cell: Cell)? {
    var next = index + 1
    if next < blocks.count, case .prose(let prose) = blocks[next], prose.isBlank { next += 1 }
    guard next < blocks.count, case .cell(let cell) = blocks[next], cell.isOutput else {
      return nil
    }
    return (next, cell)
  }

  /// The program of a cell with the place that errors name.
  ///
  /// A cell that must fail counts its lines from 1, so that the text of its error stays the same
  /// when the lesson around it changes.
  package func source(of cell: Cell) -> Source {
    if cell.options.contains(.error) {
      return Source(name: "cell", text: cell.content, firstLine: 1)
    }
    let file = path.split(separator: "/").last.map(String.init) ?? path
    return Source(name: file, text: cell.content, firstLine: cell.firstLine + 1)
  }
}
