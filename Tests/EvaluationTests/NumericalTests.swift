import Testing

@testable import Evaluation

@Suite struct NumericalTests {
  @Test(arguments: NumPy.cases + NumPy.highRanks)
  func agreesWithNumPy(_ expected: NumPy.Case) throws {
    let (shape, values) = try #require(try Bench().tensor(expected.expression))
    #expect(shape == expected.shape)
    #expect(values.count == expected.values.count)
    for (value, wanted) in zip(values, expected.values) {
      let agrees =
        value == wanted || (value.isNaN && wanted.isNaN)
        || abs(value - wanted) <= 1e-5 * max(1, abs(wanted))
      #expect(agrees, "\(value) is not \(wanted)")
    }
  }

  /// Gradients through linear algebra against central differences, good to about 1e-3 in single
  /// precision.
  @Test(arguments: [
    "det(x)", "sum(inverse(x) * w)", "sum(solve(x, w) * w)", "sum(solve(w + 3 * eye(4), x) * w)",
    "sum(eigh(x)[0] * w[0])", "sum(eigh(x)[1] * w)", "sum(svd(x)[0] * w)", "sum(svd(x)[1] * w[0])",
    "sum(svd(x)[2] * w)", "sum(svd(x[:, 0..<3])[0] * w[:, 0..<3])",
    "sum(svd(x[0..<2])[2] * w[:, 0..<2])", "sum(svd(x[0..<2])[1] * w[0, 0..<2])",
    "sum(pca(x, 2).components * w[0..<2])",
    "sum(pca(x, 2).variances * w[0, 0..<2])", "sum(cov(x) * w)", "trace(x @ x)",
    "log(det(x @ transpose(x)))",
  ])
  func linearAlgebraHasGradients(_ expression: String) {
    let start = """
      seed 3
      w = randn(4, 4)
      a = w + transpose(w) + 2 * randn(4, 4) + diag([1, 3, 5, 7])
      fn f(x) = \(expression)

      """
    #expect(shown(start + "gradcheck(f, a, step: 0.003) < 4e-3") == "true")
    let second = "gradcheck(y => sum(grad(f, y) * sin(w)), a, step: 0.003) < 8e-3"
    #expect(shown(start + second) == "true")
    // A gradient around it does not change a value.
    #expect(shown(start + "value_and_grad(f, a)[0] == f(a)") == "true")
  }

  @Test func thirdDerivativesOfMatrices() {
    let third = "gradcheck(v => sum(grad(y => sum(grad(x => f(x), y) * w), v) * sin(w)), a) < 4e-3"
    for f in ["sum(inverse(x) * w)", "det(x) / 50", "sum(eigh(x)[0] * w[0])"] {
      let start = """
        seed 5
        w = randn(3, 3)
        a = w @ transpose(w) + diag([2, 4, 6])
        fn f(x) = \(f)

        """
      #expect(shown(start + third) == "true", "\(f)")
    }
  }

  @Test func gradientsOfMatricesInClosedForm() {
    #expect(shown("grad(a => det(a), [[2, 1], [1, 3]])") == "[[ 3, -1],\n [-1,  2]]")
    // The adjugate, where there is no inverse.
    #expect(shown("grad(a => det(a), [[1, 2], [2, 4]])") == "[[ 4, -2],\n [-2,  1]]")
    let logarithm = """
      a = randn(6, 6); k = a @ transpose(a) + eye(6)
      max(abs(grad(k => log(det(k)), k) - transpose(inverse(k)))) < 1e-5
      """
    #expect(shown(logarithm) == "true")
    // The sum of squared eigenvalues is that of squared elements, where two are equal too.
    #expect(shown("all(grad(a => sum(eigh(a)[0]^2), eye(3)) == 2 * eye(3))") == "true")
  }

  @Test func slopesAtCorners() {
    #expect(shown("grad(norm, zeros(2))") == "[0, 0]")
    #expect(shown("grad(std, ones(2))") == "[0, 0]")
    #expect(shown("grad(x => x^0, 0)") == "0")
    #expect(shown("grad(y => sum(grad(norm, y)), zeros(2))") == "[0, 0]")
    #expect(shown("grad(norm, [3, 4])") == "[0.6, 0.8]")
    #expect(shown("gradcheck(x => norm(x) + std(x), [1, 2, 4]) < 1e-3") == "true")
  }

  @Test func rankDeficientMatricesHaveOrthonormalVectors() {
    for matrix in ["[[1, 2], [2, 4]]", "zeros(2, 2)", "zeros(5, 3)", "ones(3, 5)"] {
      let check = """
        a = \(matrix); u, s, v = svd(a); k = count(s)
        off = [transpose(u) @ u - eye(k), transpose(v) @ v - eye(k)]
        whole = u @ (reshape(s, k, 1) * transpose(v))
        max(abs(off[0])) < 1e-6 and max(abs(off[1])) < 1e-6 and max(abs(whole - a)) < 1e-6
        """
      #expect(shown(check) == "true", "\(matrix)")
    }
  }

  @Test func decompositionsStop() {
    for call in ["eigh(a)", "svd(a)", "inverse(a)", "det(a)", "solve(a, a)", "pca(a, 2)"] {
      var bench = Bench()
      _ = bench.run("a = randn(50, 50)")
      bench.session.host.interruption.raise()
      #expect(bench.shown(call).contains("error[interrupted]"), "\(call)")
    }
  }
}
