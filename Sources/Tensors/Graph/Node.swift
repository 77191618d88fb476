import Kernels
import Synchronization

/// One operation of a lazy graph and, once somebody has asked, its values.
///
/// A node belongs to one session at a time; sessions on different threads share none.
package final class Node {
  package let op: Op
  package private(set) var inputs: [Node]
  package let shape: Shape
  /// The values in row-major order, if they are in memory.
  package private(set) var storage: Storage?
  /// Position in the order of creation, which is a topological order.
  package let serial: Int
  /// Longest chain of unevaluated nodes below.
  package let depth: Int
  /// Longest chain of nodes below.
  private let height: Int

  private init(_ op: Op, _ inputs: [Node], shape: Shape, storage: Storage?) {
    self.op = op
    self.inputs = inputs
    self.shape = shape
    self.storage = storage
    serial = Serial.next()
    var (depth, height) = (0, 0)
    for input in inputs {
      if input.storage == nil { depth = max(depth, input.depth + 1) }
      height = max(height, input.height + 1)
    }
    self.depth = depth
    self.height = height
  }

  /// A long chain is taken apart in a loop, because releasing it link by link would overflow the
  /// stack.
  deinit {
    if height < 1_000 { return }
    var orphans = inputs
    inputs = []
    while var node = orphans.popLast() {
      if isKnownUniquelyReferenced(&node) {
        orphans.append(contentsOf: node.inputs)
        node.inputs = []
      }
    }
  }

  /// A node of values in memory. `storage` holds at least `shape.count` floats.
  package init(_ storage: Storage, shape: Shape) {
    op = .data
    inputs = []
    self.shape = shape
    self.storage = storage
    serial = Serial.next()
    depth = 0
    height = 0
  }

  /// A node whose shape follows from the op's shape table. Nothing has to be computed for a shape
  /// without elements, so no plan ever sees an op that gives none.
  package convenience init(_ op: Op, _ inputs: [Node] = []) throws(TensorError) {
    let shape = try op.resultShape(inputs)
    guard shape.isAddressable else { throw .outOfMemory(bytes: shape.byteCount, limit: 0) }
    let nothing = shape.count == 0 ? try Storage.allocate(count: 0) : nil
    self.init(op, inputs, shape: shape, storage: nothing)
  }

  package convenience init(constant: Float) {
    self.init(.constant(constant), [], shape: .scalar, storage: nil)
  }

  /// Whether the values need no computation.
  package var isLeaf: Bool {
    if storage != nil { return true }
    if case .constant = op { return true }
    return false
  }

  /// The number, if it is known without computing anything in a plan.
  package var constant: Float? {
    if case .constant(let value) = op { return value }
    return nil
  }

  /// Keeps computed values. `cut` forgets how they were computed, which ends gradients here.
  package func fulfil(_ storage: Storage, cut: Bool) {
    self.storage = storage
    if cut { inputs = [] }
  }

  /// Forgets how values already in memory were computed.
  package func cutHistory() {
    if storage != nil { inputs = [] }
  }
}

/// Numbers nodes in order of creation. Only the order is used, so sharing it between sessions
/// changes no result.
private enum Serial {
  private static let counter = Atomic<Int>(0)
  static func next() -> Int { counter.add(1, ordering: .relaxed).newValue }
}
