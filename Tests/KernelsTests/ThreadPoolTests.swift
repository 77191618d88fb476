import Synchronization
import Testing

@testable import Kernels

@Suite struct ThreadPoolTests {
  @Test(arguments: [1, 2, 3, 9])
  func everyIndexRunsOnce(threads: Int) {
    let pool = ThreadPool(threads: threads)
    #expect(pool.threads == threads)
    for count in [0, 1, 2, 3, 100, 1001] {
      let seen = KernelTest.storage(count: count, filledWith: 0)
      pool.run(count) { seen.buffer[$0] += 1 }
      #expect(KernelTest.array(seen).allSatisfy { $0 == 1 })
    }
  }

  @Test func hundredThousandTinyRuns() {
    let pool = ThreadPool(threads: 3)
    let total = Atomic<Int>(0)
    for _ in 0..<100_000 {
      pool.run(3) { total.add($0 + 1, ordering: .relaxed) }
    }
    #expect(total.load(ordering: .relaxed) == 600_000)
  }

  @Test func runsAfterWorkersFellAsleep() async throws {
    let pool = ThreadPool(threads: 3)
    let total = Atomic<Int>(0)
    for _ in 0..<20 {
      pool.run(5) { _ in total.add(1, ordering: .relaxed) }
      try await Task.sleep(for: .milliseconds(2))
    }
    #expect(total.load(ordering: .relaxed) == 100)
  }

  @Test func nestedRunsAreInline() {
    let pool = ThreadPool(threads: 2)
    let total = Atomic<Int>(0)
    pool.run(4) { _ in
      pool.run(5) { _ in total.add(1, ordering: .relaxed) }
    }
    #expect(total.load(ordering: .relaxed) == 20)
  }

  @Test func severalPoolsAndCallersAtOnce() async {
    let shared = ThreadPool(threads: 2)
    let counts = await withTaskGroup(of: Int.self) { group in
      for _ in 0..<4 {
        group.addTask {
          let own = ThreadPool(threads: 2)
          let total = Atomic<Int>(0)
          for _ in 0..<500 {
            own.run(3) { _ in total.add(1, ordering: .relaxed) }
            shared.run(3) { _ in total.add(1, ordering: .relaxed) }
          }
          return total.load(ordering: .relaxed)
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(counts == [3000, 3000, 3000, 3000])
  }

  @Test func poolsComeAndGo() {
    for _ in 0..<200 {
      let pool = ThreadPool(threads: 3)
      let total = Atomic<Int>(0)
      pool.run(3) { _ in total.add(1, ordering: .relaxed) }
      #expect(total.load(ordering: .relaxed) == 3)
    }
  }
}
