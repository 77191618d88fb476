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
      let values: [Value]
      switch list {
      case .list(let elements): values = elements
      default:
        values = try call.at("list") {
          let tensor = try call.evaluator.tensor(list, place: "`list`")
          return try (0..<call.evaluator.elementCount(of: .tensor(tensor))).map {
            try call.evaluator.element($0, of: .tensor(tensor))
          }
        }
      }
      let limit = call.evaluator.host.limits.listLength
      guard values.count < limit else { throw Fault.listLimit(limit: limit) }
      return try call.evaluator.makeList(values + [added])
    },
  ]
}
