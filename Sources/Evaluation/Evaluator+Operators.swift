import Kernels
import Models
import Syntax
import Tensors

extension Evaluator {
  func evaluateBinary(
    _ symbol: BinaryOperator, _ operatorSpan: Span, _ left: Expression, _ right: Expression
  ) throws -> Value {
    switch symbol {
    case .and:
      let first = try evaluate(left)
      if case .boolean(let flag) = first, !flag { return first }
      let second = try evaluate(right)
      return try located(at: operatorSpan, related: [left.span, right.span]) {
        try logic(.and, first, second)
      }
    case .or:
      let first = try evaluate(left)
      if case .boolean(let flag) = first, flag { return first }
      let second = try evaluate(right)
      return try located(at: operatorSpan, related: [left.span, right.span]) {
        try logic(.or, first, second)
      }
    case .pipe: return try evaluatePipe(left, right)
    default:
      let first = try evaluate(left)
      let second = try evaluate(right)
      return try located(at: operatorSpan, related: [left.span, right.span]) {
        try apply(symbol, first, second)
      }
    }
  }

  func apply(_ symbol: UnaryOperator, _ value: Value) throws -> Value {
    switch symbol {
    case .negate: return .tensor(try -tensor(value, place: "the operand of −"))
    case .not:
      switch value {
      case .boolean(let flag): return .boolean(!flag)
      case .mask(let mask): return .mask(try .map(.not, mask))
      default: return .boolean(try !isTrue(value))
      }
    }
  }

  private func apply(_ symbol: BinaryOperator, _ left: Value, _ right: Value) throws -> Value {
    switch symbol {
    case .power: return try arithmetic(.power, symbol, left, right)
    case .multiply: return try arithmetic(.multiply, symbol, left, right)
    case .divide: return try arithmetic(.divide, symbol, left, right)
    case .remainder: return try arithmetic(.remainder, symbol, left, right)
    case .subtract: return try arithmetic(.subtract, symbol, left, right)
    case .add: return try add(left, right)
    case .matrixProduct:
      return .tensor(
        try operand(left, symbol, left, right).matrixProduct(operand(right, symbol, left, right)))
    case .compose: return try compose(left, right)
    case .equal: return try equality(.equal, left, right)
    case .notEqual: return try equality(.notEqual, left, right)
    case .less: return try comparison(.less, symbol, left, right)
    case .lessOrEqual: return try comparison(.lessOrEqual, symbol, left, right)
    case .greater: return try comparison(.greater, symbol, left, right)
    case .greaterOrEqual: return try comparison(.greaterOrEqual, symbol, left, right)
    case .and, .or, .pipe: preconditionFailure("evaluated with their operands")
    }
  }

  private func operand(
    _ value: Value, _ symbol: BinaryOperator, _ left: Value, _ right: Value
  ) throws -> Tensor {
    switch value {
    case .tensor, .mask, .boolean, .range, .dataset, .parameter: return try tensor(value)
    default: throw Fault.unsupportedOperator(symbol.rawValue, left.kindName, right.kindName)
    }
  }

  private func arithmetic(
    _ operation: ElementwiseOperation, _ symbol: BinaryOperator, _ left: Value, _ right: Value
  ) throws -> Value {
    .tensor(
      try .map(
        operation, operand(left, symbol, left, right), operand(right, symbol, left, right)))
  }

  /// Adds numbers and tensors, joins strings and lists.
  private func add(_ left: Value, _ right: Value) throws -> Value {
    switch (left, right) {
    case (.string(let a), .string(let b)):
      guard a.utf8.count + b.utf8.count <= host.limits.stringLength else {
        throw Fault.stringLimit(limit: host.limits.stringLength)
      }
      return .string(a + b)
    case (.list(let a), .list(let b)):
      guard a.count + b.count <= host.limits.listLength else {
        throw Fault.listLimit(limit: host.limits.listLength)
      }
      try refuseBeyondDepth(a)
      try refuseBeyondDepth(b)
      return .list(a + b)
    // `[]` has no elements that would say whether it is a tensor or a list.
    case (.tensor(let a), .list) where a.shape == [0]: return right
    case (.list, .tensor(let b)) where b.shape == [0]: return left
    case (.tensor(let a), .tensor(let b))
    where (a.shape == [0] && b.shape == [1]) || (a.shape == [1] && b.shape == [0]):
      throw Fault.lostInBroadcast
    default: return try arithmetic(.add, .add, left, right)
    }
  }

  /// Two numbers compare to true or false, which looks at them; tensors to a mask.
  private func comparison(
    _ operation: ElementwiseOperation, _ symbol: BinaryOperator, _ left: Value, _ right: Value
  ) throws -> Value {
    if case .string(let a) = left, case .string(let b) = right {
      switch operation {
      case .less: return .boolean(a < b)
      case .lessOrEqual: return .boolean(a <= b)
      case .greater: return .boolean(a > b)
      default: return .boolean(a >= b)
      }
    }
    let compared = try Tensor.map(
      operation, operand(left, symbol, left, right), operand(right, symbol, left, right))
    return compared.rank == 0 ? .boolean(try number(compared) != 0) : .mask(compared)
  }

  private func equality(
    _ operation: ElementwiseOperation, _ left: Value, _ right: Value
  ) throws -> Value {
    if left.isTensorLike, right.isTensorLike {
      return try comparison(operation, operation == .equal ? .equal : .notEqual, left, right)
    }
    let isEqual = try areEqual(left, right)
    return .boolean(operation == .equal ? isEqual : !isEqual)
  }

  private func areEqual(_ left: Value, _ right: Value) throws -> Bool {
    switch (left, right) {
    case (.nothing, .nothing): return true
    case (.string(let a), .string(let b)): return a == b
    case (.optimizer(let a), .optimizer(let b)): return a == b
    case (.list(let a), .list(let b)):
      return try a.count == b.count && zip(a, b).allSatisfy { try areEqual($0, $1) }
    case (.record(let a), .record(let b)):
      return try a.names == b.names
        && zip(a.fields, b.fields).allSatisfy { try areEqual($0.value, $1.value) }
    default:
      guard left.isTensorLike, right.isTensorLike else { return false }
      let (a, b) = (try tensor(left), try tensor(right))
      return try a.shape == b.shape && values(of: a) == values(of: b)
    }
  }

  private func logic(
    _ operation: ElementwiseOperation, _ left: Value, _ right: Value
  ) throws -> Value {
    switch (left, right) {
    case (.mask, _), (_, .mask):
      return .mask(try .map(operation, tensor(left), tensor(right)))
    default:
      let (a, b) = (try isTrue(left), try isTrue(right))
      return .boolean(operation == .and ? a && b : a || b)
    }
  }

  /// `a >> b`: models join into one; anything callable joins into a composition.
  private func compose(_ left: Value, _ right: Value) throws -> Value {
    let limit = host.limits.compositionLength
    guard left.composedCount + right.composedCount <= limit else {
      throw Fault.outOfRange(
        value: "\(left.composedCount + right.composedCount)", place: "the number of joined parts",
        allowed: "at most \(limit)")
    }
    if let a = left.asModel, let b = right.asModel {
      return .model(Model(kind: "model", layers: a.layers + b.layers))
    }
    guard left.isCallable, right.isCallable else {
      throw Fault.unsupportedOperator(">>", left.kindName, right.kindName)
    }
    return .composition(left.composed + right.composed)
  }
}

extension Value {
  var isTensorLike: Bool {
    switch self {
    case .tensor, .mask, .boolean, .range, .dataset, .parameter: true
    default: false
    }
  }

  var isCallable: Bool {
    switch self {
    case .function, .builtin, .model, .composition: true
    default: false
    }
  }

  /// A model, or an activation or `flatten` used as one.
  var asModel: Model? {
    switch self {
    case .model(let model): return model
    case .builtin(let builtin):
      if builtin.name == "flatten" { return Model(kind: "flatten", layers: [Flattening()]) }
      return Activation(rawValue: builtin.name).map { Model(kind: builtin.name, layers: [$0]) }
    default: return nil
    }
  }

  fileprivate var composedCount: Int {
    switch self {
    case .composition(let parts): parts.count
    case .model(let model): model.layers.count
    default: 1
    }
  }

  fileprivate var composed: [Value] {
    if case .composition(let parts) = self { return parts }
    return [self]
  }
}
