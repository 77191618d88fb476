import Syntax

/// The parameters of a built-in, read from its declaration.
package struct Signature: Sendable {
  package let text: String
  package let name: String
  package let parameters: [Parameter]
  /// Whether it takes `{ … }` after its arguments.
  package let takesBlock: Bool

  package struct Parameter: Sendable {
    package let name: String
    package let isVariadic: Bool
    package let isOptional: Bool
    /// Declared as `name: default`: must be given by name.
    package let isLabelled: Bool
  }

  /// Variadic parameters whose arguments bring names of their own.
  private static let named: Set = ["fields", "curves"]

  init(_ text: String) {
    self.text = text
    let open = text.firstIndex(of: "(") ?? text.endIndex
    name = String(text[..<open])
    let close = text.lastIndex(of: ")") ?? open
    takesBlock = text.hasSuffix("{ … }")
    var parameters: [Parameter] = []
    let inside = open < close ? text[text.index(after: open)..<close] : ""
    for part in inside.split(separator: ",") {
      let word = part.prefix { $0 != "=" && $0 != ":" }.filter { $0 != " " }
      let isVariadic = word.hasSuffix("…")
      parameters.append(
        Parameter(
          name: word.filter { $0 != "…" && $0 != "?" }, isVariadic: isVariadic,
          isOptional: word.hasSuffix("?") || part.contains("=") || part.contains(":"),
          isLabelled: part.contains(":")))
    }
    self.parameters = parameters
  }

  /// Gives each argument its parameter.
  func bind(
    _ given: [GivenArgument], block: Block?, evaluator: Evaluator, callSpan: Span
  ) throws -> BoundCall {
    var bound: [String: [GivenArgument]] = [:]
    let positional = parameters.filter { !$0.isLabelled }
    let unlabelled = given.filter { $0.label == nil }
    // What stands behind a variadic parameter takes its arguments from the end.
    let trailing = positional.reversed().prefix { !$0.isVariadic }.count
    let isOpenEnded = trailing < positional.count
    var position = 0
    for argument in given where argument.label != nil {
      try evaluator.located(at: argument.labelSpan) { try bindLabelled(argument, &bound) }
    }
    for (index, argument) in unlabelled.enumerated() {
      if isOpenEnded, unlabelled.count - index <= trailing {
        position = max(position, positional.count - (unlabelled.count - index))
      }
      while position < positional.count, !positional[position].isVariadic,
        bound[positional[position].name] != nil
      { position += 1 }
      guard position < positional.count else {
        throw try evaluator.located(at: argument.span) { () throws -> Diagnostic in
          throw Fault.extraArgument(signature: text, limit: positional.count)
        }
      }
      let parameter = positional[position]
      bound[parameter.name, default: []].append(argument)
      if !parameter.isVariadic { position += 1 }
    }
    // `track a, b: 2, c` takes them as they are written.
    for parameter in parameters where parameter.isVariadic {
      bound[parameter.name]?.sort { $0.span.start < $1.span.start }
    }
    for parameter in parameters
    where bound[parameter.name] == nil && !parameter.isOptional && !parameter.isVariadic
      && !parameter.isLabelled
    { throw Fault.missingArgument(parameter.name, signature: text) }
    if block != nil, !takesBlock { throw Fault.unexpectedBlock(name) }
    return BoundCall(
      signature: self, evaluator: evaluator, bound: bound, block: block, span: callSpan)
  }

  private func bindLabelled(
    _ argument: GivenArgument, _ bound: inout [String: [GivenArgument]]
  ) throws {
    let label = argument.label ?? ""
    // What `record` and `track` take may have any names.
    if let open = parameters.first(where: { $0.isVariadic && Signature.named.contains($0.name) }) {
      bound[open.name, default: []].append(argument)
      return
    }
    guard let parameter = parameters.first(where: { $0.name == label }) else {
      throw Fault.unknownLabel(
        label, signature: text,
        suggestions: Suggestion.closest(to: label, among: parameters.map(\.name)))
    }
    guard bound[label] == nil || parameter.isVariadic else {
      throw Fault.repeatedArgument(label, signature: text)
    }
    bound[label, default: []].append(argument)
  }
}
