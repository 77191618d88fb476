import Codecs
import Datasets
import Kernels
import Rendering
import Syntax
import Tensors
import Testing

@testable import Evaluation

/// A session whose files are in memory.
private struct FileBench {
  let files: MemoryFiles
  private var session: Session

  init(_ files: [String: [UInt8]] = [:], memoryLimit: Int = 1 << 24) {
    self.files = MemoryFiles(files)
    let root = String(#filePath).split(separator: "/").dropLast(3).joined(separator: "/")
    session = Session(
      host: Host(
        engine: Engine(threads: 1, memoryLimit: memoryLimit), files: self.files,
        datasets: DatasetLocation(folder: "/\(root)/Assets/Datasets"),
        interruption: Interruption()))
  }

  mutating func everything(_ text: String) -> String {
    PlainRenderer().text(session.run(Source(name: "test", text: text)).outputs)
  }

  /// What a cell shows, without the lines about written files.
  mutating func shown(_ text: String) -> String {
    let result = session.run(Source(name: "test", text: text))
    let shown = result.outputs.filter { if case .file = $0 { false } else { true } }
    var plain = PlainRenderer().text(shown)
    while plain.hasSuffix("\n") { plain.removeLast() }
    return plain
  }
}

/// What a fresh session shows, with these files.
private func result(_ text: String, in files: [String: [UInt8]] = [:]) -> String {
  var bench = FileBench(files)
  return bench.shown(text)
}

@Suite struct FilesTests {
  // MARK: Tensors

  @Test(arguments: [
    "x.npy", "x.npy.gz", "x.idx", "x-idx3-ubyte", "x.IDX.gz", "sub/folder/x.npy",
  ])
  func tensorsComeBack(_ name: String) {
    #expect(
      result("x = reshape(range(24), 2, 3, 4)\nsave x, \"\(name)\"\nall(load(\"\(name)\") == x)")
        == "true")
  }

  @Test func numbersAndListsAreTensors() {
    #expect(result("save 7, \"a.npy\"\nload \"a.npy\"") == "7")
    #expect(result("save [[1, 2], [3, 4]], \"a.npy\"\nload(\"a.npy\")[1]") == "[3, 4]")
    #expect(result("save zeros(0, 3), \"a.npy\"\nshape(load(\"a.npy\"))") == "[0, 3]")
    #expect(result("save range(3) > 0, \"a.npy\"\nload \"a.npy\"") == "[0, 1, 1]")
  }

  @Test func recordsOfTensorsComeBack() {
    for name in ["r.npz", "r.safetensors", "r.safetensors.gz"] {
      let program = """
        save record(a: [1, 2], b: record(c: [[3]])), "\(name)"
        r = load "\(name)"
        """
      #expect(result(program + "\nr.a") == "[1, 2]", "\(name)")
      #expect(result(program + "\nr[\"b.c\"]") == "[[3]]", "\(name)")
      #expect(
        result(program + "\nr[\"a.c\"]").contains("error[unknown-field]: the record has no field"))
    }
    #expect(result("save [zeros(2), 1], \"l.npz\"\nload(\"l.npz\").arr_1") == "1")
    #expect(result("save digits8(), \"d.npz\"\nshape(load(\"d.npz\").images)") == "[1797, 64]")
  }

  // MARK: Models

  @Test func modelsHaveTheNamesOfPyTorch() {
    let program = """
      net = conv(1, 2) >> batchnorm(2) >> relu >> flatten >> dense(8, 3)
      save record(encoder: net, w: parameter([1, 2])), "m.safetensors"
      contents "m.safetensors"
      """
    let expected = """
      name                    type     shape
      ----------------------  -------  -------
      encoder.0.bias          float32  2
      encoder.0.weight        float32  2×1×3×3
      encoder.1.bias          float32  2
      encoder.1.running_mean  float32  2
      encoder.1.running_var   float32  2
      encoder.1.weight        float32  2
      encoder.4.bias          float32  3
      encoder.4.weight        float32  3×8
      w                       float32  2
      """
    #expect(result(program) == expected)
  }

  /// Layers keep x·W + b, files keep PyTorch's x·Wᵀ + b.
  @Test func denseWeightsAreTurned() {
    let program = """
      m = dense(2, 3)
      save m, "m.safetensors"
      r = load "m.safetensors"
      w = r["0.weight"]
      x = randn(4, 2)
      [max(abs(x @ transpose(w) + r["0.bias"] - m(x))) < 1e-6, shape(w)]
      """
    #expect(result(program) == "[true, [3, 2]]")
  }

  @Test(arguments: ["m.safetensors", "m.npz", "m.safetensors.gz"])
  func trainedModelsComeBack(_ name: String) {
    let program = """
      fn make() = record(
        a: [mlp(3, 4, 2), dense(2, 2) >> (x => 2 * x) >> batchnorm(2)], w: parameter(1), n: 3)
      fn apply(m, x) = m.a[1](m.a[0](x)) * m.w
      m = make()
      x = randn(8, 3)
      train 5 { minimize [m.a, m.w], rate: 0.1 { mean((apply(m, x) - 3)^2) } }
      save record(a: m.a, w: m.w), "\(name)"
      k = make()
      before = any(apply(k, x) != apply(m, x))
      load "\(name)", into: record(a: k.a, w: k.w)
      [before, all(apply(k, x) == apply(m, x))]
      """
    #expect(result(program) == "[true, true]")
  }

  @Test func loadedModelsGoOnTraining() {
    let program = """
      m = mlp(2, 8, 1)
      save m, "m.safetensors"
      k = mlp(2, 8, 1)
      load "m.safetensors", into: k
      x = randn(16, 2)
      fn loss(f) = mean((f(x) - 1)^2)
      train 30 { minimize m { loss(m) } }
      train 30 { minimize k { loss(k) } }
      [loss(m) == loss(k), all(m(x) == k(x))]
      """
    #expect(result(program) == "[true, true]")
  }

  @Test func aLayerAloneAndPartsOfAFileAreFound() {
    let names = """
      save record(weight: [[1, 2]], bias: [3]), "linear.safetensors"
      m = dense(2, 1)
      load "linear.safetensors", into: m
      m([1, 1])
      """
    #expect(result(names) == "[6]")
    let part = """
      e = dense(2, 2); d = dense(2, 2); k = dense(2, 2)
      save record(encoder: e, decoder: d), "both.safetensors"
      load "both.safetensors", into: record(decoder: k)
      all(k(ones(1, 2)) == d(ones(1, 2)))
      """
    #expect(result(part) == "true")
  }

  @Test func aModelThatDoesNotFitStaysAsItIs() {
    var bench = FileBench()
    _ = bench.shown("save mlp(2, 3, 1), \"m.safetensors\"")
    _ = bench.shown("k = mlp(2, 3, 4); x = k(ones(1, 2))")
    let misfit = bench.shown("load \"m.safetensors\", into: k")
    #expect(
      misfit.hasPrefix(
        "error[model-mismatch]: `2.weight` of `m.safetensors` is 1×3, the model needs 4×3"))
    #expect(bench.shown("all(x == k(ones(1, 2)))") == "true")
    let deeper = bench.shown("load \"m.safetensors\", into: mlp(2, 3, 3, 1)")
    #expect(deeper.contains("holds another model: `4.weight`, `4.bias` are not there"))
    let shallower = bench.shown("load \"m.safetensors\", into: dense(2, 3)")
    #expect(shallower.contains("`2.bias`, `2.weight` are not in the model"))
    #expect(
      bench.shown("load \"m.safetensors\", into: 3").contains(
        "a file cannot be loaded into a number"))
    #expect(bench.shown("load \"m.npy\", into: k").contains("`m.npy` cannot restore a model"))
  }

  // MARK: Tables, pictures, texts

  @Test func tablesComeBack() {
    let columns = """
      save record(name: ["a", "b, c"], x: [1, 2.5]), "t.csv"
      t = load "t.csv"
      [t.name, t.x]
      """
    #expect(result(columns) == "[[\"a\", \"b, c\"], [1, 2.5]]")
    #expect(result("save [[1, 2], [3, 4]], \"t.tsv\"\nload \"t.tsv\"") == "[[1, 2],\n [3, 4]]")
    let iris = ["i.csv": Array("5.1,rose\n4.9,iris\n".utf8)]
    #expect(result("load(\"i.csv\").column_2", in: iris) == "[\"rose\", \"iris\"]")
    let ids = ["i.csv": Array("id,x\n1,2\nA,3\n".utf8)]
    #expect(result("load(\"i.csv\", words: \"id\").id", in: ids) == "[\"1\", \"A\"]")
    let failure = result("load \"i.csv\"", in: ids)
    #expect(
      failure.hasPrefix(
        "error[file-format]: `i.csv` is not a readable CSV file: there is `A`, expected a number, "
          + "as above in `id`"))
    #expect(failure.contains("line 3, column 1"))
    #expect(
      result("load(\"h.csv\", header: true)[\"1\"]", in: ["h.csv": Array("1\n2\n".utf8)]) == "[2]")
    #expect(
      result("save record(a: [1, 2], b: [1]), \"t.csv\"").contains(
        "columns of a table are equally long: `a` has 2 rows, `b` 1"))
  }

  @Test(arguments: ["p.png", "p.pgm", "p.ppm", "p.png.gz"])
  func picturesComeBack(_ name: String) {
    let channels = name == "p.ppm" ? 3 : 1
    #expect(
      result(
        "x = digits8().images[0]\nsave x, \"\(name)\"\np = load \"\(name)\"\n"
          + "[shape(p), max(abs(p[0, 0] - reshape(x, 8, 8))) < 1 / 255]")
        == "[[1, \(channels), 8, 8], true]")
  }

  @Test func colorsComeBack() {
    let program = """
      x = round(rand(1, 3, 4, 5) * 255) / 255
      save x, "c.png"
      max(abs(load("c.png") - x)) < 1e-6
      """
    #expect(result(program) == "true")
    let several = result("save digits8().images[0..<3], \"c.png\"")
    #expect(several.contains("error[not-a-picture]: 3×64 are 3 pictures, a file holds one"))
  }

  @Test func textsComeBack() {
    #expect(result("x = 3\nsave \"x = {x}\\nμ\", \"n.txt\"\nload \"n.txt\"") == "x = 3\nμ")
    let failure = result("load \"n.md\"", in: ["n.md": [65, 66, 0xff, 67]])
    #expect(failure.contains("error[file-format]: `n.md` is not UTF-8 text"))
    #expect(failure.contains("at byte 2"))
  }

  // MARK: Reports and errors

  @Test func writtenFilesAreReported() {
    var bench = FileBench()
    #expect(
      bench.everything("save \"abc\", \"t.txt\"")
        == "t.txt   3 bytes   sha256 "
        + "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\n")
    _ = bench.shown("save 7, \"a.npy\"\nsave 7, \"b.npy.gz\"\nsave 7, \"c.npy.gz\"")
    #expect(bench.files.files["a.npy"]?.count == 132)
    #expect(bench.files.files["b.npy.gz"] == bench.files.files["c.npy.gz"])
    #expect(bench.files.files["b.npy.gz"]?.prefix(3) == [0x1f, 0x8b, 8])
  }

  @Test func sentencesSayWhatAndWhere() {
    let cut = ["a.npy": Array(NPY.encode(NumberArray(shape: [3], values: [1, 2, 3])).dropLast(5))]
    let short = result("load \"a.npy\"", in: cut)
    #expect(
      short.hasPrefix(
        "error[file-format]: `a.npy` is not a readable NPY file: "
          + "the numbers should take 12 bytes, 7 bytes follow"))
    #expect(short.contains("^  at byte 128\n") || short.hasSuffix("at byte 128"))
    #expect(result("load \"a.npy\"").hasPrefix("error[file-not-found]: there is no file `a.npy`"))
    #expect(result("load \"a.xyz\"").contains("error[unknown-format]: cannot tell the format"))
    #expect(result("save x => x, \"a.npy\"").contains("a .npy file cannot hold a function"))
    #expect(result("save 3, \"a.txt\"").contains("a .txt file cannot hold a number"))
    #expect(result("save \"t\", \"a.npz\"").contains("a .npz file cannot hold a string"))
    #expect(result("save 3, \"a\"").contains("error[unknown-format]"))
  }

  @Test func promisedTerabytesAreRefused() {
    let header = "{'descr': '|u1', 'fortran_order': False, 'shape': (99999999999, 10), }"
    let length = ByteWriter.bytes(of: UInt16(header.utf8.count))
    let file = [0x93] + Array("NUMPY".utf8) + [1, 0] + length + Array(header.utf8)
    let failure = result("load \"a.npy\"", in: ["a.npy": file])
    #expect(
      failure.hasPrefix(
        "error[file-too-large]: `a.npy` would need 4 TB for an array of 99999999999×10, "
          + "more than the limit of 16.8 MB"))
    let zeros = Deflate.compress([UInt8](repeating: 0, count: 1 << 25), as: .gzip)
    #expect(result("load \"b.npy.gz\"", in: ["b.npy.gz": zeros]).contains("error[file-too-large]"))
  }

  @Test func contentsNeedNoNumbers() {
    #expect(
      result("save [[1, 2]], \"a.npy\"\ncontents \"a.npy\"")
        == "type     shape\n-------  -----\nfloat32  1×2")
    #expect(result("save \"abc\", \"a.txt\"\ncontents \"a.txt\"").hasSuffix("text  3"))
    #expect(
      result("save zeros(1, 3, 4, 5), \"a.png\"\ncontents \"a.png\"").hasSuffix("color  3×4×5"))
  }
}
