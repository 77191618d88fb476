import Kernels

/// The pending part of a graph in order of computation, with a key that names its structure.
struct GraphRequest {
  /// Nodes to compute, in order of creation.
  var nodes: [Node] = []
  var leaves: [Node] = []
  var constants: [Float] = []
  /// Seeds and counters of the random nodes, in order.
  var draws: [(seed: UInt64, counter: UInt64)] = []
  /// Tag and index of each node's inputs, and of the requested nodes.
  var references: [ObjectIdentifier: Reference] = [:]
  var key = GraphKey()

  enum Reference: Hashable {
    case node(Int)
    case leaf(Int)
    case constant(Int)
  }

  init(_ outputs: [Node]) {
    nodes = GraphRequest.pending(below: outputs)
    references.reserveCapacity(nodes.count * 2)
    for (index, node) in nodes.enumerated() {
      for input in node.inputs { note(input) }
      if case .random(_, let seed, let counter, _) = node.op { draws.append((seed, counter)) }
      key.append(node.op)
      key.append(node.shape)
      for input in node.inputs { key.append(references[ObjectIdentifier(input)]!) }
      references[ObjectIdentifier(node)] = .node(index)
    }
    for output in outputs {
      note(output)
      key.append(references[ObjectIdentifier(output)]!)
    }
  }

  private mutating func note(_ node: Node) {
    let id = ObjectIdentifier(node)
    guard references[id] == nil else { return }
    if let constant = node.constant, node.storage == nil {
      references[id] = .constant(slot(of: constant))
    } else {
      references[id] = .leaf(leaves.count)
      leaves.append(node)
      key.append(node.shape)
    }
  }

  /// Equal numbers share a slot; the key shows which do.
  private mutating func slot(of constant: Float) -> Int {
    if let known = constants.firstIndex(where: { $0.bitPattern == constant.bitPattern }) {
      return known
    }
    constants.append(constant)
    return constants.count - 1
  }

  /// The nodes below `outputs` that have no values yet, in order of creation.
  static func pending(below outputs: [Node]) -> [Node] {
    var seen = Set<ObjectIdentifier>()
    var pending: [Node] = []
    var stack = outputs.filter { !$0.isLeaf }
    while let node = stack.popLast() {
      guard seen.insert(ObjectIdentifier(node)).inserted else { continue }
      pending.append(node)
      for input in node.inputs where !input.isLeaf { stack.append(input) }
    }
    return pending.sorted { $0.serial < $1.serial }
  }
}

extension Tensor {
  /// Those of `others` that are computed on the way to `tensors`, each once, the oldest first.
  package static func pending(
    _ others: [Tensor], onTheWayTo tensors: [Tensor]
  ) -> [Tensor] {
    let wanted = Set(others.map { ObjectIdentifier($0.node) })
      .subtracting(tensors.map { ObjectIdentifier($0.node) })
    guard !wanted.isEmpty else { return [] }
    return GraphRequest.pending(below: tensors.map(\.node))
      .filter { wanted.contains(ObjectIdentifier($0)) }.map(Tensor.init)
  }

  /// The values in memory that pending tensors are computed from, by node.
  package static func sources(of tensors: [Tensor]) -> Set<ObjectIdentifier> {
    var sources = Set<ObjectIdentifier>()
    for node in GraphRequest.pending(below: tensors.map(\.node)) {
      for input in node.inputs where input.isLeaf { sources.insert(ObjectIdentifier(input)) }
    }
    return sources
  }
}

/// The structure of a graph as a list of whole numbers.
struct GraphKey: Hashable {
  private var words: [Int] = []

  mutating func append(_ shape: Shape) {
    words.append(shape.rank)
    words.append(contentsOf: shape.sizes)
  }

  mutating func append(_ reference: GraphRequest.Reference) {
    switch reference {
    case .node(let index): words.append(index * 4)
    case .leaf(let index): words.append(index * 4 + 1)
    case .constant(let index): words.append(index * 4 + 2)
    }
  }

  /// Everything of an op but what may change from run to run: constants, seeds and counters.
  mutating func append(_ op: Op) {
    switch op {
    case .data: words.append(0)
    case .constant: words.append(1)
    case .random(let distribution, _, _, _): append(distribution)
    case .map(let operation): words.append(256 + Int(operation.rawValue))
    case .sum(let axes): append(3, axes)
    case .maximum(let axes): append(4, axes)
    case .minimum(let axes): append(5, axes)
    case .argmax(let axis): append(6, [axis])
    case .argmin(let axis): append(7, [axis])
    case .cumsum(let axis): append(8, [axis])
    case .argsort(let axis): append(9, [axis])
    case .reshape: words.append(10)
    case .permute(let axes): append(11, axes)
    case .broadcast: words.append(12)
    case .slice(let slices): append(13, slices.flatMap { [$0.start, $0.step, $0.count] })
    case .place(let slices, _): append(14, slices.flatMap { [$0.start, $0.step, $0.count] })
    case .concat(let axis): append(15, [axis])
    case .gather: words.append(16)
    case .scatterAdd(let rows): append(17, [rows])
    case .matrixProduct: words.append(18)
    case .convolution(let window): append(19, [window.stride, window.padding])
    case .convolutionInput(let window, _, _): append(20, [window.stride, window.padding])
    case .convolutionWeight(let window, _, _): append(21, [window.stride, window.padding])
    case .stop: words.append(22)
    case .maxPool(let size): append(27, [size])
    case .maxPoolPlace(let size): append(28, [size])
    }
  }

  private mutating func append(_ tag: Int, _ numbers: [Int]) {
    words.append(tag)
    words.append(numbers.count)
    words.append(contentsOf: numbers)
  }

  private mutating func append(_ distribution: Distribution) {
    switch distribution {
    case .uniform: append(23, [])
    case .normal: append(24, [])
    case .integers(let bound): append(25, [bound])
    case .permutation: append(26, [])
    }
  }
}
