/// The cells of a lesson that a run is about, as its author names them.
package enum CellChoice: Sendable, Hashable {
  /// The number of a cell, from 1; outputs are not counted.
  case number(Int)
  /// All cells of the exercise of this name.
  case exercise(String)

  /// A number, or anything else as the name of an exercise.
  package init(_ word: String) {
    self = Int(word).map(CellChoice.number) ?? .exercise(word)
  }
}

extension Lesson {
  /// The numbers of the chosen cells; none if the lesson has no such cell.
  package func numbers(of choice: CellChoice) -> Set<Int> {
    switch choice {
    case .number(let number): Set(cells.map(\.cell.number)).intersection([number])
    case .exercise(let id):
      Set(
        exercises.filter { $0.id == id }.flatMap(\.cells).compactMap { cell(at: $0)?.number })
    }
  }

  /// What to say to who has chosen cells that the lesson has not.
  func missing(_ choice: CellChoice) -> String {
    switch choice {
    case .number(let number): "there is no cell \(number); the lesson has \(cells.count)"
    case .exercise(let id):
      exercises.isEmpty
        ? "there is no exercise \(id); the lesson has none"
        : "there is no exercise \(id); the lesson has "
          + exercises.map(\.id).joined(separator: ", ")
    }
  }
}
