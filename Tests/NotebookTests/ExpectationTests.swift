import Testing

@testable import Notebook

@Suite struct ExpectationTests {
  @Test(arguments: [
    ("", "", true), ("a", "a", true), ("a", "b", false), ("", "a", false), ("a", "", false),
    ("...", "", true), ("...", "a b c", true), ("a ...", "a", true), ("... a", "b a", true),
    ("... a", "a b", false), ("a ... b", "a x y b", true), ("a ... a", "a", false),
    ("a ... a", "a a", true), ("... b c ...", "a b b c d", true), ("... b c ...", "b b b", false),
    ("a ... b ... c", "a c b c", true), ("a ... b ... c", "a c c", false),
    ("... ...", "", true), ("... a ... a ...", "x a y a z", true), ("... a ... a", "a", false),
    ("... a b a ... a b c ...", "a b a b a a b c", true),
  ])
  func matches(_ expected: String, _ received: String, _ isMatch: Bool) {
    let lines = { (text: String) in text.split(separator: " ").map(String.init) }
    #expect(Expectation(lines: lines(expected)).matches(lines(received)) == isMatch)
  }

  @Test func comparesBytes() {
    #expect(!Expectation(lines: ["\u{E9}"]).matches(["e\u{301}"]))
    #expect(!Expectation(lines: ["a"]).matches(["a "]))
  }

  @Test func aNewlineAtTheEndEndsTheLastLine() {
    #expect(Expectation.lines(of: "") == [])
    #expect(Expectation.lines(of: "a") == ["a"])
    #expect(Expectation.lines(of: "a\n") == ["a"])
    #expect(Expectation.lines(of: "a\n\n") == ["a", ""])
    #expect(Expectation.lines(of: "\n") == [""])
    #expect(Expectation.lines(of: "a\r\nb\r\r\n") == ["a", "b"])
  }

  @Test(.timeLimit(.minutes(1)))
  func manyWildcardsTakeLinearTime() {
    let expected = (0..<2_000).flatMap { _ in ["...", "a", "a", "b"] }
    let received = [String](repeating: "a", count: 200_000)
    #expect(!Expectation(lines: expected).matches(received))
    #expect(Expectation(lines: expected).matches(received.map { _ in "a" } + expected))
  }

  @Test func agreesWithATextbookMatcher() {
    func glob(_ pattern: ArraySlice<String>, _ text: ArraySlice<String>) -> Bool {
      guard let first = pattern.first else { return text.isEmpty }
      if first == "..." {
        return glob(pattern.dropFirst(), text) || (!text.isEmpty && glob(pattern, text.dropFirst()))
      }
      return text.first == first && glob(pattern.dropFirst(), text.dropFirst())
    }
    var state: UInt64 = 7
    func next(_ bound: UInt64) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % bound)
    }
    for _ in 0..<5_000 {
      let pattern = (0..<next(7)).map { _ in ["...", "a", "b"][next(3)] }
      let text = (0..<next(9)).map { _ in ["a", "b"][next(2)] }
      #expect(Expectation(lines: pattern).matches(text) == glob(pattern[...], text[...]))
      let steps = Alignment(expected: pattern, received: text).steps
      let isClean = steps.allSatisfy { step in
        switch step {
        case .same, .wildcard: true
        case .replaced, .removed, .added: false
        }
      }
      #expect(isClean == glob(pattern[...], text[...]), "\(pattern) \(text)")
    }
  }
}
