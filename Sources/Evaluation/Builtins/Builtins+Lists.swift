import Tensors

extension Builtins {
  static let lists: [Builtin] = [
    Builtin(
      "map(f, xs)", .shape,
      "f of each element, of each row of a tensor, or of each number of a range",
      shapes: "N results of one shape […] → [N, …], any others → a list",
      example: "map(x => x^2, 1...4)"
    ) { call in
      let f = try call.function("f")
      let (xs, count) = try call.at("xs") {
        let xs = call.value("xs") ?? .nothing
        let count = try call.evaluator.elementCount(of: xs)
        let limit = call.evaluator.host.limits.listLength
        guard count <= limit else { throw Fault.listLimit(limit: limit) }
        return (xs, count)
      }
      var results: [Value] = []
      for position in 0..<count {
        try call.evaluator.checkInterruption()
        let element = try call.evaluator.element(position, of: xs)
        results.append(try call.evaluator.call(f, [element], span: call.span))
      }
      return try call.evaluator.makeList(results)
    },
    Builtin(
      "append(list, x)", .shape, "the list, or the tensor, with x as one more element at its end",
      shapes: "[N, …], […] → [N + 1, …]", example: "append([1, 2], 3)"
    ) { call in
      let added = call.value("x") ?? .nothing
      let list = call.value("list") ?? .nothing
      if case .list(let elements) = list { return try call.list(elements, added) }
      let tensor = try call.at("list") {
        let tensor = try call.evaluator.tensor(list, place: "`list`")
        guard tensor.rank > 0 else { throw Fault.noElements("a number") }
        return tensor
      }
      if case .tensor(let row) = added, row.shape == tensor.shape.removing([0]) {
        return .tensor(
          try .concat([tensor, row.reshape(to: Shape([1] + row.shape.sizes))], axis: 0))
      }
      return try call.list(
        (0..<tensor.shape[0]).map { try call.evaluator.element($0, of: .tensor(tensor)) }, added)
    },
  ]
}

extension BoundCall {
  fileprivate func list(_ values: [Value], _ added: Value) throws -> Value {
    let limit = evaluator.host.limits.listLength
    guard values.count < limit else { throw Fault.listLimit(limit: limit) }
    return try evaluator.makeList(values + [added])
  }
}
