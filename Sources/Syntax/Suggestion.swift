/// Names that somebody may have meant.
package enum Suggestion {
  /// Up to three known names within a third of the length of `name` in edits, nearest first.
  package static func closest(to name: String, among known: [String]) -> [String] {
    let limit = max(1, (name.count + 2) / 3)
    var near: [(distance: Int, name: String)] = []
    for candidate in Set(known) where abs(candidate.count - name.count) <= limit {
      let distance = editDistance(Array(name.lowercased()), Array(candidate.lowercased()))
      if distance <= limit, distance < name.count { near.append((distance, candidate)) }
    }
    return near.sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }.prefix(3).map(\.name)
  }

  /// Insertions, deletions, substitutions and swaps of neighbours that turn `a` into `b`.
  /// Source: Damerau–Levenshtein distance, restricted form.
  private static func editDistance(_ a: [Character], _ b: [Character]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for i in a.indices {
      var row = [i + 1]
      for j in b.indices {
        var best = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          best = min(best, beforeLast[j - 1] + 1)
        }
        row.append(best)
      }
      (beforeLast, last) = (last, row)
    }
    return last[b.count]
  }
}
