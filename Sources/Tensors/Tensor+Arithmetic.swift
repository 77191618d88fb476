import Kernels

extension Tensor {
  /// Applies an elementwise operation, inputs broadcast as NumPy does.
  ///
  /// Numbers known while the graph is built are folded, and unstable textbook formulas become their
  /// stable forms (`Rewrites`).
  package static func map(
    _ operation: ElementwiseOperation, _ inputs: Tensor...
  ) throws(TensorError) -> Tensor {
    try map(operation, inputs)
  }

  package static func map(
    _ operation: ElementwiseOperation, _ inputs: [Tensor]
  ) throws(TensorError) -> Tensor {
    if let folded = Rewrites.fold(operation, inputs) { return folded }
    if let rewritten = try Rewrites.rewrite(operation, inputs) { return rewritten }
    let node = try Node(.map(operation), inputs.map(\.node))
    return Tensor(try node.withoutNeedlessBroadcasts())
  }

  package static func + (a: Tensor, b: Tensor) throws(TensorError) -> Tensor {
    try map(.add, a, b)
  }

  package static func - (a: Tensor, b: Tensor) throws(TensorError) -> Tensor {
    try map(.subtract, a, b)
  }

  package static func * (a: Tensor, b: Tensor) throws(TensorError) -> Tensor {
    try map(.multiply, a, b)
  }

  package static func / (a: Tensor, b: Tensor) throws(TensorError) -> Tensor {
    try map(.divide, a, b)
  }

  package static prefix func - (a: Tensor) throws(TensorError) -> Tensor {
    try map(.negate, a)
  }

  /// The same values, through which no gradient passes.
  package func stopped() throws(TensorError) -> Tensor {
    if case .stop = node.op, node.storage == nil { return self }
    return Tensor(try Node(.stop, [node]))
  }
}

extension Node {
  /// An explicit broadcast below an elementwise op is needless where the op's own broadcasting
  /// gives the same shape without it.
  fileprivate func withoutNeedlessBroadcasts() throws(TensorError) -> Node {
    guard inputs.contains(where: \.isPendingBroadcast) else { return self }
    var bare: [Node] = []
    for input in inputs { bare.append(input.isPendingBroadcast ? input.inputs[0] : input) }
    let stripped = try Node(op, bare)
    if stripped.shape == shape { return stripped }
    for index in inputs.indices where inputs[index].isPendingBroadcast {
      var partly = inputs
      partly[index] = bare[index]
      let candidate = try Node(op, partly)
      if candidate.shape == shape { return candidate }
    }
    return self
  }

  private var isPendingBroadcast: Bool {
    guard storage == nil, case .broadcast = op else { return false }
    return true
  }
}
