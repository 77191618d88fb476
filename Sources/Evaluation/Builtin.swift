import Syntax
import Tensors

/// One name that the language provides, defined once: help, completion, the reference page and the
/// binding of arguments are all computed from it.
package struct Builtin: Sendable {
  package let signature: Signature
  package let topic: Topic
  /// One line, without a full stop.
  package let summary: String
  /// Shapes of arguments and result, for example `[B, D] → [B]`.
  package let shapes: String?
  /// A cell that shows it at work; the tests run it.
  package let example: String
  /// Whether it is a verb that takes the rest of its line.
  package let isCommand: Bool
  let body: @Sendable (BoundCall) throws -> Value

  package var name: String { signature.name }

  package enum Topic: String, CaseIterable, Sendable {
    case make, shape, math, reduce
    case linearAlgebra = "linear algebra"
    case calculus, models, losses
    case optimizers, training, data, show, check
  }

  /// `signature` reads like a declaration: in `plot(x, y?, count = 50)` y and count may be left
  /// out, `sizes…` takes any number of arguments, and `columns: 10` must be given by name.
  init(
    _ signature: String, _ topic: Topic, _ summary: String, shapes: String? = nil,
    example: String, isCommand: Bool = false, body: @escaping @Sendable (BoundCall) throws -> Value
  ) {
    self.signature = Signature(signature)
    self.topic = topic
    self.summary = summary
    self.shapes = shapes
    self.example = example
    self.isCommand = isCommand
    self.body = body
  }

  /// The whole table, by topic.
  package static let all: [Builtin] = [
    Builtins.make, Builtins.shape, Builtins.lists, Builtins.math, Builtins.reduce,
    Builtins.linearAlgebra,
    Builtins.calculus, Builtins.models, Builtins.layers, Builtins.losses, Builtins.optimizers,
    Builtins.schedules, Builtins.training, Builtins.data, Builtins.synthetic, Builtins.files,
    Builtins.show, Builtins.figures, Builtins.pictures, Builtins.check, Builtins.help,
  ].flatMap { $0 }

  private static let byName = Dictionary(
    all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

  package static func named(_ name: String) -> Builtin? { byName[name] }

  /// The verbs that the parser must know.
  package static let commands = Set(all.filter(\.isCommand).map(\.name))
}

/// The tables of built-ins, one file per topic.
enum Builtins {}
