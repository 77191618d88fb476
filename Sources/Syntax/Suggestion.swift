/// Names that somebody may have meant.
package enum Suggestion {
  /// Up to three known names within a third of the length of `name` in edits, nearest first.
  package static func closest(to name: String, among known: [String]) -> [String] {
    if let here = elsewhere[name], known.contains(here) { return [here] }
    let limit = max(1, (name.count + 2) / 3)
    var near: [(distance: Int, name: String)] = []
    for candidate in Set(known) where abs(candidate.count - name.count) <= limit {
      let distance = editDistance(Array(name.lowercased()), Array(candidate.lowercased()))
      if distance <= limit, distance < name.count { near.append((distance, candidate)) }
    }
    return near.sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }.prefix(3).map(\.name)
  }

  /// What other languages call the things that have a name of their own here.
  private static let elsewhere = [
    "len": "count", "length": "count", "size": "shape", "ndim": "shape", "arange": "range",
    "var": "variance", "concatenate": "concat", "cat": "concat", "push": "append", "ln": "log",
    "clamp": "clip", "normal": "randn", "uniform": "rand", "detach": "stop", "True": "true",
    "TRUE": "true", "False": "false", "FALSE": "false", "None": "nothing", "null": "nothing",
    "NULL": "nothing", "nil": "nothing",
  ]

  /// Whether other languages put the name before those of a library: `np.zeros`.
  package static func isLibrary(_ name: String) -> Bool {
    ["np", "numpy", "torch", "nn", "F", "jax", "jnp", "tf", "math", "plt"].contains(name)
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
