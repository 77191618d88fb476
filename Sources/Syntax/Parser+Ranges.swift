/// Ranges and what stands between the brackets of an index.
extension Parser {
  /// A range; without `lower`, inside an index, it begins where its steps do: at the first element,
  /// or at the last if they lead backwards.
  mutating func parseRange(_ lower: Expression?) throws(Skip) -> Expression {
    let token = advance()
    skipLines()
    let closed = token.kind == .symbol(.closedRange)
    var upper: Expression?
    if closed, endsOpenRange {
      upper = nil
    } else if beginsExpression {
      upper = try parseBinary(.compose)
    } else {
      throw fail(.expectedExpression(after: source.slice(token.span), found: found))
    }
    var step: Expression?
    if case .name("by") = peek().kind {
      advance()
      step = try parseBinary(.compose)
    }
    let isBackward = if case .number(let value) = step?.kind { value < 0 } else { false }
    func end(_ isLast: Bool) -> Expression { Expression(.number(isLast ? -1 : 0), token.span) }
    return Expression(
      .range(
        lower: lower ?? end(isBackward), upper: upper ?? end(!isBackward), closed: closed,
        step: step),
      Span((lower?.span ?? token.span).start, lastEnd))
  }

  /// Whether a range stops here, as in `x[2...]`: its end is then the last element, −1.
  private var endsOpenRange: Bool {
    guard skipsNewlines.count == indexDepth else { return false }
    switch peek().kind {
    case .symbol(.closeBracket), .symbol(.comma), .name("by"): return true
    default: return false
    }
  }

  /// One index between brackets; `..<3` and `...3` begin at the first element.
  mutating func parseSubscript() throws(Skip) -> Expression {
    let outer = indexDepth
    indexDepth = skipsNewlines.count
    defer { indexDepth = outer }
    switch peek().kind {
    case .symbol(.halfOpenRange), .symbol(.closedRange):
      return try parseRange(nil)
    default: return try parseExpression()
    }
  }
}
