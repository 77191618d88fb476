/// What each LaTeX command without arguments stands for.
enum FormulaSymbols {
  static let commands: [String: Formula] = {
    var table: [String: Formula] = [:]
    func add(_ names: [String: String], _ make: (String) -> Formula) {
      for (name, text) in names { table[name] = make(text) }
    }
    add(greek) { .identifier($0) }
    add(ordinary) { .symbol($0, .ordinary) }
    add(binary) { .symbol($0, .binary) }
    add(relations) { .symbol($0, .relation) }
    add(large) { .symbol($0, .large) }
    add(opening) { .symbol($0, .opening) }
    add(closing) { .symbol($0, .closing) }
    for name in functions { table[name] = .function(name) }
    table["argmin"] = .function("arg min")
    table["argmax"] = .function("arg max")
    for name in [",", ":", ";", ">", " ", "thinspace", "enspace"] { table[name] = .space(.thin) }
    table["quad"] = .space(.quad)
    table["qquad"] = .space(.qquad)
    // Commands about size and place, which a terminal and a browser decide for themselves.
    for name in [
      "!", "displaystyle", "textstyle", "limits", "nolimits", "big", "Big", "bigg", "Bigg", "bigl",
      "bigr", "Bigl", "Bigr", "biggl", "biggr", "middle", "notag", "nonumber", "scriptstyle",
    ] { table[name] = .row([]) }
    return table
  }()

  private static let greek = [
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ϵ", "varepsilon": "ε",
    "zeta": "ζ", "eta": "η", "theta": "θ", "vartheta": "ϑ", "iota": "ι", "kappa": "κ",
    "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ",
    "varsigma": "ς", "tau": "τ", "upsilon": "υ", "phi": "φ", "varphi": "ϕ", "chi": "χ",
    "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ",
    "Pi": "Π", "Sigma": "Σ", "Upsilon": "Υ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω", "ell": "ℓ",
    "hbar": "ℏ", "imath": "ı", "jmath": "ȷ", "aleph": "ℵ",
  ]

  private static let ordinary = [
    "infty": "∞", "partial": "∂", "nabla": "∇", "forall": "∀", "exists": "∃", "emptyset": "∅",
    "varnothing": "∅", "top": "⊤", "bot": "⊥", "ldots": "…", "dots": "…", "cdots": "⋯",
    "dotsc": "…", "dotsb": "⋯", "vdots": "⋮", "ddots": "⋱", "prime": "′", "circ": "∘",
    "vert": "|", "Vert": "‖", "|": "‖", "neg": "¬", "lnot": "¬", "angle": "∠", "degree": "°",
    "Re": "ℜ", "Im": "ℑ", "%": "%", "#": "#", "&": "&", "$": "$", "_": "_", "dagger": "†",
    "checkmark": "✓", "square": "□", "blacksquare": "■", "backslash": "\\",
  ]

  private static let binary = [
    "cdot": "·", "times": "×", "div": "÷", "pm": "±", "mp": "∓", "odot": "⊙", "oplus": "⊕",
    "ominus": "⊖", "otimes": "⊗", "ast": "∗", "star": "⋆", "cup": "∪", "cap": "∩",
    "setminus": "∖", "wedge": "∧", "land": "∧", "vee": "∨", "lor": "∨", "bullet": "•",
  ]

  private static let relations = [
    "le": "≤", "leq": "≤", "ge": "≥", "geq": "≥", "ne": "≠", "neq": "≠", "approx": "≈",
    "sim": "∼", "simeq": "≃", "cong": "≅", "equiv": "≡", "propto": "∝", "ll": "≪", "gg": "≫",
    "in": "∈", "notin": "∉", "ni": "∋", "subset": "⊂", "subseteq": "⊆", "supset": "⊃",
    "supseteq": "⊇", "to": "→", "rightarrow": "→", "leftarrow": "←", "leftrightarrow": "↔",
    "Rightarrow": "⇒", "Leftarrow": "⇐", "Leftrightarrow": "⇔", "iff": "⇔", "implies": "⇒",
    "longrightarrow": "⟶", "mapsto": "↦", "gets": "←", "mid": "|", "parallel": "∥", "perp": "⊥",
    "coloneqq": "≔", "triangleq": "≜", "doteq": "≐", "prec": "≺", "succ": "≻", "uparrow": "↑",
    "downarrow": "↓", "colon": ":", "models": "⊨", "vdash": "⊢",
  ]

  private static let large = [
    "sum": "∑", "prod": "∏", "coprod": "∐", "int": "∫", "iint": "∬", "oint": "∮", "bigcup": "⋃",
    "bigcap": "⋂", "bigoplus": "⨁", "bigotimes": "⨂",
  ]

  private static let opening = [
    "{": "{", "lbrace": "{", "langle": "⟨", "lfloor": "⌊", "lceil": "⌈", "lvert": "|",
    "lVert": "‖", "lbrack": "[", "lparen": "(",
  ]

  private static let closing = [
    "}": "}", "rbrace": "}", "rangle": "⟩", "rfloor": "⌋", "rceil": "⌉", "rvert": "|",
    "rVert": "‖", "rbrack": "]", "rparen": ")",
  ]

  private static let functions = [
    "log", "ln", "exp", "min", "max", "sin", "cos", "tan", "sinh", "cosh", "tanh", "arcsin",
    "arccos", "arctan", "sup", "inf", "lim", "det", "dim", "ker", "arg", "deg", "gcd", "Pr",
  ]

  /// Functions whose subscript stands below them in a displayed formula.
  static let functionsWithLimits: Set<String> = [
    "min", "max", "sup", "inf", "lim", "arg min", "arg max", "det", "Pr", "gcd",
  ]
}

/// An alphabet of mathematical letters, for example the one of `\mathbb`.
enum FormulaAlphabet: String {
  case mathbb, mathcal, mathscr, mathbf, boldsymbol, bm, mathit, mathsf, mathtt, mathfrak

  /// The letter in this alphabet, or the letter itself where Unicode has none.
  func letter(_ scalar: UnicodeScalar) -> UnicodeScalar {
    if let special = Self.specials[rawValue]?[scalar] { return special }
    guard let base = bases else { return scalar }
    switch scalar {
    case "A"..."Z": return Self.shifted(scalar, from: "A", to: base.capital)
    case "a"..."z": return Self.shifted(scalar, from: "a", to: base.small)
    case "0"..."9":
      return base.digit.map { Self.shifted(scalar, from: "0", to: $0) } ?? scalar
    case "Α"..."Ω" where isBold: return Self.shifted(scalar, from: "Α", to: 0x1D6A8)
    case "α"..."ω" where isBold: return Self.shifted(scalar, from: "α", to: 0x1D6C2)
    default: return scalar
    }
  }

  private var isBold: Bool { self == .mathbf || self == .boldsymbol || self == .bm }

  private var bases: (capital: UInt32, small: UInt32, digit: UInt32?)? {
    switch self {
    case .mathbb: (0x1D538, 0x1D552, 0x1D7D8)
    case .mathcal, .mathscr: (0x1D49C, 0x1D4B6, nil)
    case .mathbf, .boldsymbol, .bm: (0x1D400, 0x1D41A, 0x1D7CE)
    case .mathsf: (0x1D5A0, 0x1D5BA, 0x1D7E2)
    case .mathtt: (0x1D670, 0x1D68A, 0x1D7F6)
    case .mathfrak: (0x1D504, 0x1D51E, nil)
    case .mathit: nil
    }
  }

  private static func shifted(
    _ scalar: UnicodeScalar, from first: UnicodeScalar, to base: UInt32
  ) -> UnicodeScalar {
    UnicodeScalar(base + scalar.value - first.value) ?? scalar
  }

  /// Letters that Unicode had before it got whole alphabets.
  private static let specials: [String: [UnicodeScalar: UnicodeScalar]] = {
    let script: [UnicodeScalar: UnicodeScalar] = [
      "B": "ℬ", "E": "ℰ", "F": "ℱ", "H": "ℋ", "I": "ℐ", "L": "ℒ", "M": "ℳ", "R": "ℛ", "e": "ℯ",
      "g": "ℊ", "o": "ℴ",
    ]
    return [
      "mathbb": [
        "C": "ℂ", "H": "ℍ", "N": "ℕ", "P": "ℙ", "Q": "ℚ", "R": "ℝ", "Z": "ℤ",
      ],
      "mathcal": script, "mathscr": script,
      "mathfrak": ["C": "ℭ", "H": "ℌ", "I": "ℑ", "R": "ℜ", "Z": "ℨ"],
    ]
  }()
}
