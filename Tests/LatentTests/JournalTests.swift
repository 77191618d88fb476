import Datasets
import Evaluation
import Foundation
import Syntax
import Testing

@testable import latent

@Suite final class JournalTests {
  private let folder = FileManager.default.temporaryDirectory
    .appending(path: "latent-\(UUID())").path

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  private func host() throws -> Evaluation.Host {
    try SessionOptions.parse(["--threads", "1"]).makeHost(interruption: Interruption())
  }

  private func state(_ programs: String...) throws -> PromptState {
    var state = PromptState(session: Session(host: try host(), seed: 7), page: Page(seed: 7))
    for program in programs { _ = state.run(Source(name: "prompt", text: program)) }
    return state
  }

  @Test func aSessionAndItsPageComeBack() throws {
    var state = try state("x = randn(3)", "6 * 7", "[1, 2", "s = \"μ\"")
    state.page.path = "a page.md"
    // Nobody holds the lock once the journal is gone, as when a process ends.
    #expect(Journal(folder: folder).keep(state))
    let (back, file) = try #require(Journal.recover(try host(), in: folder))
    #expect(back.page.markdown == state.page.markdown)
    #expect(back.page.cellCount == 4)
    #expect(back.page.path == "a page.md")
    var (one, other) = (state, back)
    let program = Source(name: "prompt", text: "sum(x) + _ + randn(1)[0]")
    #expect(
      one.run(program).outputs.map { "\($0)" } == other.run(program).outputs.map { "\($0)" })
    Journal.remove(file)
    #expect(Journal.recover(try host(), in: folder) == nil)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
  }

  @Test func aPromptThatRunsIsNotLeftBehind() throws {
    let journal = Journal(folder: folder)
    #expect(journal.keep(try state("x = 1")))
    #expect(Journal.leftBehind(in: folder) == [])
    journal.remove()
    #expect(Journal.leftBehind(in: folder) == [])
  }

  @Test func aDamagedJournalIsSetAside() throws {
    #expect(Journal(folder: folder).keep(try state("x = 1")))
    let path = try #require(Journal.leftBehind(in: folder).first)
    let bytes = try SystemFiles.contents(of: path, calledBy: path)
    for end in stride(from: 0, to: bytes.count, by: 5) {
      try SystemFiles().write(Array(bytes[..<end]), to: path)
      #expect(Journal.recover(try host(), in: folder) == nil)
    }
    #expect(SystemFiles.realPath(path + ".damaged-2") != nil)
  }

  @Test func aPageSaysItsSeed() throws {
    #expect(try state("randn(2)").page.markdown.hasPrefix("---\nseed: 7\n---\n\n```latent\n"))
    #expect(Page(seed: 0).markdown == "")
  }
}
