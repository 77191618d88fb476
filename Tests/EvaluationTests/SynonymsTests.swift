import Testing

@testable import Evaluation

@Suite struct SynonymsTests {
  private static let rows = Synonyms.table.flatMap { entry, words in
    words.split(separator: ",").map { (word: String($0.drop { $0 == " " }), entry: entry) }
  }

  @Test func everyWordLeadsToAnEntry() {
    for (word, entry) in SynonymsTests.rows {
      #expect(Help.words.contains(entry), "\(word) leads to \(entry), which has no entry")
      #expect(Help.text(for: word)?.contains("see \(entry)") == true, "\(word)")
    }
  }

  @Test func noWordLeadsToTwoEntries() {
    let counts = Dictionary(grouping: SynonymsTests.rows, by: \.word).filter { $0.value.count > 1 }
    #expect(counts.isEmpty, "\(counts.keys.sorted())")
  }

  @Test(arguments: [
    "len", "gradient", "model", "list", "broadcasting", "loss", "vae", "import", "string",
    "record", "function", "index", "optimizer", "array", "shape", "if", "print", "VAE", "ReLU",
    "learning rate", "exit",
  ])
  func aLearnerFindsSomething(word: String) {
    #expect(Help.text(for: word) != nil)
  }

  @Test func whatNobodyKnowsHasNoEntry() {
    #expect(Help.text(for: "zyxwv") == nil)
  }
}
