/// Which expected lines stand for which received ones, with as many equal lines as possible.
struct Alignment {
  enum Step: Hashable {
    case same(expected: Int, received: Int)
    /// A `...` and the lines it stands for.
    case wildcard(expected: Int, received: Range<Int>)
    case replaced(expected: Int, received: Int)
    case removed(expected: Int)
    case added(received: Int)
  }

  let steps: [Step]

  /// Largest table that is filled; beyond it the lines that differ are replaced as a whole.
  private static let largestTable = 4_000_000

  init(expected: [String], received: [String]) {
    var ids = LineIDs()
    let wildcard = ids.id(of: Expectation.wildcard)
    let old = expected.map { ids.id(of: $0) }
    let new = received.map { ids.id(of: $0) }

    var head = 0
    while head < old.count, head < new.count, old[head] == new[head], old[head] != wildcard {
      head += 1
    }
    var tail = 0
    while tail < old.count - head, tail < new.count - head,
      old[old.count - 1 - tail] == new[new.count - 1 - tail],
      old[old.count - 1 - tail] != wildcard
    {
      tail += 1
    }
    let oldMiddle = head..<(old.count - tail)
    let newMiddle = head..<(new.count - tail)
    let middle =
      (oldMiddle.count + 1) * (newMiddle.count + 1) <= Self.largestTable
      ? Self.aligned(old, oldMiddle, new, newMiddle, wildcard: wildcard)
      : oldMiddle.map { .removed(expected: $0) } + newMiddle.map { .added(received: $0) }
    steps =
      (0..<head).map { .same(expected: $0, received: $0) } + middle
      + (0..<tail).map { index in
        .same(expected: oldMiddle.upperBound + index, received: newMiddle.upperBound + index)
      }
  }

  private enum Move: UInt8 {
    case same, replaced, removed, added, absorbed, wildcardEnd
  }

  /// Equal lines count far more than anything else; a replaced line is better than a removed one,
  /// so that a changed line beside a `...` does not vanish into it.
  private static let reward = -1_000
  private static let replacing = 2
  private static let removing = 3

  private static func aligned(
    _ old: [Int], _ oldRange: Range<Int>, _ new: [Int], _ newRange: Range<Int>, wildcard: Int
  ) -> [Step] {
    let width = newRange.count + 1
    var moves = [Move](repeating: .added, count: (oldRange.count + 1) * width)
    var above = (0..<width).map { $0 * removing }
    for (row, oldIndex) in oldRange.enumerated() {
      let isWildcard = old[oldIndex] == wildcard
      var costs = [Int](repeating: 0, count: width)
      for column in 0..<width {
        var best = (cost: above[column] + removing, move: Move.removed)
        if isWildcard {
          best = (above[column], .wildcardEnd)
          if column > 0, costs[column - 1] < best.cost { best = (costs[column - 1], .absorbed) }
        } else if column > 0 {
          let isSame = old[oldIndex] == new[newRange.lowerBound + column - 1]
          let diagonal = above[column - 1] + (isSame ? reward : replacing)
          if diagonal <= best.cost { best = (diagonal, isSame ? .same : .replaced) }
          if costs[column - 1] + removing < best.cost {
            best = (costs[column - 1] + removing, .added)
          }
        }
        costs[column] = best.cost
        moves[(row + 1) * width + column] = best.move
      }
      above = costs
    }
    return traced(moves, oldRange, newRange)
  }

  /// Walks the table of moves back from its last corner.
  private static func traced(
    _ moves: [Move], _ oldRange: Range<Int>, _ newRange: Range<Int>
  ) -> [Step] {
    var steps: [Step] = []
    var row = oldRange.count
    var column = newRange.count
    var absorbedEnd: Int?
    while row > 0 || column > 0 {
      let expected = oldRange.lowerBound + row - 1
      let received = newRange.lowerBound + column - 1
      switch moves[row * (newRange.count + 1) + column] {
      case .same: steps.append(.same(expected: expected, received: received))
      case .replaced: steps.append(.replaced(expected: expected, received: received))
      case .removed: steps.append(.removed(expected: expected))
      case .added: steps.append(.added(received: received))
      case .absorbed:
        absorbedEnd = absorbedEnd ?? received + 1
        column -= 1
        continue
      case .wildcardEnd:
        let range = (received + 1)..<(absorbedEnd ?? received + 1)
        steps.append(.wildcard(expected: expected, received: range))
        absorbedEnd = nil
        row -= 1
        continue
      }
      let last = steps[steps.count - 1]
      if case .added = last {} else { row -= 1 }
      if case .removed = last {} else { column -= 1 }
    }
    return steps.reversed()
  }
}
