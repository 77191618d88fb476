/// What other languages, and people, call the things that have a name of their own here.
enum Synonyms {
  /// The entry of the reference that a word leads to.
  static func entry(for word: String) -> String? { entries[word] ?? entries[word.lowercased()] }

  /// Every word that leads somewhere.
  static var words: [String] { Array(entries.keys) }

  private static let entries: [String: String] = {
    var entries: [String: String] = [:]
    for (entry, words) in table {
      for word in words.split(separator: ",") {
        entries[String(word.drop { $0 == " " })] = entry
      }
    }
    return entries
  }()

  static let table = [
    // Built-ins.
    ("count", "len, length, nrow, ncol, numel, size"), ("shape", "ndim, dim, dims, dimensions"),
    ("range", "arange, seq, xrange"), ("variance", "var"),
    ("concat", "concatenate, cat, cbind, rbind, hcat, vcat, join"),
    ("append", "push, add, insert"), ("log", "ln"), ("clip", "clamp"),
    ("randn", "normal, rnorm, gaussian, noise"), ("rand", "uniform, runif"),
    ("stop", "detach, stop_gradient, no_grad"), ("expect", "assert, test, assertion"),
    ("where", "ifelse, select"), ("inverse", "inv, pinv"), ("std", "sd, stddev"),
    ("print", "echo, puts, println, disp, output, display"),
    ("reshape", "view, resize, squeeze, unsqueeze, ravel"),
    ("grad", "gradient, gradients, derivative, autograd, backprop, backpropagation, differentiate"),
    ("minimize", "backward, fit, step, optimize, gradient descent"),
    ("parameters", "weights, weight"), ("parameter", "variable parameter, trainable"),
    ("mlp", "network, neural network, nn, sequential, feedforward, perceptron"),
    ("dense", "linear, fully connected"), ("conv", "convolution, cnn, conv2d, convolutional"),
    ("deconv", "convtranspose2d, transposed convolution"), ("pool", "maxpool, pooling, avgpool"),
    ("batchnorm", "batch normalization, normalization, norm layer, batchnorm2d"),
    ("layernorm", "layer normalization"), ("adam", "optim"),
    ("adamw", "weight decay, weight_decay, regularization, l2"),
    ("kl_normal", "kl, kl divergence, divergence"),
    ("cross_entropy", "crossentropy, nll, logits"), ("mse", "squared error, l2 loss"),
    ("batch", "minibatch, mini-batch, batches, sample"), ("epochs", "epoch, dataloader"),
    ("track", "log_metric, metrics, tensorboard"), ("load", "read, open, readlines, read_csv"),
    ("save", "write, checkpoint, export, store"),
    ("load", "file, files, csv, npy, npz, idx, safetensors, png, pgm"),
    ("plot", "line, curve"), ("hist", "histogram"), ("bars", "bar, barplot"),
    ("heatmap", "imshow, image"), ("summary", "describe model, architecture"),
    ("copy", "clone, deepcopy"), ("seed", "set.seed, manual_seed, reproducible"),
    ("svd", "singular values"), ("eigh", "eigenvalues, eigen, eig"), ("outer", "outer product"),
    // The grammar.
    ("=", "assignment, assign, let, var x, variable, variables, const, name, names"),
    ("fn", "function, functions, def, func, procedure, method, arguments, parameter list"),
    ("=>", "lambda, closure, closures, anonymous, arrow"),
    ("if", "condition, conditional, switch, match, case, elif, ternary"),
    ("for", "loop, loops, iterate, iteration, enumerate, zip, foreach"),
    ("{", "block, blocks, scope, braces, brace"), ("#", "comment, comments"),
    ("\"", "string, strings, text, str, format, formatting, interpolation, f-string, fstring"),
    ("[", "index, indexing, indices, slice, slicing, slices, subscript, element"),
    ("|>", "pipe, pipeline"), (">>", "compose, composition"),
    ("^", "pow, power, square, exponent, **"),
    ("@", "matmul, mm, matrix product, %*%, dot product"),
    ("*", "multiply, product, times, mod, modulo, remainder, division, divide"),
    ("+", "plus, minus, addition"), ("==", "equal, equals, comparison, compare, ==="),
    ("and", "logic, &&, ||, xor, &"), ("..<", "interval, ranges"), ("by", "stride"),
    ("true", "boolean, booleans, bool, False, True, TRUE, FALSE, truth"),
    ("nothing", "null, none, None, nil, NULL, void, undefined, missing"),
    ("inf", "infinity, infinite"), ("nan", "not a number"), (".", "field, fields, member"),
    // Topics.
    ("models", "model, layer, layers, module"),
    ("activation", "activations, nonlinearity"),
    ("losses", "loss, loss function, objective, criterion"),
    ("optimizers", "optimizer, optimiser, optimisers, sgd optimizer, scheduler, schedules"),
    ("training", "learn, learning, train loop, training loop"),
    ("data", "dataset, datasets, data set, data sets, dataframe"),
    ("show", "figure, figures, chart, charts, graph, graphs, visualize, picture, pictures, images"),
    ("linear algebra", "linalg, algebra"), ("math", "maths, mathematics"),
    ("operators", "operator, precedence, arithmetic, signs"),
    ("statements", "statement, keyword, keywords, syntax, grammar"),
    // Concepts.
    ("number", "numbers, int, integer, float, float32, double, dtype, precision"),
    ("matrix", "matrices, array, arrays, vector, vectors, ndarray, tensors, row, column"),
    ("list", "lists, tuple, tuples, set, collection"),
    ("record", "records, dict, dictionary, struct, class, object, named, hash, hashmap"),
    ("axis", "axes, dimension, keepdims, keepdim"),
    ("broadcasting", "broadcast, newaxis"), ("mask", "masks, filter, boolean indexing, which"),
    ("random", "rng, random numbers, stochastic"),
    ("command", "commands, verb, verbs"), ("rate", "learning rate, learning_rate, lr, schedule"),
    ("import", "imports, library, libraries, package, packages, numpy, torch, np, using"),
    (
      "vae",
      "autoencoder, variational autoencoder, elbo, encoder, decoder, latent, reparameterization"
    ),
    ("gan", "gans, adversarial, generator, discriminator, minimax, wgan"),
    ("symbols", "unicode, greek, symbol, latex, \\mu, hat"),
    ("result", "results, answer, ans, _, last"),
    ("limits", "limit, memory, recursion, stack overflow"),
    ("errors", "error, exception, exceptions, try, catch, raise, mistake"),
  ]

  /// A way on for names that no single entry replaces.
  static func advice(on name: String) -> String? {
    if libraries.contains(name) { return "names stand alone here, without `\(name).` before them" }
    return sentences[name]
  }

  private static let libraries: Set = [
    "np", "numpy", "torch", "nn", "F", "jax", "jnp", "tf", "math", "plt", "optim",
  ]

  private static let sentences = [
    "pow": "a power is written x^2", "log10": "write log(x) / log(10)",
    "log2": "write log(x) / log(2)", "matmul": "the matrix product is a @ b",
    "enumerate": "write for i in 0..<count(xs) { … xs[i] … }",
    "zip": "stack(a, b, axis: 1) has the pairs as rows, for x, y in … takes them apart",
    "filter": "a condition picks elements: x[x > 0]",
    "str": "a text with a value in it is \"{x}\"",
    "int": "floor(x) and round(x) make whole numbers",
    "float": "every number is one already", "type": "help x says what x is",
    "typeof": "help x says what x is", "dict": "write record(name: value)",
    "library": "everything is there already: help lists it",
    "require": "everything is there already: help lists it",
    "exit": "Ctrl-D leaves the prompt", "quit": "Ctrl-D leaves the prompt",
    "input": "values are given in the text, or come from a file: load \"file.csv\"",
    "open": "a file is read with load \"file.csv\"",
    "T": "write transpose(x)",
    "backward": "minimize w { loss } takes the step, grad(f, x) is the gradient",
    "item": "a number needs no conversion",
    "to": "there is one kind of number and one device",
    "cuda": "there is one device, the processor",
    "requires_grad": "parameter(x) is what training changes",
    "zero_grad": "minimize computes gradients anew in every step",
    "train": "dropout and batchnorm know by themselves whether minimize is running",
    "eval": "dropout and batchnorm know by themselves whether minimize is running",
  ]

  /// What is written instead of `x.name`, if anything is known of it.
  static func method(_ name: String) -> String? {
    if let advice = sentences[name] { return advice }
    let entry = Builtin.named(name) ?? entries[name].flatMap(Builtin.named)
    return entry.map { "it is a name of its own: \($0.usage)" }
  }
}
