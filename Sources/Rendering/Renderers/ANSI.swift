/// Escape sequences for colour.
package enum ANSI {
  package static let reset = "\u{1B}[0m"

  /// The sequence that starts a style; empty for the plain one.
  package static func start(_ style: Style, trueColor: Bool) -> String {
    var codes: [String] = []
    if style.isBold { codes.append("1") }
    if let ink = style.ink { codes.append(code(ink, isBackground: false, trueColor: trueColor)) }
    if let background = style.background {
      codes.append(code(background, isBackground: true, trueColor: trueColor))
    }
    return codes.isEmpty ? "" : "\u{1B}[" + codes.joined(separator: ";") + "m"
  }

  private static func code(_ ink: Ink, isBackground: Bool, trueColor: Bool) -> String {
    let kind = isBackground ? 48 : 38
    let color: Palette.RGB
    switch ink {
    case .series(let index): return "\(kind);5;\(Palette.series256(index))"
    case .faint: return "\(kind);5;\(Palette.faint256)"
    case .wrong: return "\(kind);5;\(Palette.wrong256)"
    case .right: return "\(kind);5;\(Palette.right256)"
    case .level(let level):
      if !trueColor { return "\(kind);5;\(Palette.level256(level))" }
      color = Palette.color(ofLevel: level)
    case .stroke(let level): color = Palette.strokeColor(ofLevel: level)
    case .rgb(let red, let green, let blue): color = Palette.RGB(red, green, blue)
    }
    return trueColor
      ? "\(kind);2;\(color.red);\(color.green);\(color.blue)"
      : "\(kind);5;\(Palette.nearest256(color))"
  }
}
