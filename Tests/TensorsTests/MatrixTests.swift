import Testing

@testable import Tensors

/// Decompositions against what defines them, in double precision.
@Suite struct MatrixTests {
  /// Numbers between −0.5 and 0.5 without a pattern that linear algebra would see.
  func matrix(_ rows: Int, _ columns: Int, times scale: Double = 1) -> Matrix {
    var state: UInt64 = 88_172_645_463_325_252
    return Matrix(
      rows: rows, columns: columns,
      (0..<(rows * columns)).map { _ in
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return scale * (Double(state >> 11) * 0x1p-53 - 0.5)
      })
  }

  func difference(_ a: Matrix, _ b: Matrix) -> Double {
    zip(a.values, b.values).reduce(a.rows == b.rows ? 0 : .infinity) { max($0, abs($1.0 - $1.1)) }
  }

  func expectOrthonormalColumns(_ matrix: Matrix) {
    let products = matrix.transposed.times(matrix)
    #expect(difference(products, .identity(matrix.columns)) < 1e-13)
  }

  func expectEigen(_ a: Matrix, scale: Double = 1) throws {
    let (values, vectors) = try a.symmetricEigen()
    #expect(difference(vectors.scalingColumns(values).times(vectors.transposed), a) < 1e-13 * scale)
    expectOrthonormalColumns(vectors)
    #expect(values == values.sorted(by: >))
    #expect(vectors.columnSigns.allSatisfy { $0 == 1 })
  }

  func expectSingular(_ a: Matrix) throws {
    let (u, s, v) = try a.singularValues()
    #expect(difference(u.scalingColumns(s).times(v.transposed), a) < 1e-13)
    expectOrthonormalColumns(u)
    expectOrthonormalColumns(v)
    #expect(s == s.sorted(by: >) && s.allSatisfy { $0 >= 0 })
    #expect((a.rows < a.columns ? u : v).columnSigns.allSatisfy { $0 == 1 })
  }

  @Test(arguments: [0, 1, 2, 3, 7, 33, 100])
  func eigenvectorsDiagonalize(_ size: Int) throws {
    try expectEigen(matrix(size, size).symmetricPart)
    try expectEigen(.identity(size))
    try expectEigen(.zeros(size, size))
    let narrow = matrix(size, 2)
    try expectEigen(narrow.times(narrow.transposed))
    try expectEigen(matrix(size, size, times: 1e38).symmetricPart, scale: 1e38)
    try expectEigen(matrix(size, size, times: 1e-38).symmetricPart, scale: 1e-38)
  }

  @Test func eigenvaluesOfTheSecondDifference() throws {
    // 2 on the diagonal, −1 beside it: λ[k] = 2 − 2 cos(kπ / (n + 1)), for n = 7 also 2 and 2 ± √2.
    var a = Matrix.zeros(7, 7)
    for i in 0..<7 { a[i, i] = 2 }
    for i in 0..<6 { (a[i, i + 1], a[i + 1, i]) = (-1, -1) }
    let values = try a.symmetricEigen().values
    #expect(abs(values[3] - 2) < 1e-14)
    #expect(abs(values[1] - 2 - 2.0.squareRoot()) < 1e-14)
    #expect(abs(values[5] - 2 + 2.0.squareRoot()) < 1e-14)
  }

  @Test(arguments: [(0, 0), (1, 1), (3, 2), (2, 3), (40, 40), (90, 35), (5, 70), (4, 1), (1, 4)])
  func singularVectorsDiagonalize(_ rows: Int, _ columns: Int) throws {
    try expectSingular(matrix(rows, columns))
    try expectSingular(.zeros(rows, columns))
    try expectSingular(matrix(rows, 1).times(matrix(1, columns)))
    let ones = [Double](repeating: 1, count: rows * columns)
    try expectSingular(Matrix(rows: rows, columns: columns, ones))
  }

  @Test func smallSingularValuesAreAccurate() throws {
    var hilbert = Matrix.zeros(10, 10)
    for i in 0..<10 { for j in 0..<10 { hilbert[i, j] = 1 / Double(i + j + 1) } }
    let s = try hilbert.singularValues().s
    // The smallest, computed with many digits, is 1.0931538193797e−13.
    #expect(abs(s[9] - 1.0931538193797e-13) < 1e-16)
    // Zeros on the diagonal of a bidiagonal matrix, inside and at the end.
    try expectSingular(
      Matrix(rows: 4, columns: 4, [1, 2, 0, 0, 0, 0, 3, 0, 0, 0, 4, 5, 0, 0, 0, 0]))
  }

  @Test(arguments: [1, 2, 5, 31, 32, 33, 64, 101])
  func inversesAndDeterminants(_ size: Int) throws {
    let a = matrix(size, size)
    let inverse = try a.solve(.identity(size), for: "inverse")
    #expect(difference(a.times(inverse), .identity(size)) < 1e-11)
    let determinant = try a.determinant()
    let product = try a.singularValues().s.reduce(1, *)
    #expect(abs(abs(determinant) - product) < 1e-11 * product)
    let scaled = inverse.scalingColumns(.init(repeating: determinant, count: size))
    let adjugate = try a.adjugate()
    let largest = adjugate.values.reduce(0) { max($0, abs($1)) }
    #expect(difference(adjugate, scaled) < 1e-11 * largest)
  }

  @Test func determinantsHaveASign() throws {
    let exchange = Matrix(rows: 3, columns: 3, [0, 1, 0, 1, 0, 0, 0, 0, 5])
    #expect(try exchange.determinant() == -5)
    #expect(try Matrix.zeros(0, 0).determinant() == 1)
    #expect(try Matrix(rows: 2, columns: 2, [1, 2, 2, 4]).determinant() == 0)
    #expect(try Matrix(rows: 2, columns: 2, [1, .nan, 2, 4]).determinant().isNaN)
    // Only the product itself may overflow, not what it is made of.
    var wide = Matrix.identity(12)
    for i in 0..<12 { wide[i, i] = i < 6 ? 0x1p200 : 0x1p-200 }
    #expect(try wide.determinant() == 1)
  }

  @Test func scaledMatricesAreNotSingular() throws {
    let diagonal = Matrix(rows: 3, columns: 3, [1e20, 0, 0, 0, 1e20, 0, 0, 0, 1])
    let inverse = try diagonal.solve(.identity(3), for: "inverse")
    #expect(difference(diagonal.times(inverse), .identity(3)) < 1e-15)
    let columns = Matrix(rows: 2, columns: 2, [1, 1e-20, 1, 2e-20])
    let x = try columns.solve(Matrix(rows: 2, columns: 1, [2, 3]), for: "solve")
    #expect(abs(x.values[0] - 1) < 1e-14 && abs(x.values[1] - 1e20) < 1e6)
    for singular in [[1, 2, 3, 4, 5, 6, 7, 8, 9.0], [1, 0, 0, 0, 0, 0, 0, 0, 1]] {
      #expect(throws: TensorError.singularMatrix(operation: "solve")) {
        try Matrix(rows: 3, columns: 3, singular).solve(.identity(3), for: "solve")
      }
    }
  }

  @Test(arguments: [Double.nan, .infinity])
  func whatIsNoNumberIsRefused(_ value: Double) {
    var a = matrix(3, 3)
    a[1, 2] = value
    #expect(throws: TensorError.notFinite(operation: "solve")) {
      try a.solve(.identity(3), for: "solve")
    }
    #expect(throws: TensorError.notFinite(operation: "eigh")) { try a.symmetricEigen() }
    #expect(throws: TensorError.notFinite(operation: "svd")) { try a.singularValues() }
    #expect(throws: TensorError.notFinite(operation: "pca")) { try a.leadingEigen(1) }
  }

  /// The question is asked again and again, so that a long computation ends soon after Ctrl-C.
  @Test func computationsStop() {
    let a = matrix(40, 40)
    var asked = 0
    func inTheEnd() -> Bool {
      asked += 1
      return asked > 30
    }
    let computations: [((() -> Bool)?) throws -> Void] = [
      { _ = try a.solve(.identity(40), for: "solve", until: $0) },
      { _ = try a.determinant(until: $0) },
      { _ = try a.adjugate(until: $0) },
      { _ = try a.symmetricPart.symmetricEigen(until: $0) },
      { _ = try a.singularValues(until: $0) },
      { _ = try a.symmetricPart.leadingEigen(5, until: $0) },
    ]
    for compute in computations {
      asked = 0
      #expect(throws: TensorError.interrupted) { try compute(inTheEnd) }
      #expect(asked == 31)
    }
  }

  @Test func leadingEigenvectorsAreThoseOfAll() throws {
    let a = matrix(90, 90).symmetricPart
    let (all, vectors) = try a.symmetricEigen()
    let leading = try a.leadingEigen(4)
    for (value, wanted) in zip(leading.values, all) { #expect(abs(value - wanted) < 1e-9) }
    #expect(difference(leading.vectors, vectors.leadingColumns(4)) < 1e-6)
  }
}
