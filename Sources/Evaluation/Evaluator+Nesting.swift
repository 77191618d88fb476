extension Evaluator {
  /// Refuses lists that would be nested too deeply to be shown, compared or released, and lists
  /// that hold one another so often that a walk over them would not end.
  func refuseBeyondDepth(_ values: some Sequence<Value>) throws {
    var left = host.limits.listLength
    for value in values where value.isNested {
      try walk(value, depth: 1, &left)
    }
  }

  private func walk(_ value: Value, depth: Int, _ left: inout Int) throws {
    guard depth < host.limits.listDepth else {
      throw Fault.listDepth(limit: host.limits.listDepth)
    }
    let inner = value.held
    left -= inner.count
    guard left >= 0 else { throw Fault.listLimit(limit: host.limits.listLength) }
    for value in inner where value.isNested { try walk(value, depth: depth + 1, &left) }
  }
}

extension Value {
  fileprivate var isNested: Bool {
    switch self {
    case .list, .record, .function, .composition: true
    default: false
    }
  }

  fileprivate var held: [Value] {
    switch self {
    case .list(let values), .composition(let values): values
    case .record(let record): record.fields.map(\.value)
    case .function(let closure): Array(closure.captured.values)
    default: []
    }
  }
}
