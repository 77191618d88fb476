import Kernels

/// Graphs and plans as text: the middle of the pipeline, made visible.
package enum PlanPrinter {
  /// One line per node: number, op, inputs, shape.
  package static func graph(_ tensor: Tensor) -> String {
    let request = GraphRequest([tensor.node])
    var names: [ObjectIdentifier: String] = [:]
    for (index, leaf) in request.leaves.enumerated() {
      names[ObjectIdentifier(leaf)] = "leaf\(index)"
    }
    var lines = request.leaves.enumerated().map { "leaf\($0.offset)  data \($0.element.shape)" }
    for (index, node) in request.nodes.enumerated() {
      names[ObjectIdentifier(node)] = "n\(index)"
      let inputs = node.inputs.map { input in
        names[ObjectIdentifier(input)] ?? input.constant.map { "\($0)" } ?? "?"
      }
      lines.append("n\(index)  \(node.op.name)(\(inputs.joined(separator: ", ")))  \(node.shape)")
    }
    return lines.joined(separator: "\n")
  }

  /// The text of each step.
  package static func steps(_ plan: Plan) -> [String] {
    plan.steps.map { $0.lines(plan).joined(separator: "\n") }
  }

  /// The kernel that each step calls, with its sizes.
  package static func calls(_ plan: Plan) -> [String] { plan.steps.map(\.call) }

  /// One line per step, and the memory it takes.
  package static func text(_ plan: Plan) -> String {
    var lines = plan.steps.enumerated().flatMap { index, step in
      step.lines(plan).enumerated().map { line, text in
        line == 0 ? "\(index)  \(text)" : "     \(text)"
      }
    }
    lines.append("temporary memory: \(plan.arenaCount * 4) bytes")
    return lines.joined(separator: "\n")
  }
}

extension Step {
  fileprivate func lines(_ plan: Plan) -> [String] {
    let reads = directReads.map { plan.name($0) }.joined(separator: ", ")
    let writes = directWrites.map { plan.name($0) }.joined(separator: ", ")
    let head: String
    switch self {
    case .map(let step): return ["chain over \(step.count)"] + step.lines(plan)
    case .product(let step):
      let size = "\(step.product.m)×\(step.product.k) · \(step.product.k)×\(step.product.n)"
      head = "matrix product \(size)" + (step.batches > 1 ? " × \(step.batches)" : "")
    case .convolution(let step): head = "convolution \(step.kind)"
    case .reduce(let step): head = "\(step.kind) of [\(step.outer), \(step.reduced), \(step.inner)]"
    case .cumsum: head = "cumsum"
    case .argsort: head = "argsort"
    case .copy: head = "copy"
    case .zero: head = "zero"
    case .random(let step): head = "random \(step.distribution)"
    case .gather: head = "gather"
    case .scatterAdd: head = "scatter-add"
    case .pool(let step): head = step.gradient == nil ? "max pool" : "max pool gradient"
    }
    return ["\(head): \(reads) → \(writes)"] + (chain?.lines(plan).map { "then " + $0 } ?? [])
  }
}

extension Step {
  fileprivate var call: String {
    let chained = chain.map { " then \($0.program.instructions.count) elementwise" } ?? ""
    switch self {
    case .map(let step):
      return "runElementwise(\(step.program.instructions.count) instructions, count: \(step.count))"
    case .product(let step):
      let product = step.product
      return "MatrixProduct(m: \(product.m), n: \(product.n), k: \(product.k)).run"
        + (step.batches > 1 ? " × \(step.batches)" : "") + chained
    case .convolution(let step):
      let name =
        switch step.kind {
        case .forward: "forward"
        case .input: "inputGradient"
        case .weight: "weightGradient"
        }
      return "Convolution.\(name)(batch: \(step.geometry.batch))" + chained
    case .reduce(let step):
      return "reduce(.\(step.kind), outer: \(step.outer), reduced: \(step.reduced), "
        + "inner: \(step.inner))"
    case .cumsum(let step): return "cumulativeSum(reduced: \(step.reduced))"
    case .argsort(_, _, let rows, let columns):
      return "argsortRows(rows: \(rows), count: \(columns))"
    case .copy(let step): return "copyStrided(count: \(step.output.count))"
    case .zero(let operand): return "zero(count: \(operand.count))"
    case .random(let step): return "fillRandom(\(step.distribution), count: \(step.output.count))"
    case .gather(let step): return "gatherRows(count: \(step.indices.count), width: \(step.width))"
    case .pool(let step):
      let name = step.gradient == nil ? "max" : "maxGradient"
      return "Pooling.\(name)(planes: \(step.pooling.planes), window: \(step.pooling.window))"
    case .scatterAdd(let step):
      return "scatterAddRows(count: \(step.indices.count), width: \(step.width))"
    }
  }
}

extension MapStep {
  fileprivate func lines(_ plan: Plan) -> [String] {
    program.instructions.map { instruction in
      let operands = [instruction.a, instruction.b, instruction.c]
        .prefix(instruction.operation.operandCount).map { register($0, plan) }
      let stored = program.outputs.firstIndex(of: instruction.destination)
        .map { " → \(plan.name(outputs[$0]))" }
      let call = "\(instruction.operation)(\(operands.joined(separator: ", ")))"
      return "r\(instruction.destination) = \(call)\(stored ?? "")"
    }
  }

  private func register(_ index: UInt16, _ plan: Plan) -> String {
    Int(index) < inputs.count ? plan.name(inputs[Int(index)]) : "r\(index)"
  }
}

extension Plan {
  fileprivate func name(_ operand: Operand) -> String {
    let name =
      switch slots[operand.slot].home {
      case .leaf(let index): "leaf\(index)"
      case .constant(let index): "constant\(index)"
      case .output(let index): "output\(index)"
      case .arena(let offset): "memory@\(offset)"
      }
    return operand.offset == 0 ? name : "\(name)+\(operand.offset)"
  }
}
