import Kernels
import Specimens
import Testing

@testable import Tensors

/// Every rule of the gradient table against central differences.
@Suite struct GradientTests {
  let engine = Engine(threads: 1, memoryLimit: 1 << 30)

  /// Largest difference of the gradient of Σ w·f(inputs) from central differences in the inputs,
  /// relative to its size; the weights w tell elements apart.
  func error(
    _ inputs: [Tensor], step: Float = 1e-2, _ f: ([Tensor]) throws -> Tensor
  ) throws -> Float {
    func scalar(_ inputs: [Tensor]) throws -> Tensor {
      let y = try f(inputs)
      let weights = try Tensor((0..<y.count).map { 0.3 + 0.1 * Float($0 % 7) }, shape: y.shape)
      return try (y * weights).sum()
    }
    let gradients = try Gradient.of(scalar(inputs), withRespectTo: inputs)
    var worst: Float = 0
    for (index, input) in inputs.enumerated() {
      let values = try engine.values(of: input)
      let slopes = try engine.values(of: gradients[index] ?? .full(0, shape: input.shape))
      for element in values.indices {
        var sides: [Float] = []
        for sign: Float in [1, -1] {
          var moved = values
          moved[element] += sign * step
          var changed = inputs
          changed[index] = try Tensor(moved, shape: input.shape)
          sides.append(try engine.number(scalar(changed)))
        }
        let difference = (sides[0] - sides[1]) / (2 * step)
        worst = max(worst, abs(difference - slopes[element]) / max(1, abs(difference)))
      }
    }
    return worst
  }

  func tensor(_ sizes: Int..., from low: Float = -1.3, to high: Float = 1.7) throws -> Tensor {
    let shape = Shape(sizes)
    // An irrational stride scatters values without ties.
    return try Tensor(
      (0..<shape.count).map { index in
        let t = (Float(index) * 0.618034).truncatingRemainder(dividingBy: 1)
        return low + (high - low) * t
      }, shape: shape)
  }

  /// Inputs on which an operation is smooth.
  func smoothInputs(_ operation: ElementwiseOperation) throws -> [Tensor] {
    switch operation {
    case .log, .log1p, .sqrt, .reciprocal: return [try tensor(5, from: 0.5, to: 2)]
    case .power: return [try tensor(5, from: 0.5, to: 2), try tensor(5)]
    case .divide, .remainder:
      return [try tensor(5, from: 0.1, to: 0.9), try tensor(5, from: 1, to: 2)]
    case .relu, .absolute, .step, .sign: return [try Tensor([-1.1, -0.4, 0.3, 0.9], shape: [4])]
    case .floor, .ceiling, .round, .truncate: return [try Tensor([-1.3, 0.2, 0.7], shape: [3])]
    case .minimum, .maximum: return [try tensor(5), try tensor(5, from: 1.6, to: -1.2)]
    case .select: return [try Tensor([0, 1, 1, 0], shape: [4]), try tensor(4), try tensor(4)]
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
      return [try tensor(3), try tensor(3, from: 2, to: 3)]
    default: return try (0..<max(operation.operandCount, 1)).map { try tensor(4 + 0 * $0) }
    }
  }

  @Test(arguments: ElementwiseOperation.allCases.filter { $0 != .fill && $0 != .multiplyAdd })
  func elementwise(operation: ElementwiseOperation) throws {
    let inputs = try smoothInputs(operation)
    let differentiable: [Tensor] =
      operation == .select ? Array(inputs.dropFirst()) : inputs
    if [.and, .or, .not].contains(operation) {
      #expect(try Gradient.of(.map(operation, inputs).sum(), withRespectTo: inputs)[0] == nil)
      return
    }
    // Central differences at step 0.01 in single precision are good to about 1e-3.
    let worst = try error(differentiable) { changed in
      try .map(operation, operation == .select ? [inputs[0]] + changed : changed)
    }
    #expect(worst < 4e-3, "\(operation)")
  }

  @Test func multiplyAdd() throws {
    let inputs = [try tensor(4), try tensor(4), try tensor(4)]
    #expect(try error(inputs) { try .map(.multiplyAdd, $0) } < 4e-3)
  }

  @Test func broadcasting() throws {
    #expect(try error([tensor(3, 4), tensor(4)]) { try $0[0] * $0[1] } < 4e-3)
    #expect(try error([tensor(3, 1), tensor(1, 4)]) { try $0[0] / ($0[1] + Tensor(3)) } < 4e-3)
    #expect(try error([tensor(2)]) { try $0[0].broadcast(to: [3, 2]) } < 4e-3)
  }

  @Test func reductions() throws {
    for axes in [[0], [1], [2], [0, 2], [0, 1, 2]] {
      #expect(try error([tensor(2, 3, 4)]) { try $0[0].sum(axes: axes) } < 4e-3)
      #expect(try error([tensor(2, 3, 4)], step: 1e-3) { try $0[0].maximum(axes: axes) } < 2e-2)
      #expect(try error([tensor(2, 3, 4)], step: 1e-3) { try $0[0].minimum(axes: axes) } < 2e-2)
    }
    #expect(try error([tensor(2, 5)]) { try $0[0].cumsum(axis: 1) } < 4e-3)
    #expect(try error([tensor(2, 5)]) { try $0[0].cumsum(axis: 0) } < 4e-3)
    let x = try tensor(2, 5)
    #expect(try Gradient.of(x.argmax(axis: 1).sum(), withRespectTo: [x])[0] == nil)
    #expect(try Gradient.of(x.argsort(axis: 1).sum(), withRespectTo: [x])[0] == nil)
  }

  @Test func movement() throws {
    let slices = [AxisSlice(start: 2, step: -1, count: 2), AxisSlice(start: 0, step: 2, count: 2)]
    #expect(try error([tensor(3, 4)]) { try $0[0].reshape(to: [2, 6]) } < 4e-3)
    #expect(try error([tensor(2, 3, 4)]) { try $0[0].permuted([2, 0, 1]) } < 4e-3)
    #expect(try error([tensor(3, 4)]) { try $0[0].sliced(slices) } < 4e-3)
    #expect(try error([tensor(2, 2)]) { try $0[0].placed(slices, into: [3, 4]) } < 4e-3)
    #expect(try error([tensor(2, 3), tensor(2, 2)]) { try .concat($0, axis: 1) } < 4e-3)
    let index = try Tensor([2, 0, 2], shape: [3])
    #expect(try error([tensor(3, 2)]) { try $0[0].gathered(index) } < 4e-3)
    #expect(
      try error([tensor(3, 2)]) {
        Tensor(try Node(.scatterAdd(rows: 4), [$0[0].node, index.node]))
      } < 4e-3)
  }

  @Test func products() throws {
    #expect(try error([tensor(3, 4), tensor(4, 2)]) { try $0[0].matrixProduct($0[1]) } < 4e-3)
    #expect(try error([tensor(2, 3, 4), tensor(4, 2)]) { try $0[0].matrixProduct($0[1]) } < 4e-3)
    #expect(try error([tensor(3, 4), tensor(2, 4, 2)]) { try $0[0].matrixProduct($0[1]) } < 4e-3)
    #expect(try error([tensor(4), tensor(4)]) { try $0[0].matrixProduct($0[1]) } < 4e-3)
  }

  @Test func convolutions() throws {
    let window = Window(stride: 2, padding: 1)
    let pictures = try tensor(2, 3, 5, 6)
    let weights = try tensor(4, 3, 3, 3)
    #expect(try error([pictures, weights]) { try $0[0].convolved($0[1], window) } < 4e-3)
    #expect(
      try error([tensor(2, 4, 3, 3), weights]) { try $0[0].deconvolved($0[1], window) } < 4e-3)
    let gradient = try tensor(2, 4, 3, 3)
    #expect(
      try error([pictures, gradient]) {
        Tensor(try Node(.convolutionWeight(window, height: 3, width: 3), $0.map(\.node)))
      } < 4e-3)
  }

  @Test func pooling() throws {
    let pictures = try tensor(2, 3, 5, 6)
    #expect(try error([pictures], step: 1e-3) { try $0[0].maxPooled(2) } < 2e-2)
    let place = Op.maxPoolPlace(size: 2)
    let values = try tensor(2, 3, 2, 3)
    #expect(
      try error([values]) { Tensor(try Node(place, [pictures.node, $0[0].node])) } < 4e-3)
    #expect(throws: TensorError.self) { try pictures.maxPooled(7) }
  }

  @Test func stopEndsGradients() throws {
    let x = try tensor(3)
    #expect(try Gradient.of(x.stopped().sum(), withRespectTo: [x])[0] == nil)
  }

  /// The slope of x^0 is 0, also at 0 and also in gradients of gradients.
  @Test func constantPowersHaveNoSlope() throws {
    let x = try Tensor([0, 0, 0, 2], shape: [4])
    let exponents = try Tensor([0, 1, 2, 0], shape: [4])
    let first = try Gradient.of(Tensor.map(.power, x, exponents).sum(), withRespectTo: [x])[0]!
    #expect(try engine.values(of: first) == [0, 1, 0, 0])
    let second = try Gradient.of(first.sum(), withRespectTo: [x])[0]!
    #expect(try engine.values(of: second) == [0, 0, 2, 0])
    let ones = try Tensor.map(.power, x, Tensor(0))
    #expect(try engine.values(of: ones) == [1, 1, 1, 1])
    #expect(try Gradient.of(ones.sum(), withRespectTo: [x])[0] == nil)
  }

  @Test func aKnownConditionSelectsWithoutComputing() throws {
    let (a, b) = (try tensor(3), try tensor(2, 3))
    #expect(try Tensor.map(.select, Tensor(0), a, b).node === b.node)
    #expect(try Tensor.map(.select, Tensor(1), b, a).node === b.node)
    // The result has the shape of both.
    #expect(try Tensor.map(.select, Tensor(1), a, b).shape == [2, 3])
  }

  /// log softmax keeps its digits wherever the numbers stand: −log 3 of three equal ones.
  @Test(arguments: [Float(1e4), -1e4, 3e38, 0])
  func logarithmsOfSoftmaxAreExact(_ place: Float) throws {
    let x = try Tensor([place, place, place], shape: [1, 3])
    let sum = try Tensor.map(.log, Tensor.map(.exp, x).sum(axes: [1], keep: true))
    let number = try Tensor.map(.log, Tensor.map(.exp, x).sum())
    for value in try engine.values(of: x - sum) + engine.values(of: x - number) {
      #expect(abs(value + 1.0986123) < 2e-7)
    }
    let worst = try error([tensor(2, 4)]) { x in
      try x[0] - .map(.log, Tensor.map(.exp, x[0]).sum(axes: [1], keep: true))
    }
    #expect(worst < 4e-3)
  }

  /// What has no elements needs no plan, however it was made.
  @Test func nothingIsComputedAtOnce() throws {
    let empty = try Tensor.full(0, shape: [3, 0])
    let moved = try empty.transposed().reshape(to: [3, 0]).permuted([1, 0]) + Tensor(1)
    #expect(moved.node.isLeaf && moved.shape == [0, 3])
    #expect(try engine.values(of: moved) == [])
    #expect(try engine.values(of: moved.sum(axes: [0])) == [0, 0, 0])
    let product = try empty.matrixProduct(empty.transposed())
    #expect(try engine.values(of: product) == [Float](repeating: 0, count: 9))
    let x = try Tensor([], shape: [0])
    #expect(try Gradient.of((x * x).sum(), withRespectTo: [x])[0]?.shape == [0])
  }

  @Test func gradientsOfGradients() throws {
    let x = try Tensor([2], shape: [1])
    let cube = try (x * x * x).sum()
    let first = try Gradient.of(cube, withRespectTo: [x])[0]!
    let second = try Gradient.of(first.sum(), withRespectTo: [x])[0]!
    #expect(try engine.number(first) == 12)
    #expect(try engine.number(second) == 12)
  }
}
