import Rendering

/// A picture of an output for a woven page.
package struct Figure: Sendable, Hashable {
  package enum Picture: Sendable, Hashable {
    case png([UInt8])
    /// The text of an SVG element.
    case svg(String)

    /// Ending of a file that holds it.
    var ending: String {
      switch self {
      case .png: "png"
      case .svg: "svg"
      }
    }

    var bytes: [UInt8] {
      switch self {
      case .png(let bytes): bytes
      case .svg(let text): Array(Self.onPaper(text).utf8)
      }
    }

    /// A drawing that stands alone is on white, because nobody tells it whether its reader's
    /// viewer is light or dark.
    static func onPaper(_ svg: String) -> String {
      guard let end = svg.firstIndex(of: ">") else { return svg }
      return svg[...end] + "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>"
        + svg[svg.index(after: end)...]
    }

    var mediaType: String {
      switch self {
      case .png: "image/png"
      case .svg: "image/svg+xml"
      }
    }
  }

  /// Whether a picture has the width of the page for itself.
  package enum Place: Sendable { case alone, besideOthers }

  package var picture: Picture
  /// What the picture shows, in words.
  package var description: String
  /// Stands above a picture that does not hold its own.
  package var title: String?

  package init(_ picture: Picture, description: String, title: String? = nil) {
    self.picture = picture
    self.title = title
    self.description = description
  }
}

/// What every kind of woven page needs to show outputs.
package struct WeaveContext: Sendable {
  package var render: @Sendable ([Output]) -> String
  /// The picture of an output, nil for one that is best shown as text.
  package var figure: @Sendable (Output, Figure.Place) -> Figure?
  /// The bytes of a picture that the prose shows, by its path relative to the lesson's folder.
  package var file: @Sendable (String) -> [UInt8]?
  package var links: PageLinks

  package init(
    render: @escaping @Sendable ([Output]) -> String,
    figure: @escaping @Sendable (Output, Figure.Place) -> Figure?,
    file: @escaping @Sendable (String) -> [UInt8]? = { _ in nil },
    links: PageLinks = PageLinks(ending: "html", index: "index.html")
  ) {
    self.render = render
    self.figure = figure
    self.file = file
    self.links = links
  }

  /// Outputs in order, texts that touch as one.
  func parts(_ outputs: [Output]) -> [Part] {
    var parts: [Part] = []
    var texts: [Output] = []
    func settle() {
      let text = render(texts)
      if !text.isEmpty { parts.append(.text(text)) }
      texts = []
    }
    for output in outputs {
      if case .failure = output {
        settle()
        parts.append(.failure(render([output])))
      } else if let panels = panels(output) {
        settle()
        parts.append(panels)
      } else if let figure = figure(output, .alone), !Self.shows(figure.picture, parts.last) {
        settle()
        parts.append(.figure(figure))
      } else {
        texts.append(output)
      }
    }
    settle()
    return parts
  }

  /// The pictures of panels, if each of them is best shown as one.
  private func panels(_ output: Output) -> Part? {
    guard case .panels(let panels) = output else { return nil }
    let figures = panels.items.compactMap { figure($0, .besideOthers) }
    guard figures.count == panels.items.count, !figures.isEmpty else { return nil }
    return .panels(figures, title: panels.title)
  }

  /// Whether a cell that wrote the picture it shows needs not show it again.
  private static func shows(_ picture: Figure.Picture, _ part: Part?) -> Bool {
    switch part {
    case .figure(let figure): figure.picture == picture
    case .panels(let figures, _): figures.last?.picture == picture
    default: false
    }
  }

  enum Part: Hashable {
    case text(String)
    case failure(String)
    case figure(Figure)
    /// Pictures side by side.
    case panels([Figure], title: String?)
  }
}

extension LessonRun {
  /// The outputs to show under the cell at `index`; nil if it did not run.
  func outputs(under index: Int) -> [Output]? {
    guard let cell = lesson.cell(at: index), cell.role.printsIntoLesson else { return nil }
    return cells[index]?.outputs
  }

  /// The indices of output blocks that stand under a cell that ran: its own outputs replace them.
  var replacedOutputs: Set<Int> {
    Set(
      lesson.cells.compactMap { index, _ in
        outputs(under: index) == nil ? nil : lesson.output(after: index)?.index
      })
  }
}
