/// Reductions in the order that is part of their definition.
extension Reference {
  package static func reduce(
    _ operation: ReductionOperation, _ view: ReductionView, _ x: [Float]
  ) -> [Float] {
    var result: [Float] = []
    for outer in 0..<view.outer {
      for inner in 0..<view.inner {
        let line = (0..<view.reduced).map { x[(outer * view.reduced + $0) * view.inner + inner] }
        result.append(reduce(operation, line, isRow: view.inner == 1))
      }
    }
    return result
  }

  /// Reduces one line of elements; a row has sixteen accumulators, a column one.
  static func reduce(_ operation: ReductionOperation, _ line: [Float], isRow: Bool) -> Float {
    if line.count > ReductionView.chunk {
      let chunks = stride(from: 0, to: line.count, by: ReductionView.chunk).map {
        Array(line[$0..<min($0 + ReductionView.chunk, line.count)])
      }
      let partials = chunks.map { reduce(operation, $0, isRow: isRow) }
      return reduce(operation, partials, isRow: isRow)
    }
    let lanes = isRow ? 16 : 1
    var accumulators = [Float](repeating: identity(operation), count: lanes)
    for (i, element) in line.enumerated() {
      accumulators[i % lanes] = combine(operation, accumulators[i % lanes], element)
    }
    var width = lanes / 2
    while width > 0 {
      for l in 0..<width {
        accumulators[l] = combine(operation, accumulators[l], accumulators[l + width])
      }
      width /= 2
    }
    return accumulators[0]
  }

  private static func identity(_ operation: ReductionOperation) -> Float {
    switch operation {
    case .sum: 0
    case .product: 1
    case .maximum: -.infinity
    case .minimum: .infinity
    }
  }

  private static func combine(_ operation: ReductionOperation, _ a: Float, _ b: Float) -> Float {
    switch operation {
    case .sum: a + b
    case .product: a * b
    case .maximum: maximum(a, b)
    case .minimum: minimum(a, b)
    }
  }

  package static func reduceIndex(
    _ operation: IndexReductionOperation, _ view: ReductionView, _ x: [Float]
  ) -> [Float] {
    var result: [Float] = []
    for outer in 0..<view.outer {
      for inner in 0..<view.inner {
        var place = 0
        func value(_ i: Int) -> Float { x[(outer * view.reduced + i) * view.inner + inner] }
        for i in 1..<view.reduced where !value(place).isNaN {
          let wins = operation == .argmax ? value(i) > value(place) : value(i) < value(place)
          if wins || value(i).isNaN { place = i }
        }
        result.append(Float(place))
      }
    }
    return result
  }

  package static func cumulativeSum(_ view: ReductionView, _ x: [Float]) -> [Float] {
    var result = x
    for outer in 0..<view.outer {
      for inner in 0..<view.inner {
        var sum: Float = 0
        for i in 0..<view.reduced {
          let place = (outer * view.reduced + i) * view.inner + inner
          sum += x[place]
          result[place] = sum
        }
      }
    }
    return result
  }

  /// The stable order of a row, NaN last.
  package static func argsort(_ row: [Float]) -> [Float] {
    row.indices.sorted { i, j in
      let (a, b) = (row[i], row[j])
      if a < b || !a.isNaN && b.isNaN { return true }
      if b < a || !b.isNaN && a.isNaN { return false }
      return i < j
    }.map(Float.init)
  }
}
