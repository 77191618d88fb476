import Kernels
import Tensors

/// A small deterministic generator, apart from the engine's own.
package struct TestRandom {
  private var state: UInt64

  package init(_ seed: Int) { state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1 }

  package mutating func next(_ bound: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state >> 33) % bound
  }

  package mutating func float() -> Float { Float(next(4001)) / 1000 - 2 }

  package mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[next(elements.count)]
  }
}

/// Grows random graphs in which every op occurs.
package struct RandomGraph {
  var random: TestRandom
  package var pool: [Tensor] = []
  var counter: UInt64 = 0

  package init(seed: Int) throws {
    random = TestRandom(seed)
    for _ in 0..<4 {
      let rank = random.next(5)
      let shape = Shape((0..<rank).map { _ in random.pick([1, 2, 3, 5, 7, 17]) })
      pool.append(try leaf(shape))
    }
  }

  mutating func leaf(_ shape: Shape) throws -> Tensor {
    try Tensor((0..<shape.count).map { _ in random.float() }, shape: shape)
  }

  package mutating func grow(_ steps: Int) throws {
    for _ in 0..<steps {
      let x = random.pick(pool)
      // Some choices do not fit the shapes at hand; those are skipped.
      if let y = try? step(x), y.count < 40_000 { pool.append(y) }
    }
  }

  static let unary: [ElementwiseOperation] = [
    .negate, .absolute, .sign, .floor, .round, .square, .exp, .sin, .cos, .tanh, .sigmoid,
    .softplus, .relu, .erf, .step, .not, .sqrt, .log, .expm1, .log1p, .reciprocal, .ceiling,
  ]
  static let binary: [ElementwiseOperation] = [
    .add, .subtract, .multiply, .divide, .minimum, .maximum, .less, .equal, .greaterOrEqual,
    .and, .or, .power, .remainder,
  ]

  private mutating func step(_ x: Tensor) throws -> Tensor {
    switch random.next(16) {
    case 0, 1, 2: return try .map(random.pick(RandomGraph.unary), x)
    case 3, 4, 5: return try .map(random.pick(RandomGraph.binary), x, random.pick(pool))
    case 6: return try x.sum(axes: axes(x), keep: random.next(2) == 0)
    case 7: return try x.maximum(axes: axes(x), keep: random.next(2) == 0)
    case 8: return try x.permuted(shuffled(x.rank))
    case 9: return try x.sliced(slices(x))
    case 10: return try x.matrixProduct(partner(x))
    case 11: return try x.reshape(to: [x.count]).cumsum(axis: 0)
    case 12: return try .map(.select, .map(.greater, x, Tensor(0)), random.pick(pool), x)
    case 13: return try .concat([x, x.flipped(axis: 0)], axis: random.next(max(x.rank, 1)))
    case 14: return try x.gathered(indices(x.shape.sizes.first ?? 0))
    default: return try other(x)
    }
  }

  private mutating func other(_ x: Tensor) throws -> Tensor {
    switch random.next(7) {
    case 0:
      counter += 1
      return Tensor(try Node(.random(.normal, seed: 5, counter: counter, shape: x.shape)))
    case 1: return try x.argmax(axis: random.next(max(x.rank, 1)))
    case 2: return try x.argsort(axis: random.next(max(x.rank, 1)))
    case 3:
      let slices = try slices(x)
      return try x.sliced(slices).placed(slices, into: x.shape)
    case 4: return try x.reshape(to: Shape([1] + x.shape.sizes + [1]))
    case 5: return try picture(x).maxPooled(1 + random.next(2))
    default:
      let rows = 6
      let index = try indices(
        x.shape.sizes.first ?? 0, count: x.shape.sizes.first ?? 0, below: rows)
      return Tensor(try Node(.scatterAdd(rows: rows), [x.node, index.node]))
    }
  }

  /// The elements of x as rows of pixels, twice.
  private func picture(_ x: Tensor) throws -> Tensor {
    let row = try x.reshape(to: [1, 1, 1, x.count])
    return try .concat([row, row.flipped(axis: 3)], axis: 2)
  }

  private mutating func axes(_ x: Tensor) -> [Int] {
    (0..<x.rank).filter { _ in random.next(2) == 0 }
  }

  private mutating func shuffled(_ count: Int) -> [Int] {
    var order = Array(0..<count)
    for i in order.indices.reversed() { order.swapAt(i, random.next(i + 1)) }
    return order
  }

  private mutating func slices(_ x: Tensor) throws -> [AxisSlice] {
    x.shape.sizes.map { size in
      if random.next(2) == 0 || size == 0 { return AxisSlice(start: 0, count: size) }
      if random.next(3) == 0 { return AxisSlice(start: size - 1, step: -1, count: size) }
      let start = random.next(size)
      let step = 1 + random.next(2)
      return AxisSlice(
        start: start, step: step, count: 1 + random.next((size - 1 - start) / step + 1))
    }
  }

  private mutating func partner(_ x: Tensor) throws -> Tensor {
    let inner = x.shape.sizes.last ?? 1
    return random.next(2) == 0
      ? try leaf([inner, random.pick([1, 3, 18])])
      : try leaf([random.pick([1, 3, 18]), inner]).transposed()
  }

  private mutating func indices(_ rows: Int, count: Int = 5, below: Int? = nil) throws -> Tensor {
    let bound = max(below ?? rows, 1)
    return try Tensor((0..<count).map { _ in Float(random.next(bound)) }, shape: [count])
  }
}

/// Equal bit for bit, except that a NaN is a NaN.
package func sameBits(_ a: [Float], _ b: [Float]) -> Bool {
  a.count == b.count
    && zip(a, b).allSatisfy { $0.bitPattern == $1.bitPattern || ($0.isNaN && $1.isNaN) }
}
