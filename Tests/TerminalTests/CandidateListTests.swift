import Evaluation
import Testing
import Typography

@testable import Terminal

@Suite struct CandidateListTests {
  @Test func namesRunDownTheColumns() {
    #expect(
      CandidateList.columns(["a", "bb", "ccc", "d", "e"], width: 12) == ["a    d", "bb   e", "ccc"])
    #expect(CandidateList.columns(["a", "b"], width: 80) == ["a  b"])
    #expect(CandidateList.columns([], width: 80) == [])
  }

  @Test func columnsCountCellsNotScalars() {
    #expect(CandidateList.columns(["x̂", "日", "c"], width: 80) == ["x̂   日  c"])
  }

  @Test(arguments: [1, 5, 20, 60, 80, 200])
  func linesFitTheWidth(width: Int) {
    let names = (0..<50).map { "value_\($0)" }
    let lines = CandidateList.columns(names, width: width)
    #expect(lines.allSatisfy { DisplayWidth.of($0) <= width })
  }

  @Test func fewCandidatesAreDescribed() {
    let candidates = [
      Completions.Candidate(replacement: "sum", summary: "adds up all elements"),
      Completions.Candidate(replacement: "softmax", summary: "normalized exponentials"),
      Completions.Candidate(replacement: "s"),
    ]
    #expect(
      CandidateList.lines(candidates, width: 20, height: 10)
        == ["sum      adds up al…", "softmax  normalized…", "s"])
  }

  @Test func longListsEndWithACount() {
    let candidates = (0..<30).map { Completions.Candidate(replacement: "long_name_\($0)") }
    let lines = CandidateList.lines(candidates, width: 14, height: 5)
    #expect(lines.count == 5)
    #expect(lines.last == "… 26 more lines; type more letters")
  }
}
