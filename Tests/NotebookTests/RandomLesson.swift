/// Texts that look like lessons gone wrong, the same for the same seed.
struct RandomLesson {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 0xD1B5_4A32_D192_ED03
  }

  private mutating func next(_ bound: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state % UInt64(bound))
  }

  private mutating func pick(_ choices: [String]) -> String {
    choices[next(choices.count)]
  }

  private static let pieces = [
    "---", "title: A", "title: \"Q: é\"", "seed: 4", "needs: [00-start, 01]", "minutes: x", "...",
    "# Heading", "prose *em* $x^2$", "", "", "   ", "\t", "- item", "1. item", "> quote",
    "<!-- hidden", "-->", "| a | b |", "|---|---|", "    indented", "e\u{301}", "\u{301}",
    "👩‍🔬 x̂ μ", "x = 1", "\r", "a\rb", "\u{FEFF}", "\u{2028}", "\0",
  ]

  private static let fences = [
    "```", "````", "~~~", "~~~~", "``", " ```", "   ```", "    ```", "\t```", "  ~~~", "```` ",
  ]

  private static let infos = [
    "", "", "latent", "latent exercise a", "latent exercise", "latent hint", "latent solution",
    "latent check", "latent wrong \"no\"", "latent wrong", "latent volatile", "latent error skip",
    "latent nonsense", "output", "output volatile", "output x", "python", " latent ", "latent\t",
    "la`tent",
  ]

  mutating func text() -> String {
    var text = ""
    for _ in 0..<next(24) {
      if next(3) == 0 {
        text += pick(Self.fences) + pick(Self.infos)
      } else {
        text += pick(Self.pieces)
      }
      text += pick(["\n", "\n", "\n", "\n", "\r\n", "\n\n", "\r"])
    }
    if next(3) == 0 { text += pick(Self.pieces + Self.fences) }
    return text
  }
}
