import Evaluation
import Syntax

/// What a careful author wants to know of a lesson before anybody else reads it.
///
/// What only a run can show, such as an output left unpromoted or a check that accepts a wrong
/// answer, is a finding of `Runner`.
package struct LessonLint {
  private let lesson: Lesson
  /// Whether a file exists, by its path relative to the lesson's folder.
  private let fileExists: (String) -> Bool
  /// The headings of another lesson as addresses, by the same path; nil if there is no such file.
  private let anchors: (String) -> Set<String>?
  private var findings: [Finding]

  /// The lesson's findings, those of its parser first, in order of lines.
  package static func findings(
    in lesson: Lesson, fileExists: (String) -> Bool, anchors: (String) -> Set<String>?
  ) -> [Finding] {
    withoutActuallyEscaping(fileExists) { fileExists in
      withoutActuallyEscaping(anchors) { anchors in
        var lint = LessonLint(
          lesson: lesson, fileExists: fileExists, anchors: anchors, findings: lesson.findings)
        lint.lintFrontMatter()
        lint.lintExercises()
        lint.lintCurriculum()
        lint.lintHeadings()
        lint.lintProse()
        return lint.findings.sorted { $0.line < $1.line }
      }
    }
  }

  /// A lesson reads at about this many words a minute when its reader also thinks.
  private static let wordsPerMinute = 100.0
  /// Running a cell and looking at what it shows, and answering an exercise.
  private static let minutesPerCell = 0.4
  private static let minutesPerExercise = 2.0

  private mutating func lintFrontMatter() {
    let matter = lesson.frontMatter
    for (value, key) in [(matter.title, "title"), (matter.summary, "summary")] where value == nil {
      add(.frontMatter, line: 1, "the front matter has no \(key)")
    }
    guard let minutes = matter.minutes else {
      return add(.minutes, line: 1, "the front matter does not say how many minutes it takes")
    }
    let estimate = estimatedMinutes
    if minutes < estimate / 2.5 || minutes > max(5, estimate * 4) {
      add(
        .minutes, line: keyLine("minutes"),
        "the lesson says \(minutes.shortest) minutes, but its text and cells take about "
          + "\(max(1, estimate).decimal(digits: 0))")
    }
  }

  private var estimatedMinutes: Double {
    var words = 0
    var cells = 0
    for case .prose(let prose) in lesson.blocks {
      words += prose.text.split(whereSeparator: \.isWhitespace).count
    }
    for (_, cell) in lesson.cells where cell.role == .code { cells += 1 }
    return Double(words) / Self.wordsPerMinute + Double(cells) * Self.minutesPerCell
      + Double(lesson.exercises.count) * Self.minutesPerExercise
  }

  private func keyLine(_ key: String) -> Int {
    let lines = lesson.frontMatter.text.textLines
    return (lines.firstIndex { $0.content.hasPrefix("\(key):") } ?? 0) + 1
  }

  private mutating func lintExercises() {
    for exercise in lesson.exercises {
      guard let start = lesson.cell(at: exercise.start) else { continue }
      if exercise.hints.isEmpty {
        add(.exercise, start, "the exercise \(exercise.id) has no hint")
      }
      if exercise.wrongs.isEmpty {
        add(
          .exercise, start,
          "the exercise \(exercise.id) has no wrong answer that its check must refuse")
      }
      if start.content.trimmed.isEmpty {
        add(.exercise, start, "the exercise \(exercise.id) does not say what to do")
      }
      let solution = exercise.solution.flatMap(lesson.cell(at:))
      if let solution, solution.content.trimmed == start.content.trimmed {
        add(.exercise, solution, "this solution is the untouched exercise")
      }
    }
  }

  // MARK: What a lesson of the curriculum has

  private static let plotting: Set = [
    "plot", "scatter", "hist", "bars", "heatmap", "contour", "density", "arrows", "confusion",
    "losses",
  ]

  /// A lesson with a number shows curves and samples, and holds the theory to account.
  private mutating func lintCurriculum() {
    guard lesson.number != nil else { return }
    let commands = lesson.commands
    for (isThere, what) in [
      (!commands.isDisjoint(with: Self.plotting), "plot"),
      (!commands.isDisjoint(with: ["grid", "show"]), "grid or row of samples"),
      (commands.contains("expect"), "expect that holds the theory to account"),
    ] where !isThere {
      add(.style, line: 1, "the lesson has no \(what)")
    }
    if lesson.exercises.isEmpty { add(.exercise, line: 1, "the lesson has no exercise") }
  }

  /// One heading of level 1, at the top, and no level left out below it.
  private mutating func lintHeadings() {
    var levels: [Int] = []
    for case .prose(let prose) in lesson.blocks {
      for heading in Markdown.headings(in: prose.text) {
        let line = prose.line(of: heading.text.plainText)
        let above = levels.last ?? 0
        if heading.level == 1, levels.contains(1) {
          add(.style, line: line, "this is a second heading of level 1")
        } else if heading.level > above + 1 {
          add(
            .style, line: line,
            above == 0
              ? "the first heading is of level \(heading.level), not 1"
              : "this heading of level \(heading.level) stands under one of level \(above)")
        }
        levels.append(heading.level)
      }
    }
    if levels.isEmpty { add(.style, line: 1, "the lesson has no heading") }
  }

  // MARK: Prose

  private mutating func lintProse() {
    let own = lesson.anchors
    for case .prose(let prose) in lesson.blocks {
      lintFences(prose)
      for inlines in Markdown.parse(prose.text).inlines {
        for url in inlines.urls { lintLink(url, ownAnchors: own, prose) }
        for latex in inlines.formulas { lintFormula(latex, prose) }
      }
      for case .formula(let latex) in Markdown.parse(prose.text) { lintFormula(latex, prose) }
    }
  }

  /// A cell that stands too deep, in a nested list for example, is prose and never runs.
  private mutating func lintFences(_ prose: Lesson.Prose) {
    var open: Fence?
    for (index, line) in prose.text.textLines.enumerated() {
      if let fence = open {
        if fence.isClosed(by: line) { open = nil }
      } else if let fence = Fence(opening: line) {
        open = fence
      } else if let fence = Fence(opening: line, deepestIndentation: 16),
        CellInfo.isCell(fence.info)
      {
        add(
          .deepFence, line: prose.firstLine + index,
          "this cell is indented by more than 3 spaces, so it is never run")
      }
    }
  }

  private mutating func lintLink(
    _ url: String, ownAnchors: Set<String>, _ prose: Lesson.Prose
  ) {
    if url.containsText("://") || url.hasPrefix("mailto:") { return }
    let line = prose.line(of: url)
    let parts = url.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
      .map(String.init)
    let path = parts[0]
    if !path.isEmpty, !fileExists(path) {
      return add(.link, line: line, "this link leads to \(path), which does not exist")
    }
    guard parts.count > 1, let known = path.isEmpty ? ownAnchors : anchors(path) else { return }
    if !known.contains(parts[1]) {
      add(.link, line: line, "this link leads to the heading #\(parts[1]), which does not exist")
    }
  }

  private mutating func lintFormula(_ latex: String, _ prose: Lesson.Prose) {
    if let imbalance = Formula.imbalance(in: latex) {
      let start = latex.textLines.first.map { String($0.content) } ?? latex
      add(.style, line: prose.line(of: start), "the formula \(start) has \(imbalance)")
    }
    for command in Formula(latex: latex).unknownCommands {
      add(
        .style, line: prose.line(of: command),
        "the formula uses \(command), which the terminal and the woven pages cannot show")
    }
  }

  private mutating func add(_ kind: Finding.Kind, line: Int, _ message: String) {
    let finding = Finding(kind, path: lesson.path, line: line, message: message)
    if !findings.contains(finding) { findings.append(finding) }
  }

  private mutating func add(_ kind: Finding.Kind, _ cell: Cell, _ message: String) {
    findings.append(lesson.finding(kind, at: cell, message))
  }
}

extension Lesson {
  /// The commands that its own cells begin statements with.
  fileprivate var commands: Set<String> {
    cells.reduce(into: []) { names, entry in
      guard entry.cell.role == .code else { return }
      let source = source(of: entry.cell)
      for part in Highlighter.highlights(source, commands: Builtin.commands)
      where part.role == .command {
        names.insert(source.slice(part.span))
      }
    }
  }

  /// The addresses of the headings, as GitHub and the woven pages make them.
  package var anchors: Set<String> {
    var anchors = AnchorMaker()
    var all: Set<String> = []
    for case .prose(let prose) in blocks {
      for heading in Markdown.headings(in: prose.text) {
        all.insert(anchors.anchor(for: heading.text.plainText))
      }
    }
    return all
  }
}

/// Makes the address of a heading from its words; a second heading of the same words gets `-1`,
/// and one of signs alone, such as `=>`, is a `section`, as an address must not be empty.
package struct AnchorMaker {
  private var uses: [String: Int] = [:]

  package init() {}

  package mutating func anchor(for heading: String) -> String {
    var anchor = ""
    for character in heading.lowercased() {
      if character == " " {
        anchor += "-"
      } else if character.isLetter || character.isNumber || character == "-" || character == "_" {
        anchor.append(character)
      }
    }
    if anchor.isEmpty { anchor = "section" }
    let count = uses[anchor, default: 0]
    uses[anchor] = count + 1
    return count == 0 ? anchor : "\(anchor)-\(count)"
  }
}

extension Lesson.Prose {
  /// The lesson's line on which `text` first stands.
  fileprivate func line(of needle: String) -> Int {
    let index = text.textLines.firstIndex { $0.content.containsText(needle) } ?? 0
    return firstLine + index
  }
}

extension Double {
  /// The number without a point if it is whole.
  var shortest: String { self == rounded() ? decimal(digits: 0) : decimal(digits: 1) }
}
