import Testing

@testable import Notebook

@Suite struct CurriculumTests {
  private func lesson(_ name: String, needs: String = "") -> Lesson {
    LessonParser.parse(
      "---\ntitle: T\nneeds: [\(needs)]\n---\n", path: "Lessons/\(name).md")
  }

  private var curriculum: Curriculum {
    Curriculum([
      lesson("10-gans", needs: "02-generative"), lesson("02-generative", needs: "00-start"),
      lesson("00-start"), lesson("README"),
    ])
  }

  @Test func ordersLessonsByName() {
    #expect(curriculum.lessons.map(\.name) == ["00-start", "02-generative", "10-gans"])
    #expect(curriculum.findings.isEmpty)
    #expect(curriculum.lesson(before: "02-generative")?.name == "00-start")
    #expect(curriculum.lesson(after: "02-generative")?.name == "10-gans")
    #expect(curriculum.lesson(after: "10-gans") == nil)
    #expect(curriculum.lesson(before: "none") == nil)
  }

  @Test(arguments: [
    ("2", "02-generative"), ("02", "02-generative"), ("gans", "10-gans"),
    ("Lessons/10-gans.md", "10-gans"), ("gen", "02-generative"), ("00-s", "00-start"),
    ("start", "00-start"),
  ])
  func findsTheLessonThatIsMeant(_ word: String, _ name: String) {
    #expect(curriculum.lesson(matching: word)?.name == name)
  }

  @Test func findsNoLessonThatCouldBeTwo() {
    #expect(curriculum.lesson(matching: "7") == nil)
    #expect(curriculum.lesson(matching: "") == nil)
  }

  @Test func namesWhatIsMissing() {
    #expect(curriculum.missingNeeds(of: "10-gans", finished: []).map(\.name) == ["02-generative"])
    #expect(curriculum.missingNeeds(of: "10-gans", finished: ["02-generative"]).isEmpty)
  }

  @Test func findsUnknownNeedsAndCycles() {
    let curriculum = Curriculum([
      lesson("1", needs: "2, 9"), lesson("2", needs: "3"), lesson("3", needs: "1"),
      lesson("4", needs: "4"), lesson("5", needs: "1"),
    ])
    #expect(
      curriculum.findings.map(\.headline) == [
        "Lessons/1.md:3: this lesson needs 9, which does not exist",
        "Lessons/1.md:3: this lesson needs itself by way of 2, 3",
        "Lessons/2.md:3: this lesson needs itself by way of 1, 3",
        "Lessons/3.md:3: this lesson needs itself by way of 1, 2",
        "Lessons/4.md:3: this lesson needs itself",
      ])
  }
}
