/// How tightly operators bind, from the loosest; equal levels group from the left, `^` from the
/// right.
enum Precedence: Int, Comparable {
  case pipe, or, and, not, comparison, range, compose, sum, product, matrixProduct, sign, power

  static func < (a: Precedence, b: Precedence) -> Bool { a.rawValue < b.rawValue }

  /// What binds tighter, for the right side of an operator that groups from the left.
  var next: Precedence { Precedence(rawValue: rawValue + 1) ?? .power }
}

extension BinaryOperator {
  var precedence: Precedence {
    switch self {
    case .pipe: .pipe
    case .or: .or
    case .and: .and
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: .comparison
    case .compose: .compose
    case .add, .subtract: .sum
    case .multiply, .divide, .remainder: .product
    case .matrixProduct: .matrixProduct
    case .power: .power
    }
  }
}

extension Token.Kind {
  /// The binary operator that this token is, if it is one.
  var binaryOperator: BinaryOperator? {
    switch self {
    case .keyword(.and): return .and
    case .keyword(.or): return .or
    case .symbol(let symbol): return BinaryOperator(rawValue: symbol.rawValue)
    default: return nil
    }
  }
}
