import Evaluation
import Testing

@testable import Terminal

@Suite struct CompletionStepTests {
  private func step(_ text: String, _ start: Int, _ names: [String]) -> CompletionStep {
    let candidates = names.map { Completions.Candidate(replacement: $0) }
    return CompletionStep(
      Completions(start: start, end: text.utf8.count, candidates: candidates), in: text)
  }

  @Test func nothingFits() {
    #expect(step("zz", 0, []) == .nothing)
    #expect(step("sum", 0, ["sum"]) == .nothing)
  }

  @Test func oneCandidateIsTaken() {
    #expect(step("x = su", 4, ["sum"]) == .replace(start: 4, end: 6, text: "sum"))
    #expect(step("μ \\mu", 3, ["μ"]) == .replace(start: 3, end: 6, text: "μ"))
  }

  @Test func commonPartIsTakenFirst() {
    #expect(step("so", 0, ["softmax", "softplus"]) == .replace(start: 0, end: 2, text: "soft"))
    guard case .ambiguous(let candidates) = step("soft", 0, ["softmax", "softplus"]) else {
      Issue.record("expected a choice")
      return
    }
    #expect(candidates.count == 2)
  }

  @Test func unrelatedCandidatesLeaveTheTextAlone() {
    guard case .ambiguous = step("\\s", 0, ["σ", "∑"]) else {
      Issue.record("expected a choice")
      return
    }
  }

  @Test func prefixesEndBetweenCharacters() {
    #expect(CompletionStep.commonPrefix("x\u{302}", "x") == "")
    #expect(CompletionStep.commonPrefix("μ1", "μ2") == "μ")
  }
}
