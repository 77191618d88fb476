import Rendering
import Syntax

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Weaves lessons into self-contained HTML pages with an index.
package struct WeaveHTML: Sendable {
  /// A part of a program and what it is, for example `keyword`; the role is a class of the CSS.
  package struct Highlight: Sendable, Hashable {
    package var span: Span
    package var role: String

    package init(span: Span, role: String) {
      self.span = span
      self.role = role
    }
  }

  /// The page before or after a lesson.
  package struct Neighbour: Sendable, Hashable {
    package var name: String
    package var title: String

    package init(name: String, title: String) {
      self.name = name
      self.title = title
    }
  }

  private let css: String
  private let script: String
  private let context: WeaveContext
  private let highlight: @Sendable (String) -> [Highlight]

  /// `css` and `script` are the texts of `Assets/Weave/page.css` and `page.js`; `highlight` gives
  /// spans in order that do not overlap.
  package init(
    css: String, script: String, context: WeaveContext,
    highlight: @escaping @Sendable (String) -> [Highlight]
  ) {
    self.css = css
    self.script = script
    self.context = context
    self.highlight = highlight
  }

  /// The page `NAME.html` of a lesson; `titles` are those of other lessons, by name.
  package func page(
    _ run: LessonRun, previous: Neighbour? = nil, next: Neighbour? = nil,
    titles: [String: String] = [:]
  ) -> String {
    let lesson = run.lesson
    var prose = ProseHTML(file: context.file)
    let body = self.body(run, prose: &prose)
    let top = facts(lesson, titles) + Self.contents(prose.headings)
    let navigation = Self.navigation(previous: previous, next: next)
    return document(
      title: lesson.title,
      description: lesson.frontMatter.summary.map { ProseRenderer.inline($0) },
      body: """
        <header class="bar">\(navigation)</header>
        <main>
        \(Self.overline(lesson))\
        \(Self.placing(top, belowTitleOf: body, title: lesson.title))\(Self.ending(lesson))</main>
        <footer class="bar">\(navigation)</footer>

        """)
  }

  /// The page `index.html` that leads to all lessons, with a search over their words; lessons
  /// without a number are guides and come last.
  package func index(title: String, introduction: String, lessons: [Lesson]) -> String {
    let course = lessons.filter { $0.number != nil }
    let guides = lessons.filter { $0.number == nil }
    let lists =
      course.isEmpty || guides.isEmpty
      ? list(lessons)
      : list(course) + list(guides, heading: "Guides")
    var prose = ProseHTML()
    let opening = introduction.isEmpty ? "" : prose.html(context.links.applied(to: introduction))
    let heading =
      prose.headings.contains { $0.level == 1 } ? "" : "<h1>\(title.xmlEscaped)</h1>\n"
    return document(
      title: title, description: nil,
      body: """
        <header class="bar"><nav aria-label="Page">\(Self.home)</nav></header>
        <main class="index">
        \(heading)\(opening)<p class="search"><label for="search">Search the lessons</label>
        <input id="search" type="search" autocomplete="off" \
        placeholder="a word, such as entropy or conv"></p>
        \(lists)<p id="nothing" hidden>No lesson has these words.</p>
        </main>

        """)
  }

  /// Lessons below a heading, which the search hides along with the last of them.
  private func list(_ lessons: [Lesson], heading: String? = nil) -> String {
    let items = lessons.map { lesson in
      let summary = lesson.frontMatter.summary.map { "<p>\(inline($0))</p>" } ?? ""
      let minutes =
        lesson.frontMatter.minutes.map {
          "<span class=\"minutes\">\($0.shortest) min</span>"
        } ?? ""
      let number = lesson.digits.isEmpty ? "·" : lesson.digits
      return """
        <li data-words="\(lesson.searchWords.xmlEscaped)"><span class="number">\(number)</span>
        <div><a href="\(lesson.name.urlEscaped).html">\(lesson.title.xmlEscaped)</a>\
        \(minutes)\(summary)</div></li>

        """
    }
    let title = heading.map { "<h2>\($0)</h2>\n" } ?? ""
    return "<section>\n\(title)<ol class=\"lessons\">\n\(items.joined())</ol>\n</section>\n"
  }

  // MARK: Parts of a page

  private func document(title: String, description: String?, body: String) -> String {
    let meta =
      description.map {
        "<meta name=\"description\" content=\"\($0.xmlEscaped)\">\n"
      } ?? ""
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>\(title.xmlEscaped)</title>
      \(meta)<style>
      \(css)</style>
      </head>
      <body>
      \(body)<script>
      \(script)</script>
      </body>
      </html>

      """
  }

  /// The titles are elements of their own, as a narrow page has no room for them at the top.
  private static func navigation(previous: Neighbour?, next: Neighbour?) -> String {
    func link(_ page: Neighbour?, _ relation: String, _ words: (String) -> String) -> String {
      guard let page else { return "" }
      return "<a class=\"\(relation)\" rel=\"\(relation)\" href=\"\(page.name.urlEscaped).html\">"
        + words("<span>\(page.title.xmlEscaped)</span>") + "</a>"
    }
    return "<nav aria-label=\"Lessons\">\(home)\(link(previous, "prev") { "← \($0)" })"
      + "\(link(next, "next") { "\($0) →" })</nav>"
  }

  private static let home = "<a class=\"home\" href=\"index.html\">latent</a>"

  /// Which lesson it is, above its title.
  private static func overline(_ lesson: Lesson) -> String {
    let place = lesson.digits.isEmpty ? "Guide" : "Lesson \(lesson.digits)"
    return "<p class=\"overline\">\(place)</p>\n"
  }

  /// How a reader gets from the page to the prompt.
  private static func ending(_ lesson: Lesson) -> String {
    guard !lesson.digits.isEmpty else { return "" }
    return "<p class=\"ending\">Every output above was computed by the cell it stands under. Take "
      + "the lesson at the prompt: <code>latent learn \(lesson.digits)</code></p>\n"
  }

  /// The body with `top` below its first heading of level 1, which it gets if it has none.
  private static func placing(
    _ top: String, belowTitleOf body: String, title: String
  ) -> String {
    guard let heading = body.firstRange(of: "</h1>\n") else {
      return "<h1>\(title.xmlEscaped)</h1>\n" + top + body
    }
    return body[..<heading.upperBound] + top + body[heading.upperBound...]
  }

  private func facts(_ lesson: Lesson, _ titles: [String: String]) -> String {
    let matter = lesson.frontMatter
    var facts: [String] = []
    if let minutes = matter.minutes { facts.append("\(minutes.shortest) minutes") }
    if !matter.needs.isEmpty {
      let links = matter.needs.map { need in
        let title = (titles[need] ?? need).xmlEscaped
        return context.links.page(of: need).map { "<a href=\"\($0)\">\(title)</a>" } ?? title
      }
      facts.append("after \(links.joined(separator: ", "))")
    }
    let summary = matter.summary.map { "<p class=\"summary\">\(inline($0))</p>\n" } ?? ""
    let line =
      facts.isEmpty ? "" : "<p class=\"facts\">\(facts.joined(separator: " · "))</p>\n"
    return summary + line
  }

  private static func contents(_ headings: [ProseHTML.Heading]) -> String {
    let sections = headings.filter { $0.level == 2 }
    guard sections.count > 1 else { return "" }
    let items = sections.map {
      "<li><a href=\"#\($0.anchor.urlEscaped)\">\($0.text.xmlEscaped)</a></li>"
    }
    return "<details class=\"contents\"><summary>Contents</summary><ol>"
      + items.joined() + "</ol></details>\n"
  }

  /// A line of Markdown without the paragraph around it.
  private func inline(_ markdown: String) -> String {
    var prose = ProseHTML()
    let html = prose.html(context.links.applied(to: markdown)).trimmed
    return html.hasPrefix("<p>") && html.hasSuffix("</p>")
      ? String(html.dropFirst(3).dropLast(4)) : html
  }

  // MARK: Cells

  private func body(_ run: LessonRun, prose: inout ProseHTML) -> String {
    var html = ""
    let replaced = run.replacedOutputs
    let exercises = run.lesson.exercises
    let starts = Dictionary(
      exercises.enumerated().map { ($1.start, $0 + 1) }, uniquingKeysWith: { first, _ in first })
    let ends = Set(exercises.compactMap(\.cells.last))
    let hints = Self.hintNumbers(exercises)
    for (index, block) in run.lesson.blocks.enumerated() {
      if let number = starts[index] {
        let count = exercises.count > 1 ? " \(number)" : ""
        html += "<section class=\"exercise\">\n<p class=\"label\">Exercise\(count)</p>\n"
      }
      switch block {
      case .prose(let text): html += prose.html(context.links.applied(to: text.text))
      case .cell(let cell):
        if cell.role == .code {
          // What a check or a solution prints is theirs to see who runs it.
          html +=
            "<div class=\"cell\">" + program(cell, label: "Cell \(cell.number)")
            + parts(run.outputs(under: index) ?? []) + "</div>\n"
        } else if !replaced.contains(index) {
          html += self.html(cell, hint: hints[index])
        }
      }
      if ends.contains(index) { html += "</section>\n" }
    }
    return html
  }

  /// Hints that are one of several, by index.
  private static func hintNumbers(_ exercises: [Exercise]) -> [Int: Int] {
    var numbers: [Int: Int] = [:]
    for exercise in exercises where exercise.hints.count > 1 {
      for (position, index) in exercise.hints.enumerated() { numbers[index] = position + 1 }
    }
    return numbers
  }

  private func html(_ cell: Cell, hint: Int?) -> String {
    switch cell.role {
    case .code, .exercise:
      return "<div class=\"cell\">\(program(cell, label: "Exercise"))</div>\n"
    case .hint:
      var prose = ProseHTML(file: context.file)
      let label = hint.map { "Hint \($0)" } ?? "Hint"
      return "<details><summary>\(label)</summary>"
        + "\(prose.html(context.links.applied(to: cell.content)))</details>\n"
    case .solution:
      return "<details><summary>Solution</summary><div class=\"cell\">"
        + "\(program(cell, label: "Solution"))</div></details>\n"
    case .output: return Self.output(cell.content)
    case .check, .wrong: return ""
    }
  }

  private func program(_ cell: Cell, label: String) -> String {
    "<pre class=\"program\" tabindex=\"0\" aria-label=\"\(label)\"><code>"
      + highlighted(cell.content) + "</code></pre>\n"
  }

  private func highlighted(_ program: String) -> String {
    let bytes = Array(program.utf8)
    func text(_ start: Int, _ end: Int) -> String {
      String(decoding: bytes[start..<end], as: UTF8.self).xmlEscaped
    }
    var html = ""
    var position = 0
    for highlight in highlight(program) {
      let span = highlight.span
      guard span.start >= position, span.end > span.start, span.end <= bytes.count else {
        continue
      }
      html += text(position, span.start)
      html += "<span class=\"\(highlight.role.xmlEscaped)\">\(text(span.start, span.end))</span>"
      position = span.end
    }
    return html + text(position, bytes.count)
  }

  func parts(_ outputs: [Output]) -> String {
    context.parts(outputs).map(Self.html).joined()
  }

  private static func html(_ part: WeaveContext.Part) -> String {
    switch part {
    case .text(let text):
      return output(Expectation.lines(of: text).joined(separator: "\n"))
    case .failure(let text):
      return output(Expectation.lines(of: text).joined(separator: "\n"), kind: "output failure")
    case .figure(let figure): return html(figure)
    case .panels(let figures, let title):
      let row = "<div class=\"panels\">\n\(figures.map(html).joined())</div>\n"
      guard let title else { return row }
      return
        "<figure class=\"group\"><figcaption>\(title.xmlEscaped)</figcaption>\n\(row)</figure>\n"
    }
  }

  private static func html(_ figure: Figure) -> String {
    switch figure.picture {
    // Part of the page, so that it takes the page's colours, light or dark.
    case .svg(let text): return "<figure>\(text)</figure>\n"
    case .png(let bytes):
      let title = figure.title.map { "<figcaption>\($0.xmlEscaped)</figcaption>" } ?? ""
      return
        "<figure>\(title)<img src=\"data:image/png;base64,\(Data(bytes).base64EncodedString())\" "
        + "alt=\"\(figure.description.xmlEscaped)\"></figure>\n"
    }
  }

  /// Figures of characters keep their lines; words that are longer than any figure are wrapped.
  private static func output(_ text: String, kind: String = "output") -> String {
    let isWide = text.split(separator: "\n").contains { $0.count > 100 }
    let kind = isWide ? kind + " words" : kind
    return "<pre class=\"\(kind)\" tabindex=\"0\" aria-label=\"Output\">\(text.xmlEscaped)</pre>\n"
  }
}

extension Lesson {
  /// The number that its name begins with, as it is written there.
  fileprivate var digits: String { String(name.prefix { $0.isASCII && $0.isNumber }) }

  /// Every word of the lesson once, in lower case, for the search of the index.
  fileprivate var searchWords: String {
    var text = "\(title) \(frontMatter.summary ?? "") "
    for block in blocks {
      switch block {
      case .prose(let prose): text += prose.text + " "
      case .cell(let cell) where cell.role == .code: text += cell.content + " "
      case .cell: break
      }
    }
    let words = text.lowercased()
      .split { !$0.isLetter && !$0.isNumber && $0 != "_" && $0 != "-" }
      .filter { $0.count > 1 }
      .map { String($0) }
    return Set(words).sorted().joined(separator: " ")
  }
}
