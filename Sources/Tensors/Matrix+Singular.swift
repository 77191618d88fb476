extension Matrix {
  /// Singular values, largest first, with orthonormal columns u and v: self = u · s · vᵀ.
  ///
  /// The sign of a pair is arbitrary: the largest entry of the shorter vector, v of a square
  /// matrix, is made positive.
  /// Precision: each value is good to about 1e-15 of the largest.
  /// Source: Golub–Kahan bidiagonalization and implicit QR steps, Golub & Van Loan, Matrix
  /// Computations, 4th ed., §8.6; the order of cases follows `dsvdc` of LINPACK.
  /// Throws: `notFinite`, `notConverged`, `interrupted`.
  package func singularValues(
    for operation: String = "svd", until isStopped: (() -> Bool)? = nil
  ) throws(TensorError) -> (u: Matrix, s: [Double], v: Matrix) {
    if rows < columns {
      let (v, s, u) = try transposed.singularValues(for: operation, until: isStopped)
      return (u, s, v)
    }
    try checkFinite(operation)
    let patience = Patience(isStopped: isStopped)
    var bidiagonal = try Bidiagonal(self, patience)
    guard try bidiagonal.diagonalize(patience) else { throw .notConverged(operation: operation) }
    let order = Matrix.descending(bidiagonal.diagonal)
    let v = bidiagonal.right.columns(order)
    let u = bidiagonal.left.columns(order)
    let signs = v.columnSigns
    return (
      u.scalingColumns(signs), order.map { bidiagonal.diagonal[$0] }, v.scalingColumns(signs)
    )
  }
}

/// A matrix with nothing beside the diagonal and the elements above it, and the bases in which
/// another matrix looks like this.
private struct Bidiagonal {
  private(set) var diagonal: [Double] = []
  /// Element i stands above the diagonal element i + 1; the last is zero.
  private var above: [Double] = []
  var left: TurningBasis
  var right: TurningBasis

  init(_ matrix: Matrix, _ patience: Patience) throws(TensorError) {
    var rest = matrix
    let (rows, columns) = (matrix.rows, matrix.columns)
    var (fromLeft, fromRight): ([Reflection], [Reflection]) = ([], [])
    for step in 0..<columns {
      try patience.check()
      let column = Reflection(rest.column(step, from: step))
      rest.reflectRows(column, from: step, columns: step + 1)
      diagonal.append(column.first)
      fromLeft.append(column)
      guard step + 1 < columns else { break }
      let row = Reflection(Array(rest.row(step)[(step + 1)...]))
      rest.reflectColumns(row, from: step + 1, rows: step + 1)
      above.append(row.first)
      fromRight.append(row)
    }
    if columns > 0 { above.append(0) }
    left = TurningBasis(
      try Matrix.product(
        of: fromLeft, offset: 0, rows: rows, columns: columns, patience
      ).transposed)
    right = TurningBasis(
      try Matrix.product(
        of: fromRight, offset: 1, rows: columns, columns: columns, patience
      ).transposed)
  }

  /// Makes the elements above the diagonal vanish and the diagonal positive; false if that takes
  /// too many steps.
  mutating func diagonalize(_ patience: Patience) throws(TensorError) -> Bool {
    var last = diagonal.count - 1
    var round = 0
    while last >= 0 {
      if round == 80 { return false }
      try patience.check()
      let first = startOfBlock(to: last)
      if first == last {
        makePositive(last)
        last -= 1
        round = 0
        continue
      }
      round += 1
      switch lastZero(in: first...last) {
      case nil: step(first, last)
      case last: clearColumn(last, from: first)
      case let zero?: clearRow(zero, to: last)
      }
    }
    return true
  }

  /// Where the block that ends at `last` begins: an element above the diagonal that is lost in
  /// rounding becomes zero.
  private mutating func startOfBlock(to last: Int) -> Int {
    var first = last
    while first > 0 {
      let around = abs(diagonal[first - 1]) + abs(diagonal[first])
      if abs(above[first - 1]) <= 0x1p-52 * around + 0x1p-966 {
        above[first - 1] = 0
        return first
      }
      first -= 1
    }
    return first
  }

  /// The last diagonal element of a block that is lost in rounding, which becomes zero.
  private mutating func lastZero(in block: ClosedRange<Int>) -> Int? {
    for place in block.reversed() {
      let after = place < block.upperBound ? abs(above[place]) : 0
      let before = place > block.lowerBound ? abs(above[place - 1]) : 0
      if abs(diagonal[place]) <= 0x1p-52 * (after + before) + 0x1p-966 {
        diagonal[place] = 0
        return place
      }
    }
    return nil
  }

  private mutating func makePositive(_ place: Int) {
    guard diagonal[place] < 0 else { return }
    diagonal[place] = -diagonal[place]
    right.negate(place)
  }

  /// Rotates away what stands above a zero at the end of the diagonal.
  private mutating func clearColumn(_ last: Int, from first: Int) {
    var f = above[last - 1]
    above[last - 1] = 0
    for j in stride(from: last - 1, through: first, by: -1) {
      let rotation = Rotation(diagonal[j], f)
      diagonal[j] = rotation.length
      if j > first {
        f = -rotation.sine * above[j - 1]
        above[j - 1] *= rotation.cosine
      }
      right.rotate(j, last, by: rotation)
    }
  }

  /// Rotates away what stands beside a zero inside the diagonal.
  private mutating func clearRow(_ zero: Int, to last: Int) {
    var f = above[zero]
    above[zero] = 0
    for j in (zero + 1)...last {
      let rotation = Rotation(diagonal[j], f)
      diagonal[j] = rotation.length
      f = -rotation.sine * above[j]
      above[j] *= rotation.cosine
      left.rotate(j, zero, by: rotation)
    }
  }

  /// One QR step with an implicit shift towards the last singular value of the block.
  private mutating func step(_ first: Int, _ last: Int) {
    var (f, g) = start(first, last)
    for j in first..<last {
      var rotation = Rotation(f, g)
      if j > first { above[j - 1] = rotation.length }
      let (c, s) = (rotation.cosine, rotation.sine)
      f = c * diagonal[j] + s * above[j]
      above[j] = c * above[j] - s * diagonal[j]
      g = s * diagonal[j + 1]
      diagonal[j + 1] *= c
      right.rotate(j, j + 1, by: rotation)
      rotation = Rotation(f, g)
      diagonal[j] = rotation.length
      f = rotation.cosine * above[j] + rotation.sine * diagonal[j + 1]
      diagonal[j + 1] = rotation.cosine * diagonal[j + 1] - rotation.sine * above[j]
      g = rotation.sine * above[j + 1]
      above[j + 1] *= rotation.cosine
      left.rotate(j, j + 1, by: rotation)
    }
    above[last - 1] = f
  }

  /// What the first rotation of a step turns, in units of the largest of the elements involved.
  private func start(_ first: Int, _ last: Int) -> (f: Double, g: Double) {
    let involved = [
      diagonal[last], diagonal[last - 1], above[last - 1], diagonal[first], above[first],
    ]
    let scale = involved.reduce(0) { max($0, abs($1)) }
    let unit = involved.map { $0 / scale }
    let b = ((unit[1] + unit[0]) * (unit[1] - unit[0]) + unit[2] * unit[2]) / 2
    let c = (unit[0] * unit[2]) * (unit[0] * unit[2])
    var shift = 0.0
    if b != 0 || c != 0 {
      let root = (b * b + c).squareRoot()
      shift = c / (b + (b < 0 ? -root : root))
    }
    return ((unit[3] + unit[0]) * (unit[3] - unit[0]) + shift, unit[3] * unit[4])
  }
}
