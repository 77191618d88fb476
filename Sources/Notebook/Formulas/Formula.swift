/// A formula of the LaTeX that lessons use, as a tree: read once, shown as Unicode or MathML.
package indirect enum Formula: Sendable, Hashable {
  case row([Formula])
  /// A letter that stands for a quantity, for example `x` or `θ`.
  case identifier(String)
  case number(String)
  /// A function written upright, for example `log`.
  case function(String)
  case symbol(String, SymbolClass)
  case text(String)
  case fraction(Formula, Formula)
  case root(Formula, degree: Formula?)
  case scripts(Formula, lower: Formula?, upper: Formula?)
  case accented(Accent, Formula)
  /// `\left … \right`; an empty delimiter is `\left.`.
  case fenced(String, Formula, String)
  case grid(Grid)
  /// `\underbrace{…}` and `\overbrace{…}`.
  case braced(Formula, isUnder: Bool)
  case space(Space)
  /// A command that this reader does not know, with its backslash.
  case unknown(String)

  package enum SymbolClass: Sendable, Hashable {
    /// `+`, `⊙`: space on both sides, none if there is nothing to the left.
    case binary
    /// `=`, `∼`, `→`: space on both sides.
    case relation
    /// `∑`, `∫`: limits below and above.
    case large
    case opening, closing, punctuation
    /// `∞`, `∂`, `|`: no space of its own.
    case ordinary
  }

  /// How much room stands between two parts: `\,`, `\quad` or `\qquad`.
  package enum Space: Sendable, Hashable {
    case thin, quad, qquad
  }

  /// A mark above its base: the character to combine and the one to set above.
  package enum Accent: String, Sendable, Hashable, CaseIterable {
    case hat, tilde, bar, dot, ddot, vec, overline, underline, widehat, widetilde, check, breve
    case acute, grave, mathring
  }

  /// Cells in rows between two delimiters: matrices, cases and aligned equations.
  package struct Grid: Sendable, Hashable {
    package var rows: [[Formula]]
    package var opening: String
    package var closing: String
    /// Whether the rows are equations below each other rather than one object.
    package var isAligned: Bool
  }

  /// Reads LaTeX without its `$`. No text is refused.
  package init(latex: String) {
    var parser = FormulaParser(latex)
    self = parser.parse()
  }

  /// What in the LaTeX is opened and never closed, or closed and never opened, if anything.
  package static func imbalance(in latex: String) -> String? {
    var parser = FormulaParser(latex)
    _ = parser.parse()
    return parser.imbalance
  }

  /// The commands in the formula that the reader does not know.
  package var unknownCommands: [String] {
    switch self {
    case .unknown(let command): [command]
    case .identifier, .number, .function, .symbol, .text, .space: []
    case .row(let items): items.flatMap(\.unknownCommands)
    case .fraction(let top, let bottom): top.unknownCommands + bottom.unknownCommands
    case .root(let body, let degree): body.unknownCommands + (degree?.unknownCommands ?? [])
    case .scripts(let base, let lower, let upper):
      base.unknownCommands + (lower?.unknownCommands ?? []) + (upper?.unknownCommands ?? [])
    case .accented(_, let body), .fenced(_, let body, _), .braced(let body, _):
      body.unknownCommands
    case .grid(let grid): grid.rows.joined().flatMap(\.unknownCommands)
    }
  }
}
