import Tensors

/// Holds a training step against the plain loops of `Reference`, bit for bit.
enum Verification {
  /// Throws: `BenchmarkFailure` at the first number that differs.
  static func verify(_ workload: Workload, _ machinery: Machinery) throws {
    var step = try workload.native(machinery)
    for number in 0..<2 {
      try step.build()
      let pending = step.pendingResults
      var reference = GraphReference()
      let expected = pending.map { reference.values(of: $0) }
      try machinery.engine.realize(pending, cut: false)
      for (index, (tensor, expected)) in zip(pending, expected).enumerated() {
        let values = try machinery.engine.values(of: tensor)
        let different = values.indices.first { !isSame(values[$0], expected[$0]) }
        if let different {
          throw BenchmarkFailure(
            message: "\(workload.name): step \(number), result \(index), element \(different) is "
              + "\(values[different]), Reference says \(expected[different])")
        }
      }
      try step.settle()
    }
  }

  /// The same bits; only that a NaN is one is defined, not which.
  private static func isSame(_ a: Float, _ b: Float) -> Bool {
    a.bitPattern == b.bitPattern || (a.isNaN && b.isNaN)
  }
}
