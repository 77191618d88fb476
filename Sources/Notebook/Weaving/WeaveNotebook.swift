#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Weaves a lesson into a Jupyter notebook that Jupyter and GitHub show.
///
/// Source: nbformat 4.5, https://nbformat.readthedocs.io/en/latest/format_description.html
package enum WeaveNotebook {
  package static func page(_ run: LessonRun, context: WeaveContext) -> String {
    let document = Document(
      cells: cells(run, context: context),
      metadata: .object([
        "kernelspec": .object([
          "display_name": .string("Latent"), "language": .string("latent"),
          "name": .string("latent"),
        ]),
        "language_info": .object([
          "file_extension": .string(".md"), "name": .string("latent"),
        ]),
        "title": .string(run.lesson.title),
      ]))
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    // Strings and whole numbers always encode.
    let data = (try? encoder.encode(document)) ?? Data()
    return String(decoding: data, as: UTF8.self) + "\n"
  }

  // MARK: Cells

  private static func cells(_ run: LessonRun, context: WeaveContext) -> [NotebookCell] {
    var cells: [NotebookCell] = []
    let replaced = run.replacedOutputs
    for (index, block) in run.lesson.blocks.enumerated() {
      let id = "block-\(index + 1)"
      switch block {
      case .prose(let prose):
        if prose.isBlank { continue }
        let text = context.links.applied(to: prose.text)
        cells.append(.markdown(id: id, source: withoutEdges(text)))
      case .cell(let cell):
        if replaced.contains(index) { continue }
        let parts = run.outputs(under: index).map(context.parts) ?? []
        if let made = self.cell(cell, id: id, parts: parts, context.links) { cells.append(made) }
      }
    }
    return cells
  }

  private static func cell(
    _ cell: Cell, id: String, parts: [WeaveContext.Part], _ links: PageLinks
  ) -> NotebookCell? {
    switch cell.role {
    case .code, .exercise:
      .code(id: id, source: cell.content, count: cell.number, outputs: parts.flatMap(outputs))
    case .solution:
      .markdown(id: id, source: fold("Solution", "```latent\n\(cell.content)\n```"))
    case .hint: .markdown(id: id, source: fold("Hint", links.applied(to: cell.content)))
    case .output: .markdown(id: id, source: "```text\n\(cell.content)\n```")
    case .check, .wrong: nil
    }
  }

  private static func fold(_ title: String, _ body: String) -> String {
    "<details><summary>\(title)</summary>\n\n\(body)\n\n</details>"
  }

  private static func outputs(_ part: WeaveContext.Part) -> [JSON] {
    switch part {
    case .text(let text): [stream("stdout", text)]
    case .failure(let text): [stream("stderr", text)]
    case .figure(let figure): [display(figure)]
    case .panels(let figures, let title):
      (title.map { [stream("stdout", $0 + "\n")] } ?? []) + figures.map(display)
    }
  }

  private static func stream(_ name: String, _ text: String) -> JSON {
    .object([
      "name": .string(name), "output_type": .string("stream"), "text": .lines(text),
    ])
  }

  private static func display(_ figure: Figure) -> JSON {
    .object([
      "data": .object([
        figure.picture.mediaType: picture(figure.picture),
        "text/plain": .lines(figure.description),
      ]),
      "metadata": .object([:]),
      "output_type": .string("display_data"),
    ])
  }

  private static func picture(_ picture: Figure.Picture) -> JSON {
    switch picture {
    case .png(let bytes): .string(Data(bytes).base64EncodedString() + "\n")
    case .svg(let text): .lines(Figure.Picture.onPaper(text))
    }
  }

  private static func withoutEdges(_ text: String) -> String {
    var lines = text.textLines.map { String($0.content) }[...]
    lines = lines.drop { $0.trimmed.isEmpty }
    while lines.last?.trimmed.isEmpty == true { lines.removeLast() }
    return lines.joined(separator: "\n")
  }
}

private struct Document: Encodable {
  let cells: [NotebookCell]
  let metadata: JSON
  let nbformat = 4
  let nbformat_minor = 5
}

private struct NotebookCell: Encodable {
  let value: JSON

  static func markdown(id: String, source: String) -> NotebookCell {
    NotebookCell(
      value: .object([
        "cell_type": .string("markdown"), "id": .string(id), "metadata": .object([:]),
        "source": .lines(source),
      ]))
  }

  static func code(id: String, source: String, count: Int, outputs: [JSON]) -> NotebookCell {
    NotebookCell(
      value: .object([
        "cell_type": .string("code"), "execution_count": .number(count), "id": .string(id),
        "metadata": .object([:]), "outputs": .list(outputs), "source": .lines(source),
      ]))
  }

  func encode(to encoder: any Encoder) throws {
    try value.encode(to: encoder)
  }
}

/// The part of JSON that a notebook is made of.
private indirect enum JSON: Encodable {
  case string(String)
  case number(Int)
  case list([JSON])
  case object([String: JSON])

  /// A text as a list of lines with their line ends, which is how notebooks write it.
  static func lines(_ text: String) -> JSON {
    .list(text.textLines.map { .string(String($0.content) + ($0.ending.isEmpty ? "" : "\n")) })
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .string(let string): try container.encode(string)
    case .number(let number): try container.encode(number)
    case .list(let list): try container.encode(list)
    case .object(let object): try container.encode(object)
    }
  }
}
