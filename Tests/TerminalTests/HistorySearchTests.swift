import Testing

@testable import Terminal

@Suite struct HistorySearchTests {
  private static let inputs = [
    "sum([1, 2]^2)", "fn f(μ) {\n  μ^2\n}", "x*3", "print \"😀\"", "x*3", "Mean(x̂)", "xx3",
  ]

  private func search(_ parts: String...) -> HistorySearch {
    var search = HistorySearch(Self.inputs)
    for part in parts {
      if part == "<" { search.goBack() } else { search.add(part) }
    }
    return search
  }

  @Test func findsWhatIsTypedAndNoPattern() {
    #expect(search("x*3").found == "x*3")
    #expect(search("sum([").found == "sum([1, 2]^2)")
    #expect(search("😀").found == "print \"😀\"")
    #expect(search("f(", "μ").found == "fn f(μ) {\n  μ^2\n}")
    #expect(search("x", "*").found == "x*3")
  }

  @Test func smallLettersFindCapitalOnes() {
    #expect(search("mean").found == "Mean(x̂)")
    #expect(search("SUM").found == nil)
  }

  @Test func goesBackOverEqualInputs() {
    #expect(search("3", "<").found == "x*3")
    #expect(search("3", "<", "<").isMissing)
    #expect(search("3", "<", "<").found == "x*3")
    #expect(search("2", "<").found == "sum([1, 2]^2)")
  }

  @Test func whatIsMissingLeavesWhatWasFound() {
    var search = search("x*", "9")
    #expect(search.isMissing)
    #expect(search.found == "x*3")
    search.removeLast()
    #expect(!search.isMissing)
    #expect(search.words == "x*")
    for _ in 0..<3 { search.removeLast() }
    #expect(search.found == nil)
  }

  @Test func anEmptyHistoryHasNothing() {
    var search = HistorySearch([])
    search.add("x")
    search.goBack()
    #expect(search.found == nil)
    #expect(search.isMissing)
  }
}
