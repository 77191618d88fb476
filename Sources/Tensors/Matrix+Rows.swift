/// The inner loops: they run along rows, whose elements are neighbours in memory.
extension Matrix {
  func row(_ row: Int) -> [Double] { Array(values[(row * columns)..<((row + 1) * columns)]) }

  func column(_ column: Int, from first: Int = 0) -> [Double] {
    (first..<rows).map { self[$0, column] }
  }

  /// Adds `factor` times a row to a row of another matrix with as many columns.
  func addRow(_ source: Int, times factor: Double, to target: Int, of other: inout Matrix) {
    let count = columns
    values.withUnsafeBufferPointer { from in
      other.values.withUnsafeMutableBufferPointer { to in
        let (x, y) = (source * count, target * count)
        for j in 0..<count { to[y + j] += factor * from[x + j] }
      }
    }
  }

  /// Adds `factor` times a line to the elements of a row from `first` on.
  mutating func add(_ line: [Double], times factor: Double, toRow row: Int, from first: Int = 0) {
    let start = row * columns + first
    values.withUnsafeMutableBufferPointer { to in
      line.withUnsafeBufferPointer { from in
        for j in 0..<from.count { to[start + j] += factor * from[j] }
      }
    }
  }

  /// Adds `factor` times the elements of a row from `first` on to a line.
  func addRow(_ row: Int, from first: Int = 0, times factor: Double, to line: inout [Double]) {
    let start = row * columns + first
    values.withUnsafeBufferPointer { from in
      line.withUnsafeMutableBufferPointer { to in
        for j in 0..<to.count { to[j] += factor * from[start + j] }
      }
    }
  }

  /// Σ line · the elements of a row from `first` on, in order.
  func dot(_ line: [Double], row: Int, from first: Int = 0) -> Double {
    let start = row * columns + first
    return values.withUnsafeBufferPointer { from in
      line.withUnsafeBufferPointer { line in
        var sum = 0.0
        for j in 0..<line.count { sum += line[j] * from[start + j] }
        return sum
      }
    }
  }

  /// Adds two lines, each times a factor, to the elements of a row from `first` on.
  mutating func add(
    _ a: [Double], times f: Double, _ b: [Double], times g: Double, toRow row: Int, from first: Int
  ) {
    let start = row * columns + first
    values.withUnsafeMutableBufferPointer { to in
      a.withUnsafeBufferPointer { a in
        b.withUnsafeBufferPointer { b in
          for j in 0..<a.count { to[start + j] = to[start + j] + f * a[j] + g * b[j] }
        }
      }
    }
  }

  /// Subtracts from the elements of row `target` in `span` those of the rows `sources`, each times
  /// its element of row `target` in the columns `sources`; row after row, four at a time.
  mutating func subtractRows(_ sources: Range<Int>, fromRow target: Int, _ span: Range<Int>) {
    let (width, t) = (columns, target * columns)
    values.withUnsafeMutableBufferPointer { values in
      var k = sources.lowerBound
      while k + 4 <= sources.upperBound {
        let (f, g) = (values[t + k], values[t + k + 1])
        let (h, i) = (values[t + k + 2], values[t + k + 3])
        let (a, b, c, d) = (k * width, (k + 1) * width, (k + 2) * width, (k + 3) * width)
        for j in span {
          values[t + j] =
            values[t + j] - f * values[a + j] - g * values[b + j] - h * values[c + j]
            - i * values[d + j]
        }
        k += 4
      }
      while k < sources.upperBound {
        let (f, a) = (values[t + k], k * width)
        for j in span { values[t + j] -= f * values[a + j] }
        k += 1
      }
    }
  }

  mutating func exchangeRows(_ a: Int, _ b: Int) {
    for column in 0..<columns { values.swapAt(a * columns + column, b * columns + column) }
  }
}
