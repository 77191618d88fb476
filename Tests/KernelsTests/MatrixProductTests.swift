import Kernels
import Testing

@Suite struct MatrixProductTests {
  /// Around the sizes of vectors, panels and tiles; primes.
  static let sides = [1, 2, 3, 4, 5, 15, 16, 17, 31, 33, 47, 49, 97]

  private func check(
    _ product: MatrixProduct, a: [Float], b: [Float],
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let expected = Reference.matrixProduct(product, a: a, b: b)
    let (left, right) = (Guarded(a), Guarded(b))
    for pool in productPools {
      let result = Guarded(count: product.m * product.n)
      let scratch = Guarded(count: product.scratchFloats(threads: pool.threads))
      product.run(
        a: left.buffer, b: right.buffer, c: result.buffer, scratch: scratch.buffer, pool: pool)
      #expect(
        sameBits(result.values, expected), "\(product) on \(pool.threads)",
        sourceLocation: sourceLocation)
      #expect(result.isIntact && scratch.isIntact, "\(product)", sourceLocation: sourceLocation)
    }
  }

  private func check(_ m: Int, _ n: Int, _ k: Int) {
    for (left, right) in [(false, false), (false, true), (true, false), (true, true)] {
      let product = MatrixProduct(m: m, n: n, k: k, leftTransposed: left, rightTransposed: right)
      check(product, a: scrambled(m * k, seed: 1), b: scrambled(k * n, seed: 2))
    }
  }

  @Test(arguments: sides) func everyShapeOfResult(m: Int) {
    for n in MatrixProductTests.sides { check(m, n, 7) }
  }

  @Test(arguments: [0, 1, 2, 15, 16, 17, 33, 97]) func everyLengthOfSum(k: Int) {
    for (m, n) in [(1, 1), (9, 2), (2, 9), (1, 50), (17, 33)] { check(m, n, k) }
  }

  @Test func emptyResults() {
    check(0, 5, 3)
    check(5, 0, 3)
    check(0, 0, 0)
  }

  @Test func longSumsGoOnFromPartToPart() {
    check(9, 20, 2_100)
  }

  @Test func largeEnoughToShare() {
    check(97, 101, 103)
    check(12, 300, 101)
    check(1_200, 3, 97)
  }

  @Test func viewsWithGaps() {
    let product = MatrixProduct(
      m: 11, n: 19, k: 7, leftRowStride: 20, leftColumnStride: 2, rightRowStride: 3,
      rightColumnStride: 25)
    check(product, a: scrambled(300, seed: 3), b: scrambled(600, seed: 4))
  }

  @Test func valuesWithoutOrder() {
    for special in [Float.nan, .infinity, -.infinity, -0, .leastNonzeroMagnitude] {
      for (m, n) in [(17, 33), (17, 2), (2, 33)] {
        var (a, b) = (scrambled(m * 18, seed: 5), scrambled(18 * n, seed: 6))
        a[m * 18 / 2] = special
        b[7] = special
        b[8] = 0
        check(MatrixProduct(m: m, n: n, k: 18), a: a, b: b)
        check(MatrixProduct(m: m, n: n, k: 18, rightTransposed: true), a: a, b: b)
      }
    }
  }

  @Test func sumsStartAtPositiveZero() {
    check(MatrixProduct(m: 1, n: 17, k: 1), a: [-1], b: [Float](repeating: 0, count: 17))
  }

  @Test(arguments: [(97, 101, 103), (12, 300, 101), (1_200, 3, 97), (3, 1_200, 97), (5, 6, 0)])
  func epilogueSeesEveryFinalElementOnce(m: Int, n: Int, k: Int) {
    let product = MatrixProduct(m: m, n: n, k: k, rightTransposed: true)
    let (a, b) = (scrambled(m * k, seed: 7), scrambled(k * n, seed: 8))
    let (left, right, result) = (Guarded(a), Guarded(b), Guarded(count: m * n))
    for pool in productPools {
      let scratch = Guarded(count: product.scratchFloats(threads: pool.threads))
      let c = result.buffer
      product.run(a: left.buffer, b: right.buffer, c: c, scratch: scratch.buffer, pool: pool) {
        for row in $0 {
          for column in $1 { c[row * n + column] = 1 - c[row * n + column] }
        }
      }
      let expected = Reference.matrixProduct(product, a: a, b: b).map { 1 - $0 }
      #expect(sameBits(result.values, expected))
    }
  }
}

@Suite struct MatrixProductBatchTests {
  @Test(arguments: [0, 1, 2, 7]) func everyProductOfABatch(count: Int) {
    for (side, stride) in [(5, 25), (37, 37 * 37), (37, 0)] {
      let product = MatrixProduct(m: side, n: side, k: side, rightTransposed: true)
      let batch = MatrixProductBatch(
        product, count: count, leftStride: side * side, rightStride: stride)
      let a = scrambled(max(count, 1) * side * side, seed: 9)
      let b = scrambled(max(count, 1) * side * side, seed: 10)
      let expected = (0..<count).flatMap { index in
        Reference.matrixProduct(
          product, a: Array(a[(index * side * side)...]), b: Array(b[(index * stride)...]))
      }
      for pool in productPools {
        let (left, right) = (Guarded(a), Guarded(b))
        let result = Guarded(count: count * side * side)
        let scratch = Guarded(count: batch.scratchFloats(threads: pool.threads))
        let c = result.buffer
        batch.run(
          a: left.buffer, b: right.buffer, c: c, scratch: scratch.buffer, pool: pool
        ) { index, rows, columns in
          for row in rows {
            for column in columns { c[(index * side + row) * side + column] += 1 }
          }
        }
        #expect(sameBits(result.values, expected.map { $0 + 1 }))
        #expect(result.isIntact && scratch.isIntact)
      }
    }
  }
}
