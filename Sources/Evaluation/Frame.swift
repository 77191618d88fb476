import Syntax

/// The names that one running function, or the top level, sees besides globals.
struct Frame {
  /// Blocks from the outermost; the top level starts with none and keeps its names as globals.
  var scopes: [[String: Value]]
  let captured: [String: Value]
  /// A function sees itself, so that it can call itself even as a local.
  let function: Closure?
  let source: Source
  /// Names that ended with their block, for better messages.
  var ended: Set<String> = []

  static func topLevel(_ source: Source) -> Frame {
    Frame(scopes: [], captured: [:], function: nil, source: source)
  }

  func lookUp(_ name: String) -> Value? {
    for scope in scopes.reversed() {
      if let value = scope[name] { return value }
    }
    if let value = captured[name] { return value }
    if let function, function.function.name == name { return .function(function) }
    return nil
  }

  /// Index of the innermost block that has the name.
  func scopeIndex(of name: String) -> Int? { scopes.lastIndex { $0[name] != nil } }

  /// All local values, for a function that is made here.
  var visibleLocals: [String: Value] {
    var locals = captured
    if let function, let name = function.function.name { locals[name] = .function(function) }
    for scope in scopes { locals.merge(scope) { _, inner in inner } }
    return locals
  }
}
