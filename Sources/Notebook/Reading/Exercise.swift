/// An exercise cell with all that belongs to it; the numbers are indices into the lesson's blocks.
package struct Exercise: Sendable, Hashable {
  package var id: String
  /// What the learner starts from.
  package var start: Int
  package var hints: [Int]
  package var solution: Int?
  package var check: Int?
  package var wrongs: [Int]

  /// The indices of all its cells in order of the text.
  package var cells: [Int] {
    ([start] + hints + [solution, check].compactMap(\.self) + wrongs).sorted()
  }
}

extension Lesson {
  /// The exercises in order; each reaches up to the next exercise or plain cell.
  package var exercises: [Exercise] {
    var exercises: [Exercise] = []
    var isOpen = false
    for (index, cell) in cells {
      switch cell.role {
      case .exercise(let id):
        exercises.append(
          Exercise(id: id, start: index, hints: [], solution: nil, check: nil, wrongs: []))
        isOpen = true
      case .code: isOpen = false
      case _ where !isOpen: break
      case .hint: exercises[exercises.count - 1].hints.append(index)
      case .solution: exercises[exercises.count - 1].solution = index
      case .check: exercises[exercises.count - 1].check = index
      case .wrong: exercises[exercises.count - 1].wrongs.append(index)
      case .output: break
      }
    }
    return exercises
  }

  /// Findings about how the cells stand together; filled in by the parser.
  var structureFindings: [Finding] {
    strayFindings + exerciseFindings
  }

  private var strayFindings: [Finding] {
    var findings: [Finding] = []
    var outputIndices: Set<Int> = []
    var exercise: (hasSolution: Bool, hasCheck: Bool)?
    for (index, cell) in cells {
      if let output = output(after: index) {
        if cell.role.printsIntoLesson {
          outputIndices.insert(output.index)
        }
      }
      var isStray = false
      switch cell.role {
      case .code: exercise = nil
      case .exercise: exercise = (false, false)
      case .hint, .wrong: isStray = exercise == nil
      case .solution:
        isStray = exercise?.hasSolution ?? true
        exercise?.hasSolution = true
      case .check:
        isStray = exercise?.hasCheck ?? true
        exercise?.hasCheck = true
      case .output: break
      }
      if isStray {
        let reason = exercise == nil ? "stands under no exercise" : "is the second of its exercise"
        findings.append(finding(.strayBlock, at: cell, "this \(cell.role.name) \(reason)"))
      }
    }
    for (index, block) in blocks.enumerated() {
      guard case .cell(let cell) = block, cell.isOutput, !outputIndices.contains(index) else {
        continue
      }
      let message = "this output follows no cell that prints"
      findings.append(
        Finding(.strayBlock, path: path, line: cell.firstLine, message: message))
    }
    return findings
  }

  private var exerciseFindings: [Finding] {
    var findings: [Finding] = []
    var seen: Set<String> = []
    for exercise in exercises {
      guard case .cell(let cell) = blocks[exercise.start] else { continue }
      if !exercise.id.isEmpty, !seen.insert(exercise.id).inserted {
        findings.append(
          finding(.exercise, at: cell, "the exercise \(exercise.id) stands twice in this lesson"))
      }
      for (part, name) in [(exercise.solution, "solution"), (exercise.check, "check")]
      where part == nil {
        findings.append(
          finding(.exercise, at: cell, "the exercise \(exercise.id) has no \(name)"))
      }
    }
    return findings
  }

  func finding(
    _ kind: Finding.Kind, at cell: Cell, _ message: String, details: String? = nil
  ) -> Finding {
    Finding(
      kind, path: path, line: cell.firstLine, cell: cell.number, message: message,
      details: details)
  }
}

extension Cell.Role {
  /// Whether an output block may stand under a cell of this role.
  var printsIntoLesson: Bool {
    switch self {
    case .code, .solution, .check: true
    case .exercise, .hint, .wrong, .output: false
    }
  }
}
