extension Notation {
  /// Ideas behind the names and signs: what a learner asks about without knowing a name.
  static let concepts: [Notation] = [
    Notation(
      "number", .concepts, "3, 2.5, 1e-3, 1_000",
      "a tensor without axes; 32-bit float, some seven digits, whole ones exact up to 16,777,216",
      example: "n = 1_000\nn / 3"),
    Notation(
      "matrix", .concepts, "[[1, 2], [3, 4]]",
      "numbers in brackets are a tensor: a vector, rows of a matrix, or deeper; it never changes",
      example: "A = [[1, 2, 3], [4, 5, 6]]\n[shape(A), A[0], A[:, 0]]"),
    Notation(
      "list", .concepts, "[\"a\", 1, relu]",
      "elements of any kind; append gives a longer one, and l[0] = x replaces an element",
      example: "names = [\"encoder\"]\nnames = append(names, \"decoder\")\nnames[0] = \"E\"\n"
        + "names"),
    Notation(
      "axis", .concepts, "sum(x, axis: 0), mean(x, axis: [1, 2], keep: true)",
      "axes count from 0, negative ones from the end; the one that is named goes away, or stays "
        + "with size 1",
      example: "x = [[1, 2, 3], [4, 5, 6]]\n[sum(x, axis: 0), sum(x, axis: 1, keep: true)]"),
    Notation(
      "broadcasting", .concepts, "x - mean(x, axis: 0)",
      "shapes are compared from the last axis: sizes are equal, or one of them is 1 or missing and "
        + "repeated",
      example: "column = reshape([10, 20], 2, 1)\ncolumn + [1, 2, 3]"),
    Notation(
      "mask", .concepts, "x > 0, x[x > 0]",
      "a comparison of tensors; as an index it picks the elements for which it holds, and its mean "
        + "is their share",
      example: "x = [3, -1, 2]\nprint x[x > 0], mean(x > 0), where(x > 0, x, 0)"),
    Notation(
      "random", .concepts, "seed 7, randn(3)",
      "random numbers come from one seeded stream: the same program draws the same, on any machine",
      example: "seed 7\na = rand(2)\nseed 7\nall(a == rand(2))"),
    Notation(
      "command", .concepts, "plot xs, ys, title: \"a wave\"",
      "a verb at the start of a line takes the rest of it, and a block behind it; plot(xs, ys) is "
        + "the same",
      example: "print \"a\", 1\nprint(\"a\", 1)"),
    Notation(
      "rate", .concepts, "minimize model, rate: 1e-3 * cosine(step, 100) { … }",
      "how far a step goes; warmup, cosine, exponential and staircase change it from step to step",
      example:
        "w = parameter(1)\n"
        + "train 20 { step => minimize w, rate: cosine(step, 20, from: 0.1) { w² } }"
        + "\nw < 0.5"),
    Notation(
      "activation", .concepts, "dense(2, 8) >> relu",
      "functions that are layers too: relu, leaky_relu, tanh, sigmoid, softplus, softmax",
      example: "model = mlp(2, 8, 1, activation: tanh, output: sigmoid)\nsummary model"),
    Notation(
      "vae", .concepts, "μ, logvar = split(encoder(x), 2)",
      "an encoder gives mean and log variance, a decoder the picture; the loss is reconstruction "
        + "plus divergence",
      example: "encoder = mlp(64, 32, 2 * 2)\ndecoder = mlp(2, 32, 64, output: sigmoid)\n"
        + "train 5 {\n  x = batch(digits8(), 32)\n  minimize [encoder, decoder] {\n"
        + "    μ, logvar = split(encoder(x), 2)\n    z = μ + exp(logvar / 2) ⊙ randn_like(μ)\n"
        + "    mean(sum(bce(decoder(z), x), axis: 1)) + mean(kl_normal(μ, logvar))\n  }\n}"),
    Notation(
      "gan", .concepts, "maximize D { … }, minimize G { … }",
      "two models with opposite aims; each step changes only the model that it names",
      example: "data = ring_of_gaussians(500).points\nD = mlp(2, 16, 1, output: sigmoid)\n"
        + "G = mlp(4, 16, 2)\ntrain 5 {\n  x = batch(data, 32)\n  z = randn(32, 4)\n"
        + "  maximize D { mean(log(D(x))) + mean(log(1 - D(G(z)))) }\n"
        + "  minimize G { mean(log(1 - D(G(z)))) }\n}"),
    Notation(
      "import", .concepts, "load \"file\"",
      "nothing is imported: every name is there, and files are read with load", example: "sqrt(2)"),
    Notation(
      "symbols", .concepts, "\\mu and Tab",
      "at the prompt a backslash, a name and Tab make a symbol; each has a plain spelling too",
      example: "μ = 2\nσ = 3\n[μ · σ², μ * σ^2]"),
    Notation(
      "result", .concepts, "_, _3",
      "the last value that a cell has shown, or the third: _ + 1 goes on with it",
      example: "6 * 7"),
    Notation(
      "limits", .concepts, "latent --memory 8GB",
      "calls inside calls, lists, texts and memory are bounded; what reaches a bound is an error, "
        + "and the session goes on",
      example: "fn factorial(n) = if n <= 1 { 1 } else { n * factorial(n - 1) }\nfactorial(10)"),
    Notation(
      "errors", .concepts, "error[shape-mismatch]: …",
      "an error names the place, the values that clash and a way on; what was set before stays",
      example: "x = zeros(2, 3)\nx @ transpose(x)"),
  ]
}
