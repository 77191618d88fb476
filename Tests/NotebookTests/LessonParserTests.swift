import Foundation
import Testing

@testable import Notebook

func lesson(_ text: String, path: String = "Lessons/04-autoencoders.md") -> Lesson {
  LessonParser.parse(text, path: path)
}

extension Lesson {
  var messages: [String] { findings.map { "\($0.line): \($0.message)" } }
  var roles: [Cell.Role] { cells.map(\.cell.role) }
}

@Suite struct LessonParserTests {
  static let whole = """
    ---
    title: Autoencoders and the bottleneck
    summary: Squeeze 784 pixels through 2 numbers.
    minutes: 12
    seed: 4
    needs: [02-generative-modelling, 03-latent-variables]
    ---
    # Autoencoders

    ```latent
    enc = mlp(784, 256, 2)
    ```
    ```output
    mlp 784 → 256 → 2
    ```

    ```latent exercise bottleneck
    # Change it.
    ```
    ```latent hint
    mlp takes layer sizes in order.
    ```
    ```latent solution
    enc5 = mlp(784, 256, 5)
    ```
    ```latent wrong "expected [1, 5]"
    enc5 = enc
    ```
    ```latent check
    expect shape(enc5(zeros(1, 784))) == [1, 5]
    ```

    """

  @Test func readsTheFrontMatter() {
    let matter = lesson(Self.whole).frontMatter
    #expect(matter.title == "Autoencoders and the bottleneck")
    #expect(matter.summary == "Squeeze 784 pixels through 2 numbers.")
    #expect(matter.minutes == 12)
    #expect(matter.seed == 4)
    #expect(matter.needs == ["02-generative-modelling", "03-latent-variables"])
  }

  @Test func readsCellsWithTheirPlaces() {
    let lesson = lesson(Self.whole)
    #expect(lesson.findings.isEmpty)
    #expect(
      lesson.roles == [
        .code, .exercise(id: "bottleneck"), .hint, .solution, .wrong(words: "expected [1, 5]"),
        .check,
      ])
    #expect(lesson.cells.map(\.cell.number) == [1, 2, 3, 4, 5, 6])
    #expect(lesson.cells[0].cell.firstLine == 10)
    #expect(lesson.cells[0].cell.content == "enc = mlp(784, 256, 2)")
    #expect(lesson.output(after: lesson.cells[0].index)?.cell.content == "mlp 784 → 256 → 2")
    let source = lesson.source(of: lesson.cells[0].cell)
    #expect(source.name == "04-autoencoders.md")
    #expect(source.firstLine == 11)
  }

  @Test func groupsExercises() {
    let lesson = lesson(Self.whole)
    let exercise = lesson.exercises[0]
    #expect(lesson.exercises.count == 1)
    #expect(exercise.id == "bottleneck")
    #expect(exercise.hints.count == 1)
    #expect(exercise.solution != nil && exercise.check != nil && exercise.wrongs.count == 1)
    #expect(exercise.cells.count == 5)
  }

  @Test(arguments: [
    "", "\n", "no newline", "---", "---\n", "---\r\ntitle: x\r\n---\r\n", "```", "```latent",
    "~~~latent\nx\n~~~\n", "````markdown\n```latent\nx\n```\n````\n",
    "- a\n  ```latent\n  x\n  ```",
    "\u{FEFF}---\ntitle: a\n---\n", "```latent\r\nx\r\n```\r\n", "a\r\r\nb", "\t```latent\nx\n",
    "```latent\ne\u{301}\n```", "<!--\n```latent\n```\n", whole,
  ])
  func printsWhatItRead(_ text: String) {
    #expect(LessonPrinter.print(lesson(text)).hasSameBytes(as: text))
  }

  @Test func printsWhatItReadWhateverTheText() {
    for seed in 0..<4_000 {
      var generator = RandomLesson(seed: UInt64(seed))
      let text = generator.text()
      let printed = LessonPrinter.print(lesson(text))
      #expect(printed.hasSameBytes(as: text), "seed \(seed)")
    }
  }

  @Test func printsEveryMarkdownFileOfTheRepository() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let files = try #require(
      FileManager.default.enumerator(
        at: root, includingPropertiesForKeys: nil, options: .skipsHiddenFiles))
    var count = 0
    for case let file as URL in files where file.pathExtension == "md" {
      let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
      #expect(LessonPrinter.print(lesson(text)).hasSameBytes(as: text), "\(file.path)")
      count += 1
    }
    #expect(count > 10)
  }

  @Test func takesTheIndentationOfTheFenceOffEachLine() {
    let lesson = lesson("- list\n\n  ```latent\n  a\n    b\n c\n  ```\n")
    #expect(lesson.cells[0].cell.content == "a\n  b\nc")
  }

  @Test func joinsLinesOfAnyEndingWithOneKind() {
    #expect(lesson("```latent\r\na\r\n\r\nb\n```").cells[0].cell.content == "a\n\nb")
  }

  @Test func longFencesHideShortOnes() {
    let lesson = lesson("````markdown\n```latent\nx\n```\n````\n~~~\n```latent\n~~~\n")
    #expect(lesson.cells.isEmpty)
    #expect(lesson.blocks.count == 1)
    #expect(lesson.findings.isEmpty)
  }

  @Test func commentsHideCells() {
    #expect(lesson("<!--\n```latent\nx\n```\n-->\n```latent\ny\n```\n").cells.count == 1)
  }

  @Test func anOutputMayFollowAfterBlankLines() {
    let near = lesson("```latent\n1\n```\n\n  \n```output\n1\n```\n")
    #expect(near.output(after: 0)?.index == 2)
    #expect(near.findings.isEmpty)
    let far = lesson("```latent\n1\n```\ntext\n```output\n1\n```\n")
    #expect(far.output(after: 0) == nil)
    #expect(far.messages == ["5: this output follows no cell that prints"])
  }

  @Test func readsOptions() {
    let lesson = lesson("```latent volatile error skip\n```\n```output volatile\n```\n")
    #expect(lesson.cells[0].cell.options == [.volatile, .error, .skip])
    #expect(lesson.output(after: 0)?.cell.role == .output(isVolatile: true))
  }

  @Test(arguments: [
    (
      "```latent excercise a\n```",
      "1: a cell knows no word excercise; it may say exercise, hint, "
        + "solution, check, wrong, volatile, error or skip"
    ),
    ("```output loud\n```", "1: an output knows no word loud, only volatile"),
    ("text\n```latent hint\n```", "2: this hint stands under no exercise"),
    ("```latent\n1", "1: this cell is never closed: write ``` below it"),
    ("---\ntitle: a\n", "1: the front matter is never closed: write --- on a line below it"),
    ("---\nminutes: soon\n---\n", "2: minutes is not a number above 0"),
    ("---\nseed: -1\n---\n", "2: seed is not a whole number from 0 on"),
    (
      "---\nneeds: 02\n---\n",
      "2: needs is not a list of lesson names such as [02-generative-modelling]"
    ),
    ("---\ntitle: a\ntitle: b\n---\n", "3: title stands twice in the front matter"),
    (
      "---\nauthor: a\n---\n",
      "2: the front matter knows no author; it has title, summary, minutes, seed, limit and needs"
    ),
  ])
  func saysWhereSomethingIsWrong(_ text: String, _ message: String) {
    #expect(lesson(text).messages.contains(message), "\(lesson(text).messages)")
  }

  @Test func findsIncompleteAndRepeatedExercises() {
    let text = """
      ```latent exercise a
      ```
      ```latent solution
      ```
      ```latent solution
      ```
      ```latent exercise a
      ```
      """
    #expect(
      lesson(text).messages == [
        "1: the exercise a has no check",
        "5: this solution is the second of its exercise",
        "7: the exercise a stands twice in this lesson",
        "7: the exercise a has no solution",
        "7: the exercise a has no check",
      ])
  }

  @Test func titlesComeFromFrontMatterHeadingOrName() {
    #expect(lesson("---\ntitle: 'A: b'\n---\n# C\n").title == "A: b")
    #expect(lesson("text\n# C d\n").title == "C d")
    #expect(lesson("").title == "04-autoencoders")
  }
}
