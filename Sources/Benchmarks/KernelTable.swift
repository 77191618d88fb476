import Kernels

/// Times single kernels at the workloads' shapes against what the machine can do at best.
struct KernelTable {
  private let pool: ThreadPool
  private let seconds: Double
  /// Floating-point operations and bytes a second of all threads together.
  private let operationsRoof: Double
  private let bytesRoof: Double

  init(threads: Int, seconds: Double) {
    pool = ThreadPool(threads: threads)
    self.seconds = seconds
    operationsRoof = KernelTable.measureOperations(pool)
    bytesRoof = KernelTable.measureBytes(pool)
  }

  func show() {
    print("kernel\tshape\tµs\trate\tof the roof")
    print("roof\tfused multiply-adds\t\t\(rate(operationsRoof, "GFLOP/s"))\t")
    print("roof\tcopy of 256 MB\t\t\(rate(bytesRoof, "GB/s"))\t")
    for (m, k, n) in [
      (64, 64, 32), (256, 128, 128), (128, 784, 400), (128, 400, 784), (128, 784, 512),
      (512, 512, 512), (128, 784, 784),
    ] {
      product(m, k, n, leftTransposed: false, rightTransposed: false)
    }
    product(128, 256, 128, leftTransposed: true, rightTransposed: false)
    product(784, 128, 400, leftTransposed: true, rightTransposed: false)
    product(128, 784, 400, leftTransposed: false, rightTransposed: true)
    for kind in ["forward", "gradient to input", "gradient to weight"] {
      convolution(kind, channels: 32, side: 14, outChannels: 64)
      convolution(kind, channels: 1, side: 28, outChannels: 32)
    }
    chain("add", [.init(.add, to: 2, 0, 1)], inputs: 2, count: 1 << 24)
    chain("add in cache", [.init(.add, to: 2, 0, 1)], inputs: 2, count: 1 << 14)
    chain("exp in cache", [.init(.exp, to: 1, 0)], inputs: 1, count: 1 << 14)
    chain("tanh in cache", [.init(.tanh, to: 1, 0)], inputs: 1, count: 1 << 14)
    sum(count: 1 << 24)
  }

  // MARK: Rows of the table

  private func product(_ m: Int, _ k: Int, _ n: Int, leftTransposed: Bool, rightTransposed: Bool) {
    let product = MatrixProduct(
      m: m, n: n, k: k, leftTransposed: leftTransposed, rightTransposed: rightTransposed)
    let (a, b, c) = (memory(m * k), memory(k * n), memory(m * n))
    let scratch = memory(product.scratchFloats(threads: pool.threads))
    let timing = time {
      product.run(a: a.buffer, b: b.buffer, c: c.buffer, scratch: scratch.buffer, pool: pool)
    }
    let shape = "\(leftTransposed ? "ᵀ" : "")\(m)×\(k) · \(k)×\(n)\(rightTransposed ? "ᵀ" : "")"
    row("matrix product", shape, timing, operations: 2 * m * k * n)
  }

  private func convolution(_ kind: String, channels: Int, side: Int, outChannels: Int) {
    let convolution = Convolution(
      batch: 64, channels: channels, height: side, width: side, outChannels: outChannels,
      kernelHeight: 4, kernelWidth: 4, stride: 2, padding: 1)
    let input = memory(64 * convolution.imageFloats)
    let weights = memory(outChannels * convolution.kernelFloats)
    let output = memory(64 * convolution.outImageFloats)
    let scratch = memory(
      max(
        convolution.forwardScratchFloats, convolution.inputGradientScratchFloats,
        convolution.weightGradientScratchFloats))
    let timing = time {
      switch kind {
      case "forward":
        convolution.forward(
          input: input.buffer, weights: weights.buffer, output: output.buffer,
          scratch: scratch.buffer, pool: pool)
      case "gradient to input":
        convolution.inputGradient(
          outputGradient: output.buffer, weights: weights.buffer, result: input.buffer,
          scratch: scratch.buffer, pool: pool)
      default:
        convolution.weightGradient(
          input: input.buffer, outputGradient: output.buffer, result: weights.buffer,
          scratch: scratch.buffer, pool: pool)
      }
    }
    let out = side / 2
    row(
      "convolution \(kind)", "64×\(channels)×\(side)×\(side) → \(outChannels)×\(out)×\(out)",
      timing,
      operations: 2 * 64 * outChannels * out * out * channels * 16)
  }

  private func chain(
    _ name: String, _ instructions: [ElementwiseInstruction], inputs: Int, count: Int
  ) {
    let program = ElementwiseProgram(
      inputs: [OperandLayout](repeating: .contiguous, count: inputs), instructions: instructions,
      outputs: [UInt16(inputs)], registerCount: inputs + 1)
    let operands = (0..<inputs).map { _ in memory(count) }
    let target = memory(count)
    let scratch = memory(elementwiseScratchFloats(for: program) * pool.threads)
    let timing = time {
      operands.map(\.buffer).withUnsafeBufferPointer { inputs in
        [target.buffer].withUnsafeBufferPointer { outputs in
          runElementwise(
            program, inputs: inputs, outputs: outputs, count: count, scratch: scratch.buffer,
            pool: pool)
        }
      }
    }
    row(name, "\(count)", timing, bytes: (inputs + 1) * count * 4)
  }

  private func sum(count: Int) {
    let view = ReductionView(outer: 1, reduced: count, inner: 1)
    let (x, result) = (memory(count), memory(1))
    let scratch = memory(reductionScratchFloats(for: view))
    let timing = time {
      reduce(.sum, view, x.buffer, into: result.buffer, scratch: scratch.buffer, pool: pool)
    }
    row("sum", "\(count)", timing, bytes: count * 4)
  }

  // MARK: Measuring

  private func time(_ body: () -> Void) -> Timing {
    for _ in 0..<3 { body() }
    return Timing.measure(seconds: seconds, least: 10, body)
  }

  private func row(_ name: String, _ shape: String, _ timing: Timing, operations: Int) {
    row(name, shape, timing, Double(operations), "GFLOP/s", operationsRoof)
  }

  private func row(_ name: String, _ shape: String, _ timing: Timing, bytes: Int) {
    row(name, shape, timing, Double(bytes), "GB/s", bytesRoof)
  }

  private func row(
    _ name: String, _ shape: String, _ timing: Timing, _ amount: Double, _ unit: String,
    _ roof: Double
  ) {
    let speed = amount / timing.median * 1e6
    let share = Int((100 * speed / roof).rounded())
    print("\(name)\t\(shape)\t\(rounded(timing.median))\t\(rate(speed, unit))\t\(share) %")
  }

  private func rate(_ perSecond: Double, _ unit: String) -> String {
    "\(rounded(perSecond / 1e9)) \(unit)"
  }

  private static func measureOperations(_ pool: ThreadPool) -> Double {
    let rounds = 200_000
    let timing = Timing.measure(seconds: 0.3, least: 5) {
      pool.run(pool.threads) { _ in blackHole(roofRounds(rounds)) }
    }
    return Double(pool.threads * rounds * roofOperationsPerRound) / timing.minimum * 1e6
  }

  private static func measureBytes(_ pool: ThreadPool) -> Double {
    let count = 1 << 25
    let (from, to) = (Storage(count: count)!, Storage(count: count)!)
    let (source, target) = (from.buffer.base, to.buffer.base)
    let timing = Timing.measure(seconds: 0.5, least: 5) {
      pool.run(pool.threads) { part in
        let start = count * part / pool.threads
        let end = count * (part + 1) / pool.threads
        (target + start).update(from: source + start, count: end - start)
      }
    }
    return Double(2 * count * 4) / timing.minimum * 1e6
  }

  private func memory(_ count: Int) -> Storage {
    let storage = Storage(count: max(count, 1))!
    storage.buffer.base.update(repeating: 0.5, count: max(count, 1))
    return storage
  }
}

/// Keeps the optimizer from leaving a computation out.
@inline(never)
private func blackHole(_ value: Float) { if value == 12_345.678 { print(value) } }

/// Three digits or so.
func rounded(_ value: Double) -> String {
  let digits = value >= 100 ? 1.0 : value >= 10 ? 10.0 : 100.0
  let result = (value * digits).rounded() / digits
  return digits == 1 ? "\(Int(result))" : "\(result)"
}
