import Testing

@testable import Notebook

@Suite struct MathUnicodeTests {
  @Test(arguments: [
    (#"x^2"#, "x²"),
    (#"\sigma^2 + \mu^2 - 1 - \log \sigma^2"#, "σ² + μ² − 1 − log σ²"),
    (#"L = \lVert x - \hat{x} \rVert^2"#, "L = ‖x − x̂‖²"),
    (#"\frac{1}{2}\sum_{i=1}^{n} \sigma_i^2"#, "½ ∑ᵢ₌₁ⁿ σᵢ²"),
    (#"\frac{a+b}{c}"#, "(a + b)/c"),
    (
      #"\frac{p_\text{data}(x)}{p_\text{data}(x) + p_g(x)}"#,
      "p_data(x)/(p_data(x) + p_g(x))"
    ),
    (#"\frac{\partial L}{\partial w}"#, "∂L/∂w"),
    (
      #"z = \mu + \sigma \odot \epsilon,\ \epsilon \sim \mathcal{N}(0, I)"#,
      "z = μ + σ ⊙ ϵ, ϵ ∼ 𝒩(0, I)"
    ),
    (#"\min_G \max_D \mathbb{E}_{x \sim p}[\log D(x)]"#, "min_G max_D 𝔼_(x ∼ p)[log D(x)]"),
    (#"D_{KL}(q_\phi(z \mid x) \,\|\, p(z))"#, "D_KL(qᵩ(z | x) ‖ p(z))"),
    (#"\left( \frac{x}{y} \right)^2"#, "(x/y)²"),
    (#"x_{t+1} = x_t - \eta \nabla f(x_t)"#, "xₜ₊₁ = xₜ − η∇f(xₜ)"),
    (#"W^\top x"#, "Wᵀx"), (#"D^*(x)"#, "D*(x)"), (#"f'(x) = f''(x)"#, "f′(x) = f′′(x)"),
    (#"\sqrt{2\pi}\sigma"#, "√(2π)σ"), (#"\sqrt[3]{x}"#, "∛x"),
    (#"\theta_{\text{dec}} \in \mathbb{R}^d"#, "θ_dec ∈ ℝᵈ"),
    (#"-\log 4"#, "−log 4"), (#"e^{-x}"#, "e⁻ˣ"), (#"e^{\theta/2}"#, "e^(θ/2)"),
    (#"\mathbf{x}"#, "𝐱"), (#"\operatorname{softmax}(u)_i"#, "softmax(u)ᵢ"),
    (#"a \le b \neq c \to d"#, "a ≤ b ≠ c → d"), (#"\{1, \ldots, n\}"#, "{1, …, n}"),
    (#"201{,}474"#, "201,474"), (#"201,474"#, "201,474"), (#"(1,2)"#, "(1, 2)"),
    (#"\begin{pmatrix} 1 & 0 \\ 0 & 1 \end{pmatrix}"#, "(1, 0; 0, 1)"),
    (#"\begin{aligned} a &= b \\ &= c \end{aligned}"#, "a = b\n= c"),
    (
      #"\begin{cases} 1 & \text{if } x \\ 0 & \text{else} \end{cases}"#,
      "{ 1, if x; 0, else"
    ),
    (#"\overline{ab} \tilde z"#, "a\u{305}b\u{305}z\u{303}"), (#"\foo x"#, #"\foox"#),
    (#"x"#, "x"), ("", ""), (#"\nabla_\theta J"#, "∇_θ J"), (#"p(x)\,dx"#, "p(x) dx"),
    (#"|x|"#, "|x|"), (#"\beta\, D"#, "β D"), (#"28 \times 28"#, "28 × 28"),
    (#"a = b \quad c = d"#, "a = b  c = d"), (#"a,\qquad b"#, "a,    b"),
    (#"a\,\qquad\, b"#, "a    b"), (#"\int_0^\infty f"#, "∫₀^∞ f"), (#"x_∞"#, "x_∞"),
    (#"x^{-\infty}"#, "x^(−∞)"),
  ])
  func readsLikeAPaper(_ latex: String, _ text: String) {
    #expect(MathUnicode.text(latex: latex) == text)
  }

  @Test(arguments: [
    "{", "}", "^", "_", "\\", "\\frac", "\\left(", "\\begin{", "\\right", "&", "\\\\", "x^", "x_^",
    "\\sqrt[", "\\frac{a", "''", "^^^", "}}}{{{", "\\end{x}", "\\text{", "\\not", "\\hat",
  ])
  func acceptsAnyText(_ latex: String) {
    _ = MathUnicode.text(latex: latex)
    _ = MathML.element(latex: latex, isDisplay: true)
  }

  @Test(arguments: ["{", "\\sqrt[", "x^", "\\frac", "\\left(", "\\begin{x}", "\\hat", "'", "}"])
  func survivesDeepNesting(_ piece: String) {
    let latex = String(repeating: piece, count: 20_000) + "]"
    _ = MathUnicode.text(latex: latex)
    _ = MathML.element(latex: latex, isDisplay: false)
  }

  @Test func namesTheCommandsItDoesNotKnow() {
    #expect(
      Formula(latex: #"\frac{\foo}{x_{\bar{\baz}}}"#).unknownCommands == [#"\foo"#, #"\baz"#])
    #expect(Formula(latex: #"\sum_i \mathbb{E}"#).unknownCommands == [])
  }

  @Test(arguments: [
    (#"\frac{a}{b"#, "a { that is never closed"), ("a}", "a } that closes nothing"),
    (#"\text{a"#, "a { that is never closed"), (#"\left( a"#, #"a \left without \right"#),
    (#"\begin{cases} a"#, #"a \begin{cases} without \end"#), (#"x_{i"#, "a { that is never closed"),
  ])
  func saysWhatIsNotInBalance(_ latex: String, _ imbalance: String) {
    #expect(Formula.imbalance(in: latex) == imbalance)
  }

  @Test(arguments: [
    #"\frac{a}{b}"#, #"\left( \frac{a}{b} \right]"#, #"\begin{cases} 1 & x \\ 0 \end{cases}"#,
    #"\{ a"#, "[0, 1)", "",
  ])
  func doesNotComplainOfWhatIsInBalance(_ latex: String) {
    #expect(Formula.imbalance(in: latex) == nil)
  }
}
