import Syntax
import Tensors

extension Evaluator {
  func evaluateIndex(_ base: Value, _ subscripts: [Subscript], _ span: Span) throws -> Value {
    switch base {
    case .list(let values): return try index(values, subscripts, span)
    case .record(let record): return try field(of: record, subscripts, span)
    case .string(let text):
      return try index(text.map { .string(String($0)) }, subscripts, span).joinedIfStrings
    case .range, .tensor, .mask, .parameter, .dataset:
      let tensor: Tensor = try located(at: span) { try self.tensor(base) }
      return .tensor(try index(tensor, subscripts, span))
    default:
      return try located(at: span) {
        throw Fault.wrongKind(
          expected: "a tensor, list, record or data set", got: base.kindName,
          place: "what is indexed")
      }
    }
  }

  /// `r["0.weight"]`: fields whose names are no identifiers, as files have them.
  private func field(of record: Record, _ subscripts: [Subscript], _ span: Span) throws -> Value {
    guard subscripts.count == 1, case .at(let expression) = subscripts[0] else {
      return try located(at: span) {
        throw Fault.wrongKind(expected: "one name", got: "several indices", place: "an index")
      }
    }
    let index = try evaluate(expression)
    return try located(at: expression.span) {
      guard case .string(let name) = index else {
        throw Fault.wrongKind(
          expected: "the name of a field as a string", got: index.kindName, place: "an index")
      }
      guard let value = record[name] else {
        let near = Suggestion.closest(to: name, among: record.names)
        throw Fault.unknownField(
          name, of: "the record", available: near.isEmpty ? Array(record.names.prefix(8)) : near)
      }
      return value
    }
  }

  private func index(_ values: [Value], _ subscripts: [Subscript], _ span: Span) throws -> Value {
    guard subscripts.count == 1 else {
      return try located(at: span) {
        throw Fault.tooManyIndices(count: subscripts.count, shape: [values.count])
      }
    }
    guard case .at(let expression) = subscripts[0] else { return .list(values) }
    let index = try evaluate(expression)
    return try located(at: expression.span) { try self.index(values, index) }
  }

  private func index(_ values: [Value], _ index: Value) throws -> Value {
    switch index {
    case .range(let range):
      let chosen = range.clipped(to: values.count)
      return .list((0..<chosen.count).map { values[chosen[$0]] })
    case .mask(let mask) where mask.rank == 1:
      guard mask.count == values.count else {
        throw Fault.maskMismatch(mask: mask.shape, indexed: [values.count])
      }
      let flags = try self.values(of: mask)
      return .list(zip(values, flags).filter { $0.1 != 0 }.map(\.0))
    case .tensor(let places) where places.rank == 1:
      return .list(
        try self.values(of: places).map { place in
          let number = try wholeNumber(.number(place), place: "an index")
          return values[try position(number, in: values.count, what: "the list")]
        })
    default:
      let number = try wholeNumber(index, place: "an index")
      return values[try position(number, in: values.count, what: "the list")]
    }
  }

  private func position(_ index: Int, in count: Int, what: String) throws -> Int {
    let fromFront = index < 0 ? index + count : index
    guard fromFront >= 0, fromFront < count else {
      throw Fault.indexOutOfRange(index: index, count: count, what: what)
    }
    return fromFront
  }

  /// One index per axis from the front; axes indexed by a number go. Lists of positions side by
  /// side are taken in pairs, as NumPy does.
  private func index(_ tensor: Tensor, _ subscripts: [Subscript], _ span: Span) throws -> Tensor {
    let tooMany = Fault.tooManyIndices(count: subscripts.count, shape: tensor.shape)
    guard subscripts.count <= tensor.rank else {
      return try located(at: span) { throw tooMany }
    }
    var cursor = IndexCursor(result: tensor)
    for entry in subscripts {
      guard case .at(let expression) = entry else {
        cursor.skip()
        continue
      }
      let index = try evaluate(expression)
      try located(at: expression.span) {
        guard cursor.axis < cursor.result.rank else { throw tooMany }
        try self.apply(index, to: &cursor)
      }
    }
    return cursor.result
  }

  /// What indices so far have made of a tensor.
  private struct IndexCursor {
    var result: Tensor
    /// The axis of `result` that the next index is about, and its number in the tensor.
    var axis = 0
    var number = 0
    /// Positions that the index before has picked along the axis in front, and what they were
    /// picked from.
    var positions: (places: Tensor, whole: Tensor)?

    mutating func skip() {
      axis += 1
      number += 1
      positions = nil
    }
  }

  private func apply(_ index: Value, to cursor: inout IndexCursor) throws {
    if case .tensor(let places) = index, places.rank > 0 || isComputedInStep(places) {
      return try pick(places, &cursor)
    }
    let rank = if case .mask(let mask) = index { mask.rank } else { 1 }
    (cursor.result, cursor.axis) = try self.index(
      cursor.result, axis: cursor.axis, index, number: cursor.number)
    cursor.number += rank
    cursor.positions = nil
  }

  /// Elements at positions along one axis, or along this and the one before in pairs.
  private func pick(_ places: Tensor, _ cursor: inout IndexCursor) throws {
    let axis = cursor.axis
    let size = cursor.result.shape[axis]
    var wrapped = try wrap(places, size: size, number: cursor.number)
    var whole = cursor.result
    if let (before, origin) = cursor.positions, before.rank > 0, places.rank > 0 {
      let first = axis - before.rank
      guard before.shape == places.shape else {
        throw Fault.unpairedPositions(before.shape, places.shape)
      }
      let sizes = origin.shape.sizes
      whole = try origin.reshape(
        to: Shape(sizes[..<first] + [sizes[first] * size] + sizes[(first + 2)...]))
      guard whole.shape[first] <= 1 << 24 else {
        throw Fault.tooLarge(Float(whole.shape[first]), place: "a pair of positions")
      }
      wrapped = try before * Tensor(Float(size)) + wrapped
      cursor.axis = first
    }
    cursor.result = try take(whole, axis: cursor.axis, wrapped)
    cursor.positions = (wrapped, whole)
    cursor.axis += places.rank
    cursor.number += 1
  }

  /// The tensor after one index, and the axis that the next index is about.
  private func index(
    _ tensor: Tensor, axis: Int, _ index: Value, number: Int
  ) throws -> (Tensor, Int) {
    let size = tensor.shape[axis]
    switch index {
    case .tensor:
      let place = try position(
        wholeNumber(index, place: "an index"), in: size, what: "axis \(number)")
      let row = try tensor.sliced(axis: axis, place..<(place + 1))
      return (try row.reshape(to: tensor.shape.removing([axis])), axis)
    case .range(let range): return (try slice(tensor, axis: axis, range), axis + 1)
    case .mask(let mask): return (try pick(tensor, axis: axis, mask), axis + 1)
    case .list(let flags) where flags.allSatisfy(\.isBoolean) && !flags.isEmpty:
      return (try pick(tensor, axis: axis, self.tensor(index)), axis + 1)
    default:
      throw Fault.wrongKind(
        expected: "a number, range, mask or tensor of indices", got: index.kindName,
        place: "an index")
    }
  }

  /// Where the mask holds; one over several axes picks from them as from one.
  private func pick(_ tensor: Tensor, axis: Int, _ mask: Tensor) throws -> Tensor {
    let sizes = tensor.shape.sizes
    let end = axis + mask.rank
    guard mask.rank > 0, end <= sizes.count, Array(sizes[axis..<end]) == mask.shape.sizes else {
      throw Fault.maskMismatch(
        mask: mask.shape, indexed: mask.rank == 1 ? [sizes[axis]] : tensor.shape)
    }
    let joined = Shape(sizes[..<axis] + [mask.count] + sizes[end...])
    let chosen = try values(of: mask).enumerated().filter { $0.element != 0 }
      .map { Float($0.offset) }
    return try take(
      tensor.reshape(to: joined), axis: axis, Tensor(chosen, shape: [chosen.count]))
  }

  private func slice(_ tensor: Tensor, axis: Int, _ range: IndexRange) throws -> Tensor {
    let size = tensor.shape[axis]
    var slices = tensor.shape.sizes.map { AxisSlice(start: 0, count: $0) }
    let chosen = range.clipped(to: size)
    slices[axis] =
      chosen.count == 0
      ? AxisSlice(start: 0, count: 0)
      : AxisSlice(start: chosen.lower, step: range.step, count: chosen.count)
    return try tensor.sliced(slices)
  }

  /// Whether looking at an index would keep the running step of `train` from being replayed.
  private func isComputedInStep(_ index: Tensor) -> Bool {
    recorder != nil && !index.node.isLeaf
  }

  /// Indices counted from the front. What a step of `train` computes is not looked at: the gather
  /// finds indices out of range when it runs.
  private func wrap(_ indices: Tensor, size: Int, number axis: Int) throws -> Tensor {
    if isComputedInStep(indices) {
      let isNegative = try Tensor.map(.less, indices, Tensor(0))
      return try .map(.select, isNegative, indices + Tensor(Float(size)), indices)
    }
    let numbers = try values(of: indices)
    for number in numbers {
      guard number == number.rounded() else { throw Fault.notWhole(number, place: "an index") }
      guard number >= -Float(size), number < Float(size) else {
        throw Fault.indexOutOfRange(
          index: Int(exactly: number) ?? .max, count: size, what: "axis \(axis)")
      }
    }
    guard numbers.contains(where: { $0 < 0 }) else { return indices }
    return try Tensor(numbers.map { $0 < 0 ? $0 + Float(size) : $0 }, shape: indices.shape)
  }

  /// Elements along `axis` at whole-number positions that are known to exist.
  func take(_ tensor: Tensor, axis: Int, _ indices: Tensor) throws -> Tensor {
    if axis == 0 { return try tensor.gathered(indices) }
    var axes = Array(0..<tensor.rank)
    axes.remove(at: axis)
    axes.insert(axis, at: 0)
    let taken = try tensor.permuted(axes).gathered(indices)
    // The index's axes came first; they go where the indexed axis was.
    var back = Array(indices.rank..<taken.rank)
    back.insert(contentsOf: 0..<indices.rank, at: axis)
    return try taken.permuted(back)
  }
}

extension Value {
  fileprivate var isBoolean: Bool {
    if case .boolean = self { return true }
    return false
  }

  fileprivate var joinedIfStrings: Value {
    guard case .list(let values) = self else { return self }
    var text = ""
    for value in values {
      guard case .string(let part) = value else { return self }
      text += part
    }
    return .string(text)
  }
}
