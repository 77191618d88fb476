/// Text for terminals that show nothing beyond ASCII.
package enum ASCIIFallback {
  /// Replaces what ASCII lacks: `×` by `x`, `μ` by `mu`, and what has no spelling by `?`.
  ///
  /// With `keepsColumns` each letter stays one column wide, so that marks below a line still fit.
  package static func text(_ text: String, keepsColumns: Bool = false) -> String {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
    var result = ""
    for character in text {
      if character.isASCII {
        result.append(character)
        continue
      }
      let spelling = spelling(of: character)
      result += keepsColumns ? String(spelling.prefix(1)) : spelling
    }
    return result
  }

  private static func spelling(of character: Character) -> String {
    if let known = spellings[character] { return known }
    // A letter with an accent or hat keeps the letter.
    let base = String(String.UnicodeScalarView(character.unicodeScalars.prefix(1)))
    if let letter = base.first, letter != character || base.utf8.count == 1 {
      return letter.isASCII ? base : spellings[letter] ?? "?"
    }
    return "?"
  }

  private static let spellings: [Character: String] = [
    "×": "x", "·": ".", "−": "-", "–": "-", "—": "-", "…": "...", "→": "->", "←": "<-",
    "↑": "^", "↓": "v", "≤": "<=", "≥": ">=", "≠": "!=", "≈": "~", "±": "+-", "⊙": "*",
    "∞": "inf", "√": "sqrt", "∂": "d", "∇": "grad", "Σ": "sum", "∈": "in", "‖": "||",
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "eps", "ζ": "zeta",
    "η": "eta", "θ": "theta", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi",
    "π": "pi", "ρ": "rho", "σ": "sigma", "τ": "tau", "φ": "phi", "χ": "chi", "ψ": "psi",
    "ω": "omega", "Δ": "Delta", "Γ": "Gamma", "Θ": "Theta", "Λ": "Lambda", "Φ": "Phi",
    "Ω": "Omega", "⁰": "^0", "¹": "^1", "²": "^2", "³": "^3", "⁴": "^4", "⁻": "^-",
    "₀": "0", "₁": "1", "₂": "2", "₃": "3", "₄": "4", "½": "1/2", "“": "\"", "”": "\"",
    "‘": "'", "’": "'", "é": "e", "ö": "o", "ü": "u", "ä": "a", "ß": "ss", "°": "deg",
    "█": "#", "▏": "|", "│": "|", "─": "-", "┤": "+", "┬": "+", "└": "+", "✓": "ok", "✗": "x",
  ]
}
