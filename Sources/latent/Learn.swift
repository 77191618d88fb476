import ArgumentParser
import Datasets
import Evaluation
import Notebook
import Rendering
import Syntax
import Terminal

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Guided lessons.
struct Learn: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Walk through a lesson cell by cell, or choose one from the menu.",
    discussion: """
      Enter runs the next cell; anything else is evaluated, and cannot break the lesson. At an \
      exercise the prompt takes the answer: :hint, :solution and :skip help. Leave with :quit or \
      Ctrl-D; the lesson goes on where you left, with variables and weights as they were.

      examples:
        latent learn           the menu
        latent learn 4         the lesson of this number
        latent learn gans      the lesson whose name begins so
      """)

  @ArgumentParser.Argument(
    help: ArgumentHelp("A number, the beginning of a name, or a file.", valueName: "lesson"),
    completion: .shellCommand("latent completions --lessons 2>/dev/null"))
  var lesson: String?

  @Flag(help: "Begin the lesson again.")
  var again = false

  @OptionGroup var figures: FigureOptions
  @OptionGroup var options: SessionOptions

  func run() throws {
    try onLargeStack {
      let shelf = try LessonShelf()
      guard let word = lesson else {
        return try Classroom(Console(options, figures), shelf).offerMenu()
      }
      let lesson = try shelf.lesson(matching: word)
      try Classroom(Console(options, figures), shelf).teach(lesson, again: again)
    }
  }
}

/// The lessons that there are, and how far the learner is in each.
struct LessonShelf {
  let curriculum: Curriculum

  /// A file that is no text is left out; the others can still be learned.
  init() throws {
    let files = try LessonFiles.files(at: [Machine.lessons]).filter { !$0.contains("/guides/") }
    curriculum = Curriculum(
      files.compactMap { path in
        (try? Input.text(of: path)).map { LessonParser.parse($0, path: path) }
      })
  }

  /// What Tab offers where a lesson is named.
  var names: [Completions.Candidate] {
    curriculum.lessons.map { .init(replacement: $0.name, summary: $0.title) }
  }

  /// The name under which a lesson's progress is kept.
  func key(of lesson: Lesson) -> LessonKey {
    LessonKey(lesson, isOnShelf: holds(lesson))
  }

  func holds(_ lesson: Lesson) -> Bool {
    curriculum.lessons.contains { $0.path == lesson.path }
  }

  /// A file is what it says, even if a lesson here has the same name.
  func lesson(matching word: String) throws -> Lesson {
    if word.hasSuffix(".md"), let file = SystemFiles.realPath(word) {
      let known = curriculum.lessons.first { SystemFiles.realPath($0.path) == file }
      return try known ?? LessonParser.parse(try Input.text(of: word), path: word)
    }
    if let lesson = curriculum.lesson(matching: word) { return lesson }
    StandardStream.error.write(
      "latent: there is no lesson `\(word)`; `latent learn` lists what there is\n")
    throw Input.missing
  }
}

extension Machine {
  /// The folder of lessons: LATENT_LESSONS, else `Lessons` here, else beside the data sets.
  static var lessons: String {
    if let folder = environment("LATENT_LESSONS") { return folder }
    if access("Lessons/README.md", F_OK) == 0 { return "Lessons" }
    return assets.hasSuffix("/Assets") ? assets.dropLast("Assets".count) + "Lessons" : "Lessons"
  }
}
