#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// How far a learner has come, as it is kept between sessions.
package struct Progress: Sendable, Hashable {
  /// By lesson name.
  package var lessons: [String: LessonProgress]

  package init(lessons: [String: LessonProgress] = [:]) {
    self.lessons = lessons
  }

  package subscript(lesson: String) -> LessonProgress {
    get { lessons[lesson] ?? LessonProgress() }
    set { lessons[lesson] = newValue }
  }

  /// Takes over how far a lesson is now. Exercises that were solved before stay solved, and what
  /// was finished once stays finished.
  package mutating func keep(_ own: LessonProgress, of lesson: String) {
    var merged = own
    if let before = lessons[lesson] {
      merged.exercises.merge(before.exercises) { $0.merged(with: $1) }
      merged.startedAt = [own.startedAt, before.startedAt].compactMap(\.self).min()
      merged.lastSeenAt = [own.lastSeenAt, before.lastSeenAt].compactMap(\.self).max()
      merged.finishedAt = [own.finishedAt, before.finishedAt].compactMap(\.self).min()
    }
    lessons[lesson] = merged
  }

  package var finishedLessons: Set<String> {
    Set(lessons.filter { $0.value.finishedAt != nil }.keys)
  }

  /// The state as JSON text with a version, keys in order, one newline at the end.
  package var encoded: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let document = Document(version: Self.version, lessons: lessons)
    // Dictionaries of strings, whole numbers and lists always encode.
    let data = (try? encoder.encode(document)) ?? Data()
    return String(decoding: data, as: UTF8.self) + "\n"
  }

  /// Throws: `ProgressError`; the caller sets the file aside and begins anew.
  package init(encoded: String) throws(ProgressError) {
    let decoder = JSONDecoder()
    let data = Data(encoded.utf8)
    guard let header = try? decoder.decode(Header.self, from: data) else {
      throw .unreadable
    }
    guard header.version <= Self.version else { throw .newer(version: header.version) }
    guard let document = try? decoder.decode(Document.self, from: data) else {
      throw .unreadable
    }
    lessons = document.lessons
  }

  private static let version = 1

  private struct Header: Decodable {
    let version: Int
  }

  private struct Document: Codable {
    let version: Int
    let lessons: [String: LessonProgress]
  }
}

/// How far a learner has come in one lesson. Times are seconds since 1970.
package struct LessonProgress: Sendable, Hashable, Codable {
  /// Numbers of the cells that ran or were skipped.
  package var doneCells: Set<Int>
  /// By exercise id.
  package var exercises: [String: ExerciseProgress]
  package var startedAt: Int?
  package var lastSeenAt: Int?
  package var finishedAt: Int?

  package init(
    doneCells: Set<Int> = [], exercises: [String: ExerciseProgress] = [:], startedAt: Int? = nil,
    lastSeenAt: Int? = nil, finishedAt: Int? = nil
  ) {
    self.doneCells = doneCells
    self.exercises = exercises
    self.startedAt = startedAt
    self.lastSeenAt = lastSeenAt
    self.finishedAt = finishedAt
  }

  package var status: Status {
    if finishedAt != nil { return .finished }
    return doneCells.isEmpty && exercises.isEmpty ? .untouched : .begun
  }

  package enum Status: Sendable, Hashable {
    case untouched, begun, finished
  }

  private enum Keys: String, CodingKey {
    case doneCells, exercises, startedAt, lastSeenAt, finishedAt
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Keys.self)
    doneCells = Set(try container.decode([Int].self, forKey: .doneCells))
    exercises = try container.decode([String: ExerciseProgress].self, forKey: .exercises)
    startedAt = try container.decodeIfPresent(Int.self, forKey: .startedAt)
    lastSeenAt = try container.decodeIfPresent(Int.self, forKey: .lastSeenAt)
    finishedAt = try container.decodeIfPresent(Int.self, forKey: .finishedAt)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Keys.self)
    // In order, so that the same progress is the same text.
    try container.encode(doneCells.sorted(), forKey: .doneCells)
    try container.encode(exercises, forKey: .exercises)
    try container.encodeIfPresent(startedAt, forKey: .startedAt)
    try container.encodeIfPresent(lastSeenAt, forKey: .lastSeenAt)
    try container.encodeIfPresent(finishedAt, forKey: .finishedAt)
  }
}

/// What a learner did with an exercise.
package struct ExerciseProgress: Sendable, Hashable, Codable {
  package var attempts: Int
  package var hintsSeen: Int
  package var outcome: Outcome?

  package init(
    attempts: Int = 0, hintsSeen: Int = 0, outcome: Outcome? = nil
  ) {
    self.attempts = attempts
    self.hintsSeen = hintsSeen
    self.outcome = outcome
  }

  /// The better of both.
  fileprivate func merged(with other: ExerciseProgress) -> ExerciseProgress {
    let ranking: [Outcome?] = [.solved, .shown, .skipped]
    return ExerciseProgress(
      attempts: max(attempts, other.attempts), hintsSeen: max(hintsSeen, other.hintsSeen),
      outcome: ranking.first { $0 == outcome || $0 == other.outcome } ?? nil)
  }

  package enum Outcome: String, Sendable, Hashable, Codable {
    /// The learner's own answer passed the check.
    case solved
    /// The learner looked at the solution.
    case shown
    case skipped
  }
}

/// Why a text is no progress.
package enum ProgressError: Error, Hashable {
  case unreadable
  /// A newer Latent wrote it; setting it aside would lose it for that one.
  case newer(version: Int)
}
