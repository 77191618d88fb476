import Tensors

/// Names one trained tensor, for as long as the session lives.
package struct ParameterID: Hashable, Sendable, Comparable {
  package let number: Int

  package static func < (a: ParameterID, b: ParameterID) -> Bool { a.number < b.number }
}

/// Names one tensor that training changes.
package enum StateKey: Hashable, Sendable {
  case parameter(ParameterID)
  /// What an optimizer remembers of a parameter; `slot` tells its memories apart. Optimizers with
  /// equal settings share their memories, so `adam(beta1: 0.5)` may stand inside a loop.
  case memory(Optimizer.Rule, ParameterID, slot: Int)
  /// A running statistic of a layer.
  case statistic(ParameterID)

  /// A fixed order, so that equal states make equal archives.
  fileprivate var order: (Int, String) { (identity.number, "\(self)") }

  var identity: ParameterID {
    switch self {
    case .parameter(let id), .memory(_, let id, _), .statistic(let id): id
    }
  }
}

extension Tensor {
  /// Gradients and replayed steps tell state apart by node, also where it starts out equal.
  fileprivate func withNodeOfItsOwn() throws(TensorError) -> Tensor {
    if let storage = node.storage { return Tensor(Node(storage, shape: shape)) }
    return Tensor(try Node(.stop, [node]))
  }
}

/// Everything that training changes, by identity. The store is a value: a copy is a snapshot that
/// costs nothing, because tensors are immutable and a step replaces them.
package struct StateStore {
  private var tensors: [StateKey: Tensor] = [:]
  private var names: [ParameterID: String] = [:]
  package private(set) var frozen: Set<ParameterID> = []
  private var nextNumber = 0
  /// Keys set since the last `settle`, in order, with what they held before.
  private var changes: [Change] = []
  private var changed: Set<StateKey> = []

  package struct Change {
    package let key: StateKey
    package let before: Tensor?
  }

  package init() {}

  package subscript(key: StateKey) -> Tensor? { tensors[key] }

  /// The current value of a parameter, possibly still to be computed.
  package func value(of id: ParameterID) -> Tensor { tensors[.parameter(id)]! }

  package func name(of id: ParameterID) -> String { names[id] ?? "" }

  /// Parameters and statistics that the store holds.
  package var identityCount: Int { names.count }

  /// Forgets what nothing can reach any more, with what optimizers remember of it.
  package mutating func keep(_ reachable: Set<ParameterID>) {
    tensors = tensors.filter { reachable.contains($0.key.identity) }
    names = names.filter { reachable.contains($0.key) }
    frozen.formIntersection(reachable)
  }

  /// Gives a key a new value. Gradients stop there: a later step of another player treats the
  /// parameters that an earlier one has just changed as given, although they are still graph.
  package mutating func set(_ key: StateKey, _ tensor: Tensor) throws(TensorError) {
    if changed.insert(key).inserted { changes.append(Change(key: key, before: tensors[key])) }
    tensors[key] = tensor.node.isLeaf ? tensor : try tensor.stopped()
  }

  /// A new parameter; `name` is what PyTorch users would call it, for example `weight`.
  package mutating func makeParameter(
    _ tensor: Tensor, name: String
  ) throws(TensorError) -> ParameterID {
    let id = ParameterID(number: nextNumber)
    nextNumber += 1
    names[id] = name
    try set(.parameter(id), tensor.withNodeOfItsOwn())
    return id
  }

  /// A new running statistic, which optimizers do not see.
  package mutating func makeStatistic(
    _ tensor: Tensor, name: String
  ) throws(TensorError) -> ParameterID {
    let id = ParameterID(number: nextNumber)
    nextNumber += 1
    names[id] = name
    try set(.statistic(id), tensor.withNodeOfItsOwn())
    return id
  }

  /// A parameter or statistic of its own that starts with the same values.
  package mutating func copy(_ id: ParameterID) throws(TensorError) -> ParameterID {
    if let value = tensors[.statistic(id)] { return try makeStatistic(value, name: name(of: id)) }
    return try makeParameter(value(of: id), name: name(of: id))
  }

  /// The current value of a running statistic, possibly still to be computed.
  package func statistic(_ id: ParameterID) -> Tensor { tensors[.statistic(id)]! }

  package func isFrozen(_ id: ParameterID) -> Bool { frozen.contains(id) }

  package mutating func setFrozen(_ ids: [ParameterID], _ isFrozen: Bool) {
    if isFrozen { frozen.formUnion(ids) } else { frozen.subtract(ids) }
  }

  // MARK: Archives

  /// Writes everything; nothing may be pending.
  package func write(to archive: inout ArchiveWriter, _ engine: Engine) throws(TensorError) {
    archive.write(nextNumber)
    let keys = tensors.keys.sorted { $0.order < $1.order }
    archive.write(keys.count)
    for key in keys {
      archive.write(key)
      try archive.write(tensors[key]!, engine)
    }
    archive.write(names.keys.sorted()) { archive, id in
      archive.write(id)
      archive.write(names[id]!)
    }
    archive.write(frozen.sorted().map(\.number))
  }

  package init(from archive: inout ArchiveReader) throws {
    nextNumber = try archive.number()
    for (key, tensor) in try archive.list({ (try $0.stateKey(), try $0.tensor()) }) {
      tensors[key] = tensor
    }
    for (id, name) in try archive.list({ (try $0.parameterID(), try $0.text()) }) {
      names[id] = name
    }
    frozen = Set(try archive.numbers().map(ParameterID.init(number:)))
  }

  // MARK: Steps

  /// What has been set since the last settling.
  package var pendingChanges: [Change] { changes }

  /// State that pending tensors are computed from although nothing has set it, in a fixed order.
  func givenState(for pending: [Tensor]) -> [(key: StateKey, tensor: Tensor)] {
    let sources = Tensor.sources(of: pending)
    let given = tensors.filter { key, tensor in
      !changed.contains(key) && sources.contains(ObjectIdentifier(tensor.node))
    }
    return given.sorted { $0.key.order < $1.key.order }.map { ($0.key, $0.value) }
  }

  /// Computes everything that was set, together with `others`, and forgets how.
  package mutating func settle(
    _ engine: Engine, with others: [Tensor], until isStopped: (() -> Bool)? = nil
  ) throws(TensorError) {
    let pending = changes.map { tensors[$0.key]! }
    if !pending.isEmpty || others.contains(where: { !$0.node.isLeaf }) {
      try engine.realize(pending + others, cut: true, until: isStopped)
    }
    // Pending graphs elsewhere may hold the old nodes: from here on the store has its own.
    var fresh: [ObjectIdentifier: Tensor] = [:]
    for change in changes {
      let tensor = tensors[change.key]!
      guard let storage = tensor.node.storage else { continue }
      let id = ObjectIdentifier(tensor.node)
      let leaf = fresh[id] ?? Tensor(Node(storage, shape: tensor.shape))
      fresh[id] = leaf
      tensors[change.key] = leaf
    }
    forgetChanges()
  }

  /// Replaces state by what a replay computed.
  package mutating func restore(_ values: [(StateKey, Tensor)]) {
    for (key, tensor) in values { tensors[key] = tensor }
    forgetChanges()
  }

  private mutating func forgetChanges() {
    changes = []
    changed = []
  }
}
