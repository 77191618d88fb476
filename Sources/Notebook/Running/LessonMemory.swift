import Synchronization

/// What earlier runs of lessons came to, cell by cell, so that a lesson which is checked at every
/// save runs only from the first cell that has changed.
package final class LessonMemory<Session>: @unchecked Sendable {
  /// A session after a cell.
  struct Step {
    let session: Session
    let run: CellRun
  }

  private let lock = Mutex(())
  /// By path, then by all that led to a cell. A lesson is run by one thread at a time.
  private var steps: [String: [Int: Step]] = [:]

  package init() {}

  func steps(of path: String) -> [Int: Step] { lock.withLock { _ in steps[path] ?? [:] } }

  /// Forgets what the lesson was before.
  func keep(_ new: [Int: Step], of path: String) { lock.withLock { _ in steps[path] = new } }
}

/// Stands for all that has led to a place of a lesson: seed, programs, and the lines they stand in,
/// which errors name.
struct LessonTrail {
  private(set) var value: Int

  init(seed: UInt64?) { value = seed.hashValue }

  mutating func add(_ cell: Cell) {
    var hasher = Hasher()
    hasher.combine(value)
    hasher.combine(cell.firstLine)
    hasher.combine(cell.options.rawValue)
    hasher.combine(cell.content)
    value = hasher.finalize()
  }
}
