import Notebook

/// A place in a lesson at which the learner goes on by hand: a cell, an exercise, or the end.
package struct LessonStop: Sendable {
  package enum Step: Sendable {
    /// The block's index.
    case cell(Int)
    case exercise(Exercise)
    case end
  }

  /// The index of its block; the end has none.
  package var blockIndex: Int? {
    switch step {
    case .cell(let index): index
    case .exercise(let exercise): exercise.start
    case .end: nil
    }
  }

  /// What there is to read before it.
  package let prose: String
  package let step: Step
}

extension Lesson {
  /// The stops from top to bottom; the last is the end.
  package var stops: [LessonStop] {
    let exercises = Dictionary(
      exercises.map { ($0.start, $0) }, uniquingKeysWith: { first, _ in first })
    var stops: [LessonStop] = []
    var prose = ""
    for (index, block) in blocks.enumerated() {
      switch block {
      case .prose(let text): prose += text.text
      case .cell(let cell):
        let step: LessonStop.Step
        if let exercise = exercises[index] {
          step = .exercise(exercise)
        } else if cell.role == .code {
          step = .cell(index)
        } else {
          continue
        }
        stops.append(LessonStop(prose: prose, step: step))
        prose = ""
      }
    }
    return stops + [LessonStop(prose: prose, step: .end)]
  }
}
