import Datasets
import Tensors
import Testing

@testable import Evaluation

/// What Tab offers, by where the cursor stands.
@Suite struct CompletionTests {
  private let session = Session(
    host: Host(
      engine: Engine(threads: 1, memoryLimit: 1 << 20), files: MemoryFiles(),
      datasets: DatasetLocation(folder: "/nowhere"), interruption: Interruption()))

  private func names(_ text: String) -> [String] {
    session.completions(in: text, at: text.utf8.count).candidates.map(\.replacement)
  }

  @Test(arguments: ["load \"da", "save x, \"da", "contents(\"da", "grid x, columns: 2, to: \"da"])
  func filesStandInTextsThatNameThem(text: String) {
    let found = session.completions(in: text, at: text.utf8.count)
    #expect(found.wantsFiles && found.candidates.isEmpty)
    #expect(text.utf8.count - found.start == 2)
  }

  @Test(arguments: ["print \"dig", "plot x, title: \"dig", "x = 1 # dig", "load \"a\" # dig"])
  func nothingStandsInOtherTextsAndComments(text: String) {
    let found = session.completions(in: text, at: text.utf8.count)
    #expect(found.candidates.isEmpty && !found.wantsFiles)
  }

  @Test(arguments: ["dig", "print \"loss {dig", "print \"a\", dig", "print \"# {1}\", dig"])
  func namesStandInPrograms(text: String) {
    #expect(names(text) == ["digits8"])
  }

  @Test func symbolsStandAnywhere() {
    #expect(names("print \"\\mu") == ["μ"])
    #expect(names("\\sigma") == ["σ"])
  }

  @Test func optionsOfTheCallComeFirst() {
    #expect(names("grid(x, col") == ["columns: "])
  }
}
